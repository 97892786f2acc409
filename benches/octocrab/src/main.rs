//! Lists the repositories of the user whose token is in `GITHUB_TOKEN`.

use std::env;
use std::error::Error;

use octocrab::Octocrab;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let client = Octocrab::builder()
            .personal_token(env::var("GITHUB_TOKEN")?)
            .build()?;
        for repository in client
            .current()
            .list_repos_for_authenticated_user()
            .send()
            .await?
        {
            println!("{} {}", repository.id, repository.name);
        }
        Ok(())
    })
}

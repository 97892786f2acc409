//! Lists the customers of the account whose key is in `STRIPE_KEY`.

use std::env;
use std::error::Error;

use stripe::Client;
use stripe_core::customer::ListCustomer;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let client = Client::new(env::var("STRIPE_KEY")?);
        let customers = ListCustomer::new().send(&client).await?;
        for customer in customers.data {
            println!("{} {}", customer.id, customer.name.unwrap_or_default());
        }
        Ok(())
    })
}

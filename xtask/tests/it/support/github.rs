//! The comments of issues in GitHub's REST API, on a loopback socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

pub(crate) const REPOSITORY: &str = "example/opentact";
pub(crate) const PULL_REQUEST: u32 = 7;
pub(crate) const TOKEN: &str = "made-up-token";
/// The author of comments with the token of a workflow.
pub(crate) const BOT: &str = "github-actions[bot]";

/// A server with the comments of one pull request.
pub(crate) struct GitHub {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    comments: Vec<Value>,
    requests: Vec<String>,
}

struct Request {
    method: String,
    target: String,
    authorized: bool,
    body: Vec<u8>,
}

impl GitHub {
    /// Starts the server, which ends with the test.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &mut shared.lock().unwrap());
            }
        });
        Self { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Adds a comment.
    pub(crate) fn comment(&self, author: &str, body: &str) {
        self.state.lock().unwrap().add(author, body);
    }

    /// Returns author and text of each comment, the oldest first.
    pub(crate) fn comments(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let state = self.state.lock().unwrap();
        let comments = state.comments.iter();
        comments
            .map(|comment| (text(&comment["user"]["login"]), text(&comment["body"])))
            .collect()
    }

    /// Returns method and target of each request so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.state.lock().unwrap().requests.clone()
    }
}

impl State {
    fn add(&mut self, author: &str, body: &str) -> Value {
        let id = 1000 + self.comments.len();
        let comment = json!({
            "id": id,
            "user": {"login": author},
            "body": body,
            "html_url": format!("https://github.example/{REPOSITORY}/pull/7#issuecomment-{id}"),
        });
        self.comments.push(comment.clone());
        comment
    }

    fn respond(&mut self, request: &Request) -> (&'static str, Value) {
        if !request.authorized {
            return ("401 Unauthorized", json!({"message": "Bad credentials"}));
        }
        let (path, query) = request
            .target
            .split_once('?')
            .unwrap_or((&request.target, ""));
        let list = format!("/repos/{REPOSITORY}/issues/{PULL_REQUEST}/comments");
        let body = || -> Value { serde_json::from_slice(&request.body).unwrap() };
        match request.method.as_str() {
            "GET" if path == list => ("200 OK", self.page(query)),
            "POST" if path == list => (
                "201 Created",
                self.add(BOT, body()["body"].as_str().unwrap()),
            ),
            "PATCH" => {
                let one = format!("/repos/{REPOSITORY}/issues/comments/");
                let id: Option<u64> = path.strip_prefix(&one).and_then(|id| id.parse().ok());
                let mut comments = self.comments.iter_mut();
                match comments.find(|comment| comment["id"].as_u64() == id) {
                    Some(comment) => {
                        comment["body"] = body()["body"].clone();
                        ("200 OK", comment.clone())
                    }
                    None => ("404 Not Found", json!({"message": "Not Found"})),
                }
            }
            _ => ("404 Not Found", json!({"message": "Not Found"})),
        }
    }

    /// Returns at most 100 comments, and 30 without `per_page`, as GitHub does.
    fn page(&self, query: &str) -> Value {
        let number = |name: &str| -> Option<usize> {
            let mut settings = query
                .split('&')
                .filter_map(|setting| setting.split_once('='));
            settings.find(|(key, _)| *key == name)?.1.parse().ok()
        };
        let size = number("per_page").unwrap_or(30).min(100);
        let start = (number("page").unwrap_or(1) - 1) * size;
        self.comments
            .iter()
            .skip(start)
            .take(size)
            .cloned()
            .collect()
    }
}

fn serve(mut stream: TcpStream, state: &mut State) {
    let request = read(&stream);
    state
        .requests
        .push(format!("{} {}", request.method, request.target));
    let (status, body) = state.respond(&request);
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).unwrap();
}

fn read(stream: &TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let first = line();
    let mut words = first.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let headers: Vec<String> =
        std::iter::from_fn(|| Some(line()).filter(|line| !line.is_empty())).collect();
    let header = |name: &str| {
        let mut pairs = headers.iter().filter_map(|line| line.split_once(": "));
        pairs
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    };
    let length = header("Content-Length").map_or(0, |length| length.parse().unwrap());
    let authorized = header("Authorization") == Some(&format!("Bearer {TOKEN}"));
    let mut body = vec![0; length];
    if header("Expect").is_some() {
        let mut stream = stream;
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").unwrap();
    }
    reader.read_exact(&mut body).unwrap();
    Request {
        method,
        target,
        authorized,
        body,
    }
}

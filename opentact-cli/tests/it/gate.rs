//! A proxy in front of a sandbox that holds one request, so that a test can end the client there.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// The request that the proxy holds. Only requests that change something count, from 0.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Hold {
    Nothing,
    /// The sandbox never receives the request.
    Before(usize),
    /// The sandbox carries the request out. The client never receives the response.
    After(usize),
}

/// The longest wait for a request. Only a test that fails waits as long.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Gate {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    sandbox: SocketAddr,
    hold: Hold,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The number of changes that the client sent.
    arrived: usize,
    is_held: bool,
    is_closed: bool,
    /// The number of requests that the sandbox has at the moment.
    under_way: usize,
    /// The changes that the sandbox carried out: method, path and body.
    carried_out: Vec<String>,
}

impl Gate {
    pub(crate) fn start(sandbox: SocketAddr, hold: Hold) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            sandbox,
            hold,
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        let accepting = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let shared = Arc::clone(&accepting);
                // A connection ends with an error if the client is killed.
                std::thread::spawn(move || shared.serve(&client.unwrap()).ok());
            }
        });
        Self { address, shared }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/rest", self.address)
    }

    /// Waits until the request to hold is held.
    pub(crate) fn wait_until_held(&self) {
        let state = self.shared.state.lock().unwrap();
        let changed = &self.shared.changed;
        let wait = changed.wait_timeout_while(state, PATIENCE, |state| !state.is_held);
        assert!(!wait.unwrap().1.timed_out(), "no request was held");
    }

    /// Forwards no more requests. Returns the changes that the sandbox carried out.
    pub(crate) fn close(self) -> Vec<String> {
        let mut state = self.shared.state.lock().unwrap();
        state.is_closed = true;
        let changed = &self.shared.changed;
        let wait = changed.wait_timeout_while(state, PATIENCE, |state| state.under_way > 0);
        std::mem::take(&mut wait.unwrap().0.carried_out)
    }
}

impl Shared {
    fn serve(&self, client: &TcpStream) -> std::io::Result<()> {
        let mut requests = BufReader::new(client);
        loop {
            let Some(request) = Message::read(&mut requests)? else {
                return Ok(());
            };
            let is_change = !request.head.starts_with("GET ");
            let number = {
                let mut state = self.state.lock().unwrap();
                state.arrived += usize::from(is_change);
                if state.is_closed {
                    return Ok(());
                }
                let number = is_change.then(|| state.arrived - 1);
                if number.is_some_and(|number| self.hold == Hold::Before(number)) {
                    drop(state);
                    return self.hold(client);
                }
                state.under_way += 1;
                number
            };
            let response = self.forward(&request);
            let mut state = self.state.lock().unwrap();
            state.under_way -= 1;
            if is_change {
                state.carried_out.push(request.summary());
            }
            drop(state);
            self.changed.notify_all();
            if number.is_some_and(|number| self.hold == Hold::After(number)) {
                return self.hold(client);
            }
            let mut client = client;
            client.write_all(&response?)?;
        }
    }

    /// Waits until the client is gone.
    fn hold(&self, mut client: &TcpStream) -> std::io::Result<()> {
        self.state.lock().unwrap().is_held = true;
        self.changed.notify_all();
        client.read(&mut [0]).map(drop)
    }

    fn forward(&self, request: &Message) -> std::io::Result<Vec<u8>> {
        let sandbox = TcpStream::connect(self.sandbox)?;
        (&sandbox).write_all(&request.bytes())?;
        let response = Message::read(&mut BufReader::new(&sandbox))?;
        Ok(response
            .map(|response| response.bytes())
            .unwrap_or_default())
    }
}

/// A request or a response with `Content-Length`, or without a body.
struct Message {
    head: String,
    body: Vec<u8>,
}

impl Message {
    fn read(stream: &mut BufReader<&TcpStream>) -> std::io::Result<Option<Self>> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head)? == 0 {
                return Ok(None);
            }
        }
        let lower = head.to_lowercase();
        let length = lower
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"));
        let length = length.map_or(0, |length| length.trim().parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        Ok(Some(Self { head, body }))
    }

    fn bytes(&self) -> Vec<u8> {
        [self.head.as_bytes(), &self.body].concat()
    }

    /// Returns the method, the path and the body.
    fn summary(&self) -> String {
        let line = self.head.lines().next().unwrap_or_default();
        let line = line.trim_end_matches(" HTTP/1.1");
        let body = String::from_utf8_lossy(&self.body);
        format!("{line} {body}").trim_end().to_owned()
    }
}

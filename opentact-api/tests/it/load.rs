//! Thousands of calls at once, with faults and cancellations: nothing is counted twice, lost or kept.
#![cfg(target_os = "linux")] // reads /proc

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentact_api::{Client, Error, ErrorKind, RetryPolicy, Uuid};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Handle;

use crate::support::child;
use crate::support::server::TOKEN;

const CALLS: u32 = 5000;
/// The behaviours of the server, in turn.
const BEHAVIOURS: u32 = 10;
/// Far more than a round takes.
const DEADLINE: Duration = Duration::from_secs(120);
/// The time after which a call without a response is dropped, or times out.
const MOMENT: Duration = Duration::from_secs(2);
/// The most rounds. The first ones fill the caches of the allocator.
const ROUNDS: usize = 10;
/// The growth of a round that counts as none: less than half a kilobyte for each call.
const GROWTH_KIB: u64 = 2 * 1024;

/// The number of requests for each group.
type Requests = Arc<Mutex<HashMap<Uuid, u32>>>;

#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_calls_with_faults_add_up_and_leave_nothing_behind() {
    let test = "load::five_thousand_calls_with_faults_add_up_and_leave_nothing_behind";
    if !child::is_child() {
        // With one arena for all threads, the allocator keeps no more memory than it needs.
        child::pass(child::command(test).env("MALLOC_ARENA_MAX", "1"));
        return;
    }
    // Both ends of each connection are in this process.
    rlimit::increase_nofile_limit(3 * u64::from(CALLS)).unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(2 * CALLS).unwrap();
    let url = format!("http://{}/rest", listener.local_addr().unwrap());
    let requests = Requests::default();
    tokio::spawn(serve(listener, Arc::clone(&requests)));
    settled(|| Handle::current().metrics().num_alive_tasks() == 1).await;

    let descriptors = descriptors();
    let mut memory = vec![0];
    for round_number in 1..=ROUNDS {
        requests.lock().unwrap().clear();
        round(&url, &requests).await;
        settled(|| self::descriptors() == descriptors).await;
        settled(|| Handle::current().metrics().num_alive_tasks() == 1).await;
        memory.push(resident_kib());
        if memory[round_number] < memory[round_number - 1] + GROWTH_KIB {
            return;
        }
    }
    panic!("the memory grows in every round: {memory:?}");
}

/// Makes all calls at once, and compares their outcomes with the requests that the server has seen.
async fn round(url: &str, requests: &Requests) {
    let retry = RetryPolicy::default().initial_delay(Duration::from_millis(1));
    let client = Client::builder()
        .ha1b_token(TOKEN)
        .base_url(url)
        .connect_timeout(DEADLINE)
        .attempt_timeout(DEADLINE)
        .timeout(DEADLINE)
        .retry(retry)
        .build()
        .unwrap();
    let calls: Vec<_> = (0..CALLS)
        .map(|call| tokio::spawn(outcome(client.clone(), call)))
        .collect();
    let mut outcomes = BTreeMap::new();
    for (call, outcome) in (0..CALLS).zip(calls) {
        let (outcome, attempts) = outcome.await.unwrap();
        *outcomes.entry(outcome).or_insert(0) += 1;
        let seen = requests.lock().unwrap().get(&group(call)).copied();
        let seen = seen.unwrap_or_default();
        // A call may be dropped before the server has seen it, and the kernel may reset a connection
        // that it has no room for.
        let uncertain = matches!(outcome, "dropped" | "connection_lost");
        let counted = seen == attempts || (uncertain && seen < attempts);
        assert!(counted, "call {call} {outcome} after {seen} requests");
    }
    let each = CALLS / BEHAVIOURS;
    let expected = [
        ("api", each),
        ("connection_lost", 2 * each),
        ("dropped", 2 * each),
        ("not_found", each),
        ("succeeded", 4 * each),
    ];
    assert_eq!(outcomes, BTreeMap::from(expected));
}

/// Returns the outcome of a call, and the number of its attempts that the server must have seen.
async fn outcome(client: Client, call: u32) -> (&'static str, u32) {
    let request = client.delete_group().uuid(group(call));
    let result = match call % BEHAVIOURS {
        8 | 9 => {
            let Ok(result) = tokio::time::timeout(MOMENT, request.send()).await else {
                return ("dropped", 1);
            };
            result
        }
        _ => request.send().await,
    };
    match result {
        Ok(_) if call % BEHAVIOURS == 3 => ("succeeded", 3),
        Ok(_) => ("succeeded", 1),
        Err(error) => (name(&error), error.attempts()),
    }
}

fn name(error: &Error) -> &'static str {
    assert_ne!(error.kind(), ErrorKind::Timeout, "{error}");
    error.kind().as_str()
}

fn group(call: u32) -> Uuid {
    Uuid::from_u128(call.into())
}

async fn serve(listener: TcpListener, requests: Requests) {
    while let Ok((stream, _)) = listener.accept().await {
        let requests = Arc::clone(&requests);
        tokio::spawn(async move {
            // The client may close its end at any time.
            let _ = connection(stream, &requests).await;
        });
    }
}

async fn connection(mut stream: TcpStream, requests: &Requests) -> std::io::Result<()> {
    let mut buffer = [0; 4096];
    loop {
        // A request is small, so that it arrives at once.
        let length = stream.read(&mut buffer).await?;
        let text = String::from_utf8_lossy(&buffer[..length]);
        let Some(uuid) = text.split([' ', '/']).find_map(|word| word.parse().ok()) else {
            return Ok(());
        };
        let seen = {
            let mut requests = requests.lock().unwrap();
            let seen = requests.entry(uuid).or_default();
            *seen += 1;
            *seen
        };
        let success =
            format!(r#"{{"success": true, "payload": {{"uuid": "{uuid}", "name": "Sales"}}}}"#);
        let (status, body) = match uuid.as_u128() % u128::from(BEHAVIOURS) {
            // Success, on a connection that stays open.
            0..=2 => ("200 OK", success),
            // Success after two refusals.
            3 if seen > 2 => ("200 OK", success),
            3 | 4 => ("500 Internal Server Error", "{}".to_owned()),
            5 => ("404 Not Found", "{}".to_owned()),
            // No response at all.
            6 => return Ok(()),
            // A response that is cut short.
            7 => {
                let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";
                return stream.write_all(head.as_bytes()).await;
            }
            // Silence, and a body that trickles, until the client gives up.
            8 => return stream.read_to_end(&mut Vec::new()).await.map(drop),
            _ => {
                let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
                stream.write_all(head.as_bytes()).await?;
                loop {
                    stream.write_all(b" ").await?;
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
            }
        };
        let length = body.len();
        let response = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}");
        stream.write_all(response.as_bytes()).await?;
    }
}

/// Waits until something holds.
async fn settled(holds: impl Fn() -> bool) {
    let until = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(DEADLINE, until).await.unwrap();
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Returns the memory of this process.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let number = line.unwrap().split_whitespace().nth(1).unwrap();
    number.parse().unwrap()
}

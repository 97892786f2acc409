//! Answers every request on a free port with the same two groups, and prints the base URL. As little
//! of HTTP as that takes, so that it is not what a measurement is about; requests have no body.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

const GROUPS: &str = include_str!("../../support/groups.json");
const STACK: usize = 128 * 1024;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("http://{}/rest", listener.local_addr()?);
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{GROUPS}",
        GROUPS.len()
    );
    let answer: &'static [u8] = answer.leak().as_bytes();
    for connection in listener.incoming() {
        let connection = connection?;
        connection.set_nodelay(true)?;
        // A client that goes away ends its thread, and nothing else.
        thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || serve(&connection, answer))?;
    }
    Ok(())
}

fn serve(mut connection: &TcpStream, answer: &[u8]) -> io::Result<()> {
    let mut requests = BufReader::new(connection);
    let mut line = Vec::new();
    while requests.read_until(b'\n', &mut line)? > 0 {
        if line == b"\r\n" {
            connection.write_all(answer)?;
        }
        line.clear();
    }
    Ok(())
}

//! Responds to every request on a free port with the same two groups, and prints the base URL.
//!
//! Implements only the part of HTTP that the clients need, so that the server has little influence
//! on the measurements. Requests must have no body.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

const GROUPS: &str = include_str!("../../support/groups.json");
const STACK: usize = 128 * 1024;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("http://{}/rest", listener.local_addr()?);
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{GROUPS}",
        GROUPS.len()
    );
    let response: &'static [u8] = response.leak().as_bytes();
    for connection in listener.incoming() {
        let connection = connection?;
        connection.set_nodelay(true)?;
        // A client that disconnects ends only its own thread.
        thread::Builder::new()
            .stack_size(STACK)
            .spawn(move || serve(&connection, response))?;
    }
    Ok(())
}

fn serve(mut connection: &TcpStream, response: &[u8]) -> io::Result<()> {
    let mut requests = BufReader::new(connection);
    let mut line = Vec::new();
    while requests.read_until(b'\n', &mut line)? > 0 {
        if line == b"\r\n" {
            connection.write_all(response)?;
        }
        line.clear();
    }
    Ok(())
}

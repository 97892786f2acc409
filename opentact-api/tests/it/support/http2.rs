//! An HTTP/2 server that writes its frames by hand, so that they can be wrong.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, WriteHalf};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

pub(crate) const DATA: u8 = 0;
pub(crate) const HEADERS: u8 = 1;
pub(crate) const RST_STREAM: u8 = 3;
pub(crate) const SETTINGS: u8 = 4;
pub(crate) const PING: u8 = 6;
pub(crate) const GOAWAY: u8 = 7;
pub(crate) const CONTINUATION: u8 = 9;

/// The flag of an acknowledgement.
const ACK: u8 = 1;
pub(crate) const END_STREAM: u8 = 1;
pub(crate) const END_HEADERS: u8 = 4;

/// The stream of a frame.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    Connection,
    /// The stream of the request.
    Request,
}

/// A frame to send.
#[derive(Clone)]
pub(crate) struct Frame {
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) stream: Stream,
    pub(crate) payload: Vec<u8>,
}

/// The reaction of the server.
#[derive(Clone)]
pub(crate) struct Http2 {
    /// The settings of the server, as an identifier and a value each.
    pub(crate) settings: Vec<(u16, u32)>,
    /// The frame that the server sends without a request. It then ignores all requests.
    pub(crate) at_once: Option<Frame>,
    /// The frames that the server sends for each request.
    pub(crate) on_request: Vec<Frame>,
    /// The frame that it then sends for ever.
    pub(crate) flood: Option<Frame>,
    /// `true` if the server acknowledges the pings of the client.
    pub(crate) is_alive: bool,
    /// `true` if the server closes the connection after a request.
    pub(crate) closes: bool,
}

impl Http2 {
    /// Returns `true` if nothing but its time limit ends an attempt.
    pub(crate) fn is_silent(&self) -> bool {
        self.at_once.is_none() && self.on_request.is_empty()
    }
}

impl Frame {
    fn bytes(&self, request: u32) -> Vec<u8> {
        let stream = match self.stream {
            Stream::Connection => 0,
            Stream::Request => request,
        };
        let length = u32::try_from(self.payload.len()).unwrap().to_be_bytes();
        let mut bytes = length[1..].to_vec();
        bytes.extend([self.kind, self.flags]);
        bytes.extend(stream.to_be_bytes());
        bytes.extend(&self.payload);
        bytes
    }
}

/// Returns the frames of a response with status 200 and this body.
pub(crate) fn response(body: &[u8], trailers: Option<&[u8]>) -> Vec<Frame> {
    let frame = |kind, flags, payload: &[u8]| Frame {
        kind,
        flags,
        stream: Stream::Request,
        payload: payload.to_vec(),
    };
    // 0x88 is `:status: 200` in HPACK's static table.
    let head = frame(HEADERS, END_HEADERS, &[0x88]);
    match trailers {
        None => vec![head, frame(DATA, END_STREAM, body)],
        Some(trailers) => {
            let end = END_HEADERS | END_STREAM;
            vec![head, frame(DATA, 0, body), frame(HEADERS, end, trailers)]
        }
    }
}

/// Returns a header in HPACK, without compression.
pub(crate) fn header(name: &str, value: &str) -> Vec<u8> {
    let mut bytes = vec![0];
    for text in [name, value] {
        assert!(text.len() < 127, "the length takes one byte");
        bytes.push(u8::try_from(text.len()).unwrap());
        bytes.extend(text.as_bytes());
    }
    bytes
}

/// The head of a received frame, and its payload.
struct Received {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

impl Received {
    /// Returns the method and path of operations on all groups, which the fault table calls.
    fn operation(&self) -> (&'static str, &'static str) {
        // The method is the first header. 0x83 is `:method: POST` in HPACK's static table.
        if self.payload.first() == Some(&0x83) {
            ("POST", "/app/group")
        } else {
            ("GET", "/app/group")
        }
    }
}

/// Serves a connection. `on_request` is told of each request, and returns the body of a success
/// response if the server has recovered.
pub(crate) async fn serve<S: AsyncRead + AsyncWrite + Send + 'static>(
    stream: S,
    fault: &Http2,
    recovered: impl Fn() -> bool,
    on_request: impl Fn(&str, &str) -> Vec<u8>,
) -> std::io::Result<()> {
    let (mut read, mut write) = tokio::io::split(stream);
    let mut preface = [0; PREFACE.len()];
    read.read_exact(&mut preface).await?;
    assert_eq!(preface, PREFACE);
    // What the client sends is always read, so that neither side waits for the other.
    let (sender, mut frames) = unbounded_channel();
    tokio::spawn(async move {
        while let Ok(frame) = receive(&mut read).await {
            if sender.send(frame).is_err() {
                break;
            }
        }
    });
    let mut settings = Vec::new();
    for (id, value) in &fault.settings {
        settings.extend(id.to_be_bytes());
        settings.extend(value.to_be_bytes());
    }
    let settings = Frame {
        kind: SETTINGS,
        flags: 0,
        stream: Stream::Connection,
        payload: settings,
    };
    write.write_all(&settings.bytes(0)).await?;
    if let Some(frame) = fault.at_once.as_ref().filter(|_| !recovered()) {
        write.write_all(&frame.bytes(0)).await?;
        while frames.recv().await.is_some() {}
        return Ok(());
    }
    let mut flooded = 0;
    loop {
        let flood = fault.flood.as_ref();
        let flood = flood.filter(|_| flooded > 0 && !recovered());
        let Some(frame) = next(&mut frames, flood.is_some()).await? else {
            let flood = flood.map(|frame| frame.bytes(flooded));
            write.write_all(&flood.unwrap_or_default()).await?;
            continue;
        };
        let acknowledges = frame.kind == SETTINGS || (frame.kind == PING && fault.is_alive);
        if acknowledges && frame.flags & ACK == 0 {
            let acknowledgement = Frame {
                kind: frame.kind,
                flags: ACK,
                stream: Stream::Connection,
                payload: match frame.kind {
                    PING => frame.payload,
                    _ => Vec::new(),
                },
            };
            write.write_all(&acknowledgement.bytes(0)).await?;
            continue;
        }
        if frame.kind != HEADERS {
            continue;
        }
        let (method, path) = frame.operation();
        let body = on_request(method, path);
        if recovered() {
            send(&mut write, &response(&body, None), frame.stream).await?;
            continue;
        }
        flooded = frame.stream;
        let mut frames = fault.on_request.clone();
        for sent in &mut frames {
            if sent.kind == DATA {
                sent.payload.clone_from(&body);
            }
        }
        send(&mut write, &frames, frame.stream).await?;
        if fault.closes {
            return write.shutdown().await;
        }
    }
}

/// Returns the next frame. If the server floods the client, it does not wait for one.
async fn next(
    frames: &mut UnboundedReceiver<Received>,
    floods: bool,
) -> std::io::Result<Option<Received>> {
    let closed = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    if floods {
        tokio::task::yield_now().await;
        return Ok(frames.try_recv().ok());
    }
    frames.recv().await.map(Some).ok_or_else(closed)
}

async fn send<S: AsyncWrite>(
    write: &mut WriteHalf<S>,
    frames: &[Frame],
    stream: u32,
) -> std::io::Result<()> {
    for frame in frames {
        write.write_all(&frame.bytes(stream)).await?;
    }
    write.flush().await
}

async fn receive(read: &mut (impl AsyncRead + Unpin)) -> std::io::Result<Received> {
    let mut head = [0; 9];
    read.read_exact(&mut head).await?;
    let [a, b, c, kind, flags, stream @ ..] = head;
    let length = u32::from_be_bytes([0, a, b, c]);
    let mut payload = vec![0; usize::try_from(length).unwrap()];
    read.read_exact(&mut payload).await?;
    Ok(Received {
        kind,
        flags,
        stream: u32::from_be_bytes(stream),
        payload,
    })
}

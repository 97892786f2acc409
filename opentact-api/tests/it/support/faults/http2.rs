//! The faults of HTTP/2 over TLS.

use opentact_api::ErrorKind::{Connect, ConnectionLost, Timeout};

use super::super::http2::{
    CONTINUATION, END_HEADERS, END_STREAM, Frame, GOAWAY, HEADERS, Http2, PING, RST_STREAM,
    SETTINGS, Stream, header, response,
};
use super::super::secrets;
use super::{Behaviour, Fault, fault};

/// The identifier of `SETTINGS_INITIAL_WINDOW_SIZE`.
const INITIAL_WINDOW_SIZE: u16 = 4;

const NO_ERROR: u32 = 0;
const ENHANCE_YOUR_CALM: u32 = 11;

/// The codes of `RST_STREAM`, with the names of their rows. `REFUSED_STREAM` has a row of its own.
const RESETS: [(u32, &str); 14] = [
    (0, "HTTP/2 stream reset with NO_ERROR"),
    (1, "HTTP/2 stream reset with PROTOCOL_ERROR"),
    (2, "HTTP/2 stream reset with INTERNAL_ERROR"),
    (3, "HTTP/2 stream reset with FLOW_CONTROL_ERROR"),
    (4, "HTTP/2 stream reset with SETTINGS_TIMEOUT"),
    (5, "HTTP/2 stream reset with STREAM_CLOSED"),
    (6, "HTTP/2 stream reset with FRAME_SIZE_ERROR"),
    (8, "HTTP/2 stream reset with CANCEL"),
    (9, "HTTP/2 stream reset with COMPRESSION_ERROR"),
    (10, "HTTP/2 stream reset with CONNECT_ERROR"),
    (11, "HTTP/2 stream reset with ENHANCE_YOUR_CALM"),
    (12, "HTTP/2 stream reset with INADEQUATE_SECURITY"),
    (13, "HTTP/2 stream reset with HTTP_1_1_REQUIRED"),
    (4711, "HTTP/2 stream reset with an unknown code"),
];
const REFUSED_STREAM: u32 = 7;

fn frame(kind: u8, flags: u8, stream: Stream, payload: impl Into<Vec<u8>>) -> Frame {
    Frame {
        kind,
        flags,
        stream,
        payload: payload.into(),
    }
}

fn on_request(frames: impl Into<Vec<Frame>>) -> Http2 {
    Http2 {
        settings: Vec::new(),
        at_once: None,
        on_request: frames.into(),
        flood: None,
        is_alive: true,
        closes: false,
    }
}

fn with_settings(id: u16, value: u32) -> Http2 {
    Http2 {
        settings: vec![(id, value)],
        ..on_request([])
    }
}

fn flood(start: Vec<Frame>, frame: Frame) -> Http2 {
    Http2 {
        flood: Some(frame),
        ..on_request(start)
    }
}

fn reset(code: u32) -> Http2 {
    on_request([frame(RST_STREAM, 0, Stream::Request, code.to_be_bytes())])
}

/// Returns a `GOAWAY` with secrets in its debug data.
fn go_away(last_stream: u32, code: u32) -> Frame {
    let mut payload = [last_stream.to_be_bytes(), code.to_be_bytes()].concat();
    payload.extend(secrets::in_all_encodings().into_bytes());
    frame(GOAWAY, 0, Stream::Connection, payload)
}

/// Returns the head of a response whose one small header is repeated until it has megabytes.
fn header_bomb() -> Frame {
    let mut block = vec![0x88, 0x40]; // a status, and a header that joins the dynamic table
    block.extend(&header("x-bomb", &"n".repeat(120))[1..]);
    block.extend([0xbe].repeat(15_000)); // the newest entry of the dynamic table
    frame(HEADERS, END_HEADERS | END_STREAM, Stream::Request, block)
}

pub(super) fn all() -> Vec<Fault> {
    let broke = "the connection broke before the response was complete";
    let late = "the service did not respond in time: the attempt took longer than ";
    let lost = |name, http2| {
        fault(name, Behaviour::Http2(http2))
            .fails(ConnectionLost, broke)
            .retried_if_idempotent()
    };
    let timeout = |name, http2| {
        fault(name, Behaviour::Http2(http2))
            .fails(Timeout, late)
            .retried_if_idempotent()
    };
    let refused = |name, http2| {
        fault(name, Behaviour::Http2(http2))
            .fails(Connect, "the service was not reached")
            .always_retried()
    };
    let mut faults = vec![refused(
        "HTTP/2 stream reset with REFUSED_STREAM",
        reset(REFUSED_STREAM),
    )];
    let resets = RESETS.map(|(code, name)| lost(name, reset(code)));
    faults.extend(resets);
    let closes = |frame| Http2 {
        closes: true,
        ..on_request([frame])
    };
    let before = Http2 {
        at_once: Some(go_away(0, NO_ERROR)),
        ..on_request([])
    };
    let with_response = [response(b"", None), vec![go_away(1, NO_ERROR)]].concat();
    let settings = frame(SETTINGS, 0, Stream::Connection, []);
    let ping = frame(PING, 0, Stream::Connection, [0; 8]);
    let open_head = frame(HEADERS, 0, Stream::Request, [0x88]);
    let more_head = frame(
        CONTINUATION,
        0,
        Stream::Request,
        header("x-endless", &"n".repeat(120)),
    );
    let trailers = header("x-trailer", secrets::TOKEN);
    faults.extend([
        refused("HTTP/2 GOAWAY before the request", before),
        refused(
            "HTTP/2 GOAWAY that excludes the request",
            closes(go_away(0, NO_ERROR)),
        ),
        lost(
            "HTTP/2 GOAWAY that includes the request",
            closes(go_away(1, NO_ERROR)),
        ),
        fault(
            "HTTP/2 GOAWAY after the response",
            Behaviour::Http2(on_request(with_response)),
        ),
        lost(
            "HTTP/2 GOAWAY with an error",
            closes(go_away(0, ENHANCE_YOUR_CALM)),
        ),
        timeout("HTTP/2 SETTINGS without end", flood(Vec::new(), settings)),
        timeout("HTTP/2 PING without end", flood(Vec::new(), ping)),
        timeout(
            "HTTP/2 that never opens its window",
            with_settings(INITIAL_WINDOW_SIZE, 0),
        ),
        lost(
            "HTTP/2 headers without end",
            flood(vec![open_head], more_head),
        ),
        lost(
            "HTTP/2 headers that grow when decompressed",
            on_request([header_bomb()]),
        ),
        fault(
            "HTTP/2 response with trailers",
            Behaviour::Http2(on_request(response(b"", Some(&trailers)))),
        ),
    ]);
    faults
}

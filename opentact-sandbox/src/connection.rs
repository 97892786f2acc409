//! Connections on which a fault can take the place of an answer.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Listens as `TcpListener` does, for connections that can be broken.
pub(crate) struct BreakableListener(pub(crate) TcpListener);

/// What is written to a connection instead of the answer, once it is set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Instead(Arc<Mutex<Option<Vec<u8>>>>);

/// A connection that can be broken.
pub(crate) struct Connection {
    stream: TcpStream,
    instead: Instead,
}

impl Instead {
    pub(crate) fn write(&self, bytes: Vec<u8>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes);
    }
}

impl Listener for BreakableListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Answers are small, and somebody waits for each.
        let _ = stream.set_nodelay(true);
        let connection = Connection {
            stream,
            instead: Instead::default(),
        };
        (connection, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, BreakableListener>> for Instead {
    fn connect_info(stream: IncomingStream<'_, BreakableListener>) -> Self {
        stream.io().instead.clone()
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        answer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let instead = Arc::clone(&self.instead.0);
        let mut instead = instead.lock().unwrap_or_else(PoisonError::into_inner);
        let stream = Pin::new(&mut self.stream);
        let Some(bytes) = instead.as_mut() else {
            return stream.poll_write(context, answer);
        };
        if bytes.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        let written = ready!(stream.poll_write(context, bytes))?;
        bytes.drain(..written);
        // Not a byte of the answer is taken, and the next write goes on.
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

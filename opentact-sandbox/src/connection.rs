//! Connections on which a fault can replace the response with raw bytes.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// A `TcpListener` whose connections have a [`ResponseOverride`].
pub(crate) struct OverridableListener(pub(crate) TcpListener);

/// The bytes that replace the response on a connection, once they are set.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResponseOverride(Arc<Mutex<Option<Vec<u8>>>>);

/// A connection on which the response can be replaced.
pub(crate) struct Connection {
    stream: TcpStream,
    response_override: ResponseOverride,
}

impl ResponseOverride {
    pub(crate) fn set(&self, bytes: Vec<u8>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes);
    }
}

impl Listener for OverridableListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Responses are small, and the client waits for each.
        let _ = stream.set_nodelay(true);
        let connection = Connection {
            stream,
            response_override: ResponseOverride::default(),
        };
        (connection, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, OverridableListener>> for ResponseOverride {
    fn connect_info(stream: IncomingStream<'_, OverridableListener>) -> Self {
        stream.io().response_override.clone()
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
        response: &[u8],
    ) -> Poll<io::Result<usize>> {
        let replacement = Arc::clone(&self.response_override.0);
        let mut replacement = replacement.lock().unwrap_or_else(PoisonError::into_inner);
        let stream = Pin::new(&mut self.stream);
        let Some(bytes) = replacement.as_mut() else {
            return stream.poll_write(context, response);
        };
        if bytes.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        let written = ready!(stream.poll_write(context, bytes))?;
        bytes.drain(..written);
        // Consumes no byte of the response, and continues with the next write.
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

//! The methods that every request has beside those of its parameters.

pub(crate) use crate::call::options::CallOptions;

/// Defines the methods of a request that set the options of its call, and those that set a token of the
/// security schemes that its operation accepts. The request has a field `call_options` of the type
/// [`CallOptions`].
macro_rules! call_options {
    ($($setter:ident: $scheme:ident),*) => {
        /// Sets the longest time of this call, with all its attempts and the waits between them.
        /// Default: [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
        ///
        /// It does not change the longest time of [one attempt](Self::attempt_timeout).
        #[inline]
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.call_options.set_timeout(timeout);
            self
        }

        /// Sets the longest time of one attempt of this call. Default:
        /// [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout).
        #[inline]
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.call_options.set_attempt_timeout(timeout);
            self
        }

        /// Sets the retry policy of this call. Default:
        /// [`ClientBuilder::retry`](crate::ClientBuilder::retry).
        #[inline]
        pub fn retry(mut self, policy: crate::RetryPolicy) -> Self {
            self.call_options.set_retry(policy);
            self
        }

        /// Sets a header of this call, for gateways and tracing. A second value for the same name
        /// replaces the first one.
        ///
        /// Sending fails with [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) if the
        /// name or the value is not valid, or if the header is reserved: those of tokens, `Host`,
        /// `Accept`, `Accept-Encoding`, `Expect`, all that start with `Content-`, those of
        /// connections and proxies such as `Connection`, and those of parameters
        /// that were set.
        ///
        /// `Debug` and logs do not show the value. If it is a secret: the client does not redact it
        /// from a message of the service that repeats it.
        #[inline]
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.call_options.set_header(name, value);
            self
        }

        $(
            /// Sets the token of this call. It is sent in place of all tokens of the client, so that a
            /// server can act for many users with one client and its connections.
            #[doc = concat!("See [`ClientBuilder::", stringify!($setter), "`](crate::ClientBuilder::", stringify!($setter), ").")]
            ///
            /// Sending fails with [`ErrorKind::InvalidRequest`](crate::ErrorKind::InvalidRequest) if a
            /// header cannot carry it. It is redacted from errors like the client's tokens, and
            /// overwritten in memory after the call.
            pub fn $setter(mut self, token: impl Into<crate::Secret>) -> Self {
                let scheme = &crate::generated::service::schemes::$scheme;
                self.call_options.set_token(scheme, token.into());
                self
            }
        )*
    };
}

pub(crate) use call_options;

//! Responses as files.

use std::path::Path;
use std::pin::Pin;

use tokio::io::AsyncWrite;

use super::super::error::{Error, RequestError, RequestErrorKind};
use super::ByteStream;

impl ByteStream {
    /// Writes all of it into a file, which is made or overwritten. Gives the number of bytes.
    ///
    /// # Errors
    ///
    /// When the connection breaks, or the file cannot be written; what was written stays.
    pub async fn save(mut self, path: impl AsRef<Path> + Send) -> Result<u64, Error> {
        let path = path.as_ref();
        let operation = self.source().route.name;
        let failed = |error: std::io::Error| {
            let message = format!("the file `{}` cannot be written", path.display());
            Error::from(RequestError::new(RequestErrorKind::File, message).with_source(error))
                .within(operation, 1)
        };
        let mut file = tokio::fs::File::create(path).await.map_err(failed)?;
        let mut written = 0;
        while let Some(chunk) = self.try_next().await? {
            let mut left = &chunk[..];
            while !left.is_empty() {
                let write = std::future::poll_fn(|context| Pin::new(&mut file).poll_write(context, left));
                left = &left[write.await.map_err(failed)?..];
            }
            written += chunk.len() as u64;
        }
        std::future::poll_fn(|context| Pin::new(&mut file).poll_flush(context)).await.map_err(failed)?;
        Ok(written)
    }
}

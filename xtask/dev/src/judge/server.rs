//! Starts and stops servers of other programs.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sdkgen::cli::Failure;

/// A running server; it is killed when this is dropped.
pub(super) struct Served {
    child: Child,
    pub(super) port: u16,
}

/// The timeout for a server to listen.
const PATIENCE: Duration = Duration::from_secs(180);

/// Starts a server with a port, and waits until it listens. Its output goes into a file.
pub(super) fn serve(log: &std::path::Path, command: impl FnOnce(u16) -> Command) -> Result<Served, Failure> {
    let failed = |e: std::io::Error| Failure::new(format!("cannot start the server: {e}"));
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let file = std::fs::File::create(log).map_err(failed)?;
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    let port = free.map_err(failed)?.port();
    let errors = file.try_clone().map_err(failed)?;
    let child = command(port).stdin(Stdio::null()).stdout(file).stderr(errors).spawn().map_err(failed)?;
    let mut served = Served { child, port };
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        let ended = served.child.try_wait().map_err(failed)?;
        if ended.is_some() || start.elapsed() > PATIENCE {
            let help = format!("its output is in `{}`", log.display());
            return Err(Failure::new("the server does not listen").help(help));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(served)
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

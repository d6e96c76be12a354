//! A workspace of its own for each test, and the commands run in it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::SystemTime;

use sdkgen::cli::Console;
use sdkgen::disk::{Disk, System};

/// A folder that goes when the test is over.
pub(crate) struct World {
    pub(crate) root: PathBuf,
}

/// What a command left behind.
pub(crate) struct Ran {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl World {
    pub(crate) fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    /// Where cargo keeps what SDKs depend on, which is built once for all tests and runs.
    pub(crate) fn cache() -> PathBuf {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("sdk")
    }

    /// Runs cargo, which must not warn, with dependencies that other tests build, too.
    pub(crate) fn cargo(folder: &Path, args: &[&str]) {
        let ran = std::process::Command::new(env!("CARGO"))
            .args(args)
            .arg("--offline")
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", Self::cache().join("target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "false")
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success() && !said.contains("warning"), "{said}");
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Every file with its content and time of change.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let time = path.metadata().unwrap().modified().unwrap();
                    files.insert(path.clone(), (std::fs::read(&path).unwrap(), time));
                }
            }
        }
        files
    }

    /// Runs the program in this workspace. Where the folder shows in the output it reads `ROOT`.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.run_on(args, &System)
    }

    /// [`World::run`], with another disk.
    pub(crate) fn run_on(&self, args: &[&str], disk: &dyn Disk) -> Ran {
        let (out, err) = (Pipe::default(), Pipe::default());
        let mut console = Console::to(out.clone(), err.clone());
        let args = std::iter::once("sdkgen").chain(args.iter().copied()).map(OsString::from);
        let code = crate::program(args.collect(), &self.root, &mut console, disk);
        let root = self.root.display().to_string();
        let text = |pipe: Pipe| String::from_utf8(pipe.0.take()).unwrap().replace(&root, "ROOT");
        Ran { code, out: text(out), err: text(err) }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

#[derive(Clone, Default)]
struct Pipe(Rc<RefCell<Vec<u8>>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

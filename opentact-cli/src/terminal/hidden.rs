//! A line of text that the terminal does not show.

use std::io;

/// The end of a line that the user did not finish.
pub(super) enum Hidden {
    Line(String),
    /// Ctrl-D in an empty line.
    EndOfFile,
    /// Ctrl-C.
    Interrupted,
}

/// Reads a line from the terminal.
#[cfg(unix)]
pub(super) fn read() -> io::Result<Hidden> {
    unix::read()
}

/// Reads a line from the terminal.
#[cfg(not(unix))]
pub(super) fn read() -> io::Result<Hidden> {
    console::Term::stderr().read_secure_line().map(Hidden::Line)
}

#[cfg(unix)]
mod unix {
    use std::io::{self, Read as _};

    use nix::sys::termios::{self, LocalFlags, SetArg, Termios};

    use super::Hidden;

    const CTRL_C: u8 = 0x03;
    const CTRL_D: u8 = 0x04;
    const CTRL_U: u8 = 0x15;
    const BACKSPACE: [u8; 2] = [0x08, 0x7f];

    /// Restores the mode of the terminal when it is dropped.
    struct Restored(Termios);

    impl Drop for Restored {
        fn drop(&mut self) {
            // There is nothing to do about a terminal that is gone.
            let _ = termios::tcsetattr(io::stdin(), SetArg::TCSADRAIN, &self.0);
        }
    }

    /// The keys come one by one, without a signal for Ctrl-C: a process that a signal ends would leave
    /// a terminal that shows nothing.
    pub(super) fn read() -> io::Result<Hidden> {
        let before = termios::tcgetattr(io::stdin())?;
        let mut raw = before.clone();
        let off = LocalFlags::ECHO | LocalFlags::ICANON | LocalFlags::ISIG;
        raw.local_flags.remove(off);
        termios::tcsetattr(io::stdin(), SetArg::TCSADRAIN, &raw)?;
        let _restored = Restored(before);
        let mut line = Vec::new();
        for byte in io::stdin().lock().bytes() {
            match byte? {
                CTRL_C => return Ok(Hidden::Interrupted),
                CTRL_D if line.is_empty() => return Ok(Hidden::EndOfFile),
                b'\n' | b'\r' | CTRL_D => return text(line),
                CTRL_U => line.clear(),
                byte if BACKSPACE.contains(&byte) => without_last_character(&mut line),
                byte => line.push(byte),
            }
        }
        Ok(Hidden::EndOfFile)
    }

    fn text(line: Vec<u8>) -> io::Result<Hidden> {
        let text = String::from_utf8(line);
        text.map(Hidden::Line).map_err(io::Error::other)
    }

    /// Removes a character in UTF-8, of up to four bytes.
    fn without_last_character(line: &mut Vec<u8>) {
        while line.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {}
    }
}

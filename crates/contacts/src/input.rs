//! Where a log comes from: a file or standard input, gzipped or not.
//!
//! A log can be read several times: first to see what it is, and again where its end decides how its
//! beginning is read. Files are opened again; of a pipe a copy is kept.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::bufread::GzDecoder;
use heard_text::diagnostic::Diagnostic;
use tempfile::SpooledTempFile;

const BUFFER: usize = 1 << 16;
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// Bytes of a pipe that are kept in memory; what comes after them goes to a temporary file.
const PIPE_IN_MEMORY: usize = 4 << 20;

/// A log, ready to be read.
#[derive(Clone)]
pub struct Input {
    /// What it is called in messages.
    pub name: String,
    /// Bytes of the file as it lies there; `None` where that is not known.
    pub bytes: Option<u64>,
    /// How many of them have been read.
    pub done: Arc<AtomicU64>,
    source: Source,
}

/// What can be read from any place.
pub(crate) trait Seekable: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seekable for T {}

#[derive(Clone)]
enum Source {
    File(PathBuf),
    Memory(Arc<[u8]>),
    Pipe(Arc<Mutex<Pipe>>),
}

impl Input {
    /// Opens a file, or standard input where the path is `-`.
    ///
    /// # Errors
    /// Where there is no such file or it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Diagnostic> {
        if path == Path::new("-") {
            return Ok(Self::piped("standard input".to_owned(), io::stdin()));
        }
        let name = path.display().to_string();
        let unreadable = |error: io::Error| unreadable(&name, &error);
        let info = fs::metadata(path).map_err(unreadable)?;
        if info.is_dir() {
            return Err(Diagnostic::new(format!("{name} is a folder")).help("name the log in it"));
        }
        let file = File::open(path).map_err(unreadable)?;
        // What is not a plain file, such as a named pipe, does not say how long it is, and can be read
        // once only.
        if !info.is_file() {
            return Ok(Self::piped(name, file));
        }
        Ok(Self::of(name, Some(info.len()), Source::File(path.to_owned())))
    }

    /// A log that lies in memory.
    ///
    /// # Errors
    /// Never, in practice: reading memory does not fail.
    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> io::Result<Self> {
        Ok(Self::of(name.to_owned(), Some(bytes.len() as u64), Source::Memory(bytes.into())))
    }

    fn piped(name: String, source: impl Read + Send + 'static) -> Self {
        let kept = SpooledTempFile::new(PIPE_IN_MEMORY);
        let pipe = Pipe { source: Box::new(source), kept, length: 0, ended: false };
        Self::of(name, None, Source::Pipe(Arc::new(Mutex::new(pipe))))
    }

    fn of(name: String, bytes: Option<u64>, source: Source) -> Self {
        Self { name, bytes, done: Arc::new(AtomicU64::new(0)), source }
    }

    /// Reads from the beginning, unpacked where the log is gzipped. What is `counted` shows in
    /// [`Input::done`].
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn reader(&self, counted: bool) -> io::Result<Box<dyn Read + Send>> {
        let packed = self.is_gzipped()?;
        let buffered = BufReader::with_capacity(BUFFER, self.packed(counted)?);
        Ok(if packed {
            Box::new(Unpacked { pack: Some(GzDecoder::new(buffered)) })
        } else {
            Box::new(buffered)
        })
    }

    /// Reads from the beginning, as it lies there.
    fn packed(&self, counted: bool) -> io::Result<Box<dyn Read + Send>> {
        let source: Box<dyn Read + Send> = match &self.source {
            Source::File(path) => Box::new(File::open(path)?),
            Source::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            Source::Pipe(pipe) => Box::new(Again { pipe: Arc::clone(pipe), at: 0 }),
        };
        if !counted {
            return Ok(source);
        }
        Ok(Box::new(Counted { source, done: Arc::clone(&self.done) }))
    }

    /// The whole log, to be read from any place; `None` where it would have to be held in memory and is
    /// larger than `most`.
    pub(crate) fn seekable(&self, most: u64) -> io::Result<Option<Box<dyn Seekable>>> {
        if let Source::File(path) = &self.source
            && !self.is_gzipped()?
        {
            return Ok(Some(Box::new(BufReader::new(File::open(path)?))));
        }
        let mut bytes = Vec::new();
        self.reader(false)?.take(most + 1).read_to_end(&mut bytes)?;
        let fits = bytes.len() as u64 <= most;
        Ok(fits.then(|| Box::new(Cursor::new(bytes)) as Box<dyn Seekable>))
    }

    /// Whether it is gzipped.
    pub(crate) fn is_gzipped(&self) -> io::Result<bool> {
        let mut begin = [0; 2];
        Ok(fill(&mut *self.packed(false)?, &mut begin)? == 2 && begin == GZIP)
    }

    /// The first bytes, unpacked: as many as asked for, or all there are before the log ends or breaks
    /// off.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub(crate) fn head(&self, most: usize) -> Result<Vec<u8>, Diagnostic> {
        let unreadable = |error: io::Error| unreadable(&self.name, &error);
        let mut head = Vec::new();
        let reader = self.reader(false).map_err(unreadable)?;
        // That it breaks off or is damaged is told with its line by those who read it.
        let _ = reader.take(most as u64).read_to_end(&mut head);
        Ok(head)
    }
}

fn unreadable(name: &str, error: &io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => {
            Diagnostic::new(format!("there is no file {name}"))
                .help("name a log, or `-` for standard input")
        }
        _ => Diagnostic::new(format!("{name} cannot be read: {error}"))
            .help("name a log that you may read"),
    }
}

/// Reads until the buffer is full or the source ends, and says how much was read.
pub(crate) fn fill(source: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Counts the bytes that go by.
struct Counted<R> {
    source: R,
    done: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// What can be read once, and what has been read of it.
struct Pipe {
    source: Box<dyn Read + Send>,
    kept: SpooledTempFile,
    /// Bytes that have been read and kept.
    length: u64,
    ended: bool,
}

/// A pipe, read from its beginning.
struct Again {
    pipe: Arc<Mutex<Pipe>>,
    at: u64,
}

impl Read for Again {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut pipe = self.pipe.lock().unwrap_or_else(PoisonError::into_inner);
        let pipe = &mut *pipe;
        let read = if self.at < pipe.length {
            pipe.kept.seek(SeekFrom::Start(self.at))?;
            pipe.kept.read(buffer)?
        } else if pipe.ended || buffer.is_empty() {
            0
        } else {
            let read = pipe.source.read(buffer)?;
            pipe.ended = read == 0;
            pipe.kept.seek(SeekFrom::Start(pipe.length))?;
            pipe.kept.write_all(&buffer[..read]).map_err(|error| {
                io::Error::other(format!("no room for a copy of it in a temporary file: {error}"))
            })?;
            pipe.length += read as u64;
            read
        };
        self.at += read as u64;
        Ok(read)
    }
}

/// What gzip has packed: one pack after the other. Zeros behind the last fill up a block of a tape or a
/// disk, and say nothing.
struct Unpacked<R> {
    /// `None` where the file has ended.
    pack: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(pack) = &mut self.pack {
            let read = pack.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut rest) = self.pack.take().map(GzDecoder::into_inner) else { break };
            if passes_zeros(&mut rest)? {
                self.pack = Some(GzDecoder::new(rest));
            }
        }
        Ok(0)
    }
}

/// Passes over zeros; whether anything comes behind them.
fn passes_zeros(rest: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = rest.fill_buf()?;
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        let (ended, more) = (bytes.is_empty(), zeros < bytes.len());
        rest.consume(zeros);
        if ended || more {
            return Ok(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn read(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        let input = Input::of_bytes("log", bytes.to_vec()).unwrap();
        input.reader(true)?.read_to_end(&mut all).map(|_| all)
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn packed_or_not_the_same_is_read() {
        assert_eq!(read(b"a,b\n1,2\n").unwrap(), b"a,b\n1,2\n");
        assert_eq!(read(&packed(b"a,b\n1,2\n")).unwrap(), b"a,b\n1,2\n");
        let twice = [packed(b"a,b\n"), packed(b"1,2\n")].concat();
        assert_eq!(read(&twice).unwrap(), b"a,b\n1,2\n");
        assert_eq!(read(b"").unwrap(), b"");
        // Zeros fill up a block; anything else behind a pack is damage.
        let filled = |end: &[u8]| [&packed(b"a,b\n1,2\n")[..], &[0; 70_000], end].concat();
        assert_eq!(read(&filled(b"")).unwrap(), b"a,b\n1,2\n");
        assert!(read(&filled(b"x")).is_err());
    }

    #[test]
    fn a_pack_that_is_cut_off_is_an_error() {
        let noise: Vec<u8> =
            (0..9_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let whole = packed(&noise);
        let error = read(&whole[..whole.len() / 2]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_pipe_can_be_read_again_from_its_beginning() {
        let text: Vec<u8> = (0..90_000_u32).flat_map(|n| format!("{n},x\n").into_bytes()).collect();
        let input = Input::piped("pipe".to_owned(), io::Cursor::new(packed(&text)));
        let mut first = input.reader(true).unwrap();
        let mut begin = vec![0; 10];
        first.read_exact(&mut begin).unwrap();
        let mut again = Vec::new();
        input.reader(false).unwrap().read_to_end(&mut again).unwrap();
        assert!(again == text, "{} bytes", again.len());
        first.read_to_end(&mut begin).unwrap();
        assert!(begin == text, "{} bytes", begin.len());
    }

    #[test]
    fn no_more_of_a_pipe_is_taken_than_is_asked_for() {
        let input = Input::piped("pipe".to_owned(), io::repeat(b'x'));
        assert_eq!(input.head(100).unwrap(), [b'x'; 100]);
        assert_eq!(input.head(200_000).unwrap().len(), 200_000);
    }
}

//! Digests, as they are written.

use std::io::{self, BufRead, BufReader, Read};

use sha2::{Digest, Sha256};

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of all that a reader gives, as 64 hexadecimal digits.
///
/// # Errors
/// Where it cannot be read.
pub fn sha256_of(reader: impl Read) -> io::Result<String> {
    let (mut reader, mut hasher) = (BufReader::new(reader), Sha256::new());
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hexadecimal(&hasher.finalize()));
        }
        hasher.update(bytes);
        let read = bytes.len();
        reader.consume(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_has_the_digest_of_its_bytes() {
        let bytes = vec![7; 100_000];
        assert_eq!(sha256_of(&bytes[..]).unwrap(), hexadecimal(&Sha256::digest(&bytes)));
    }
}

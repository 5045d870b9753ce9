//! How the letters of a file are written.
//!
//! UTF-16 is known by its mark or its zeros. Everything else is taken for UTF-8 until a row is not
//! valid in it: then the first 1 MiB from the first letter that is not ASCII tells whether the file is UTF-8
//! with a broken letter or was written in an older encoding, such as Windows-1252. Whatever stands before that
//! row is the same in both.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, UTF_8, UTF_16BE, UTF_16LE};

use crate::input::Input;

/// How the letters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// One of those that the web knows.
    Web(&'static encoding_rs::Encoding),
    /// One of DOS: its name and its upper half.
    Dos(&'static str, &'static str),
}

/// The upper half of code page 437: DOS in the United States.
const CP437: &str = "\
     ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
     └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The upper half of code page 850: DOS in Western Europe.
const CP850: &str = "\
     ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
     └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Bytes, from the first that is not ASCII, by which an encoding is told.
const TELLING: usize = 1 << 20;

impl Encoding {
    /// What is not known to be anything else.
    pub const UTF8: Self = Self(Kind::Web(UTF_8));

    /// The encoding of a name, such as `windows-1252`, `latin1`, `UTF-16` or `CP850`.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let number = ["cp", "ibm", "dos", "oem"].iter().find_map(|begin| name.strip_prefix(begin));
        match number.unwrap_or(&name).trim_start_matches(['-', '_', ' ']) {
            "437" => return Some(Self(Kind::Dos("CP437", CP437))),
            "850" | "858" => return Some(Self(Kind::Dos("CP850", CP850))),
            _ => {}
        }
        let known = encoding_rs::Encoding::for_label_no_replacement(name.as_bytes())?;
        let is_whole = known.is_ascii_compatible() || known == UTF_16LE || known == UTF_16BE;
        is_whole.then_some(Self(Kind::Web(known)))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Web(known) => known.name(),
            Kind::Dos(name, _) => name,
        }
    }

    /// What the beginning of a file says for sure: a mark, or the zeros of UTF-16.
    pub(crate) fn of_head(head: &[u8]) -> Option<Self> {
        if let Some((known, _)) = encoding_rs::Encoding::for_bom(head) {
            return Some(Self(Kind::Web(known)));
        }
        let pairs = head.get(..4096).unwrap_or(head).chunks_exact(2);
        let all = pairs.len();
        let (mut high, mut low) = (0, 0);
        for pair in pairs {
            high += usize::from(pair[0] == 0);
            low += usize::from(pair[1] == 0);
        }
        // Digits and separators have a zero in every language.
        match (all > 3, high > all / 10 && low * 8 < high, low > all / 10 && high * 8 < low) {
            (true, true, _) => Some(Self(Kind::Web(UTF_16BE))),
            (true, _, true) => Some(Self(Kind::Web(UTF_16LE))),
            _ => None,
        }
    }

    /// The encoding of a file with a row that is not valid UTF-8, if everything before that row is ASCII.
    pub(crate) fn told(input: &Input) -> io::Result<Self> {
        let text = telling(&mut *input.reader(false)?)?;
        let (mut letters, mut broken) = (0_usize, 0_usize);
        for chunk in text.utf8_chunks() {
            letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            broken += usize::from(!chunk.invalid().is_empty());
        }
        if letters >= broken {
            return Ok(Self::UTF8);
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&text, true);
        Ok(Self(Kind::Web(detector.guess(None, Utf8Detection::Deny))))
    }

    /// Whether rows can be told apart before letters are read: commas, quotation marks and ends of lines
    /// are those of ASCII.
    pub(crate) fn is_like_ascii(self) -> bool {
        match self.0 {
            Kind::Web(known) => known.is_ascii_compatible(),
            Kind::Dos(..) => true,
        }
    }

    /// A text; `None` where the bytes are none in this encoding.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self.0 {
            Kind::Web(known) => known
                .decode_without_bom_handling_and_without_replacement(bytes)
                // What an encoding leaves empty is read as a control character, which is no letter.
                .filter(|text| {
                    known == UTF_8 || !text.chars().any(|c| ('\u{80}'..'\u{a0}').contains(&c))
                }),
            Kind::Dos(_, upper) => {
                let letter = |byte: &u8| match byte.checked_sub(128) {
                    Some(at) => upper.chars().nth(usize::from(at)),
                    None => Some(char::from(*byte)),
                };
                bytes.iter().map(letter).collect::<Option<String>>().map(Cow::Owned)
            }
        }
    }

    /// Reads what is written in this encoding as UTF-8. A broken letter becomes a byte that is not
    /// valid in UTF-8.
    pub(crate) fn reader(self, source: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        match self.0 {
            Kind::Web(known) if known == UTF_8 => source,
            Kind::Web(known) => Box::new(Decoded {
                source,
                decoder: Some(known.new_decoder_with_bom_removal()),
                input: Vec::new(),
                output: Vec::new(),
                passed: 0,
            }),
            Kind::Dos(..) => {
                Box::new(DecodedBytes { source, encoding: self, output: Vec::new(), passed: 0 })
            }
        }
    }
}

/// What tells the encoding of a text: the bytes from the first that is not ASCII.
fn telling(source: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    while text.len() < TELLING {
        let read = source.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        let new = &buffer[..read];
        match new.iter().position(|byte| !byte.is_ascii()) {
            None if text.is_empty() => {}
            // A word goes with it: letters are told by those around them.
            Some(at) if text.is_empty() => text.extend(&new[at.saturating_sub(20)..]),
            _ => text.extend(new),
        }
    }
    text.truncate(TELLING);
    Ok(text)
}

/// Text in an encoding of the web.
struct Decoded {
    source: Box<dyn Read + Send>,
    /// `None` where the source has ended.
    decoder: Option<Decoder>,
    input: Vec<u8>,
    output: Vec<u8>,
    passed: usize,
}

impl Decoded {
    fn more(&mut self) -> io::Result<()> {
        (self.passed, self.output) = (0, Vec::new());
        while self.output.is_empty() {
            let Some(decoder) = &mut self.decoder else { return Ok(()) };
            let mut buffer = vec![0; 1 << 14];
            let read = self.source.read(&mut buffer)?;
            self.input.extend(&buffer[..read]);
            let mut from = 0;
            self.output.resize(1 << 16, 0);
            let mut written = 0;
            loop {
                let (result, used, wrote) = decoder.decode_to_utf8_without_replacement(
                    &self.input[from..],
                    &mut self.output[written..],
                    read == 0,
                );
                (from, written) = (from + used, written + wrote);
                match result {
                    DecoderResult::InputEmpty => break,
                    DecoderResult::OutputFull => {
                        self.output.resize(self.output.len() * 2, 0);
                    }
                    DecoderResult::Malformed(..) => {
                        if written == self.output.len() {
                            self.output.push(0);
                        }
                        self.output[written] = 0xff;
                        written += 1;
                    }
                }
            }
            self.input.drain(..from);
            self.output.truncate(written);
            if read == 0 {
                self.decoder = None;
            }
        }
        Ok(())
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.passed == self.output.len() {
            self.more()?;
        }
        Ok(hand_over(&self.output, &mut self.passed, buffer))
    }
}

/// Text in an encoding of one byte a letter.
struct DecodedBytes {
    source: Box<dyn Read + Send>,
    encoding: Encoding,
    output: Vec<u8>,
    passed: usize,
}

impl Read for DecodedBytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.passed == self.output.len() {
            let mut input = vec![0; 1 << 14];
            let read = self.source.read(&mut input)?;
            let text = self.encoding.decode(&input[..read]).unwrap_or_default();
            (self.passed, self.output) = (0, text.into_owned().into_bytes());
        }
        Ok(hand_over(&self.output, &mut self.passed, buffer))
    }
}

/// Copies what has not been passed on yet.
fn hand_over(output: &[u8], passed: &mut usize, buffer: &mut [u8]) -> usize {
    let rest = &output[*passed..];
    let taken = rest.len().min(buffer.len());
    buffer[..taken].copy_from_slice(&rest[..taken]);
    *passed += taken;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> &'static str {
        Encoding::told(&Input::of_bytes("log", bytes.to_vec()).unwrap()).unwrap().name()
    }

    #[test]
    fn names_of_encodings_are_known_in_many_spellings() {
        for (name, known) in [
            ("latin1", "windows-1252"),
            ("ISO-8859-1", "windows-1252"),
            ("cp1252", "windows-1252"),
            ("UTF-8", "UTF-8"),
            ("utf-16", "UTF-16LE"),
            ("CP850", "CP850"),
            ("ibm-850", "CP850"),
            ("437", "CP437"),
            ("Shift_JIS", "Shift_JIS"),
        ] {
            assert_eq!(Encoding::of(name).map(Encoding::name), Some(known), "{name}");
        }
        assert_eq!(Encoding::of("klingon"), None);
        assert_eq!(Encoding::of("iso-2022-jp"), None);
    }

    #[test]
    fn code_pages_of_dos_are_read_as_published() {
        for (name, bytes, text) in [
            ("CP850", &b"M\x81ller, S\xc6o, \xb8"[..], "Müller, São, ©"),
            ("CP437", b"M\x81ller, \xe0\xe1, \xff", "Müller, αß, \u{a0}"),
        ] {
            let encoding = Encoding::of(name).unwrap();
            assert_eq!(encoding.decode(bytes).as_deref(), Some(text));
            let mut read = String::new();
            encoding.reader(Box::new(io::Cursor::new(bytes))).read_to_string(&mut read).unwrap();
            assert_eq!(read, text);
        }
        assert_eq!((CP437.chars().count(), CP850.chars().count()), (128, 128));
    }

    #[test]
    fn an_older_encoding_is_told_from_utf_8_with_a_broken_letter() {
        assert_eq!(told(b"company\nM\xfcller\nM\xf6ller\nS\xe3o Paulo\n"), "windows-1252");
        assert_eq!(told("Müller\nMöller\nSão\n".replace('\n', "\n\u{fc}").as_bytes()), "UTF-8");
        assert_eq!(told(&[&b"M\xfcller\n"[..], "Möller, São\n".as_bytes()].concat()), "UTF-8");
        let cyrillic = encoding_rs::WINDOWS_1251.encode("Компания;Время ответа;Закрыто").0;
        assert_eq!(told(&cyrillic), "windows-1251");
        // The first letter that is not ASCII may come late.
        let late = [b"plain\n".repeat(50_000), b"M\xfcller\nM\xf6ller\n".to_vec()].concat();
        assert_eq!(told(&late), "windows-1252");
    }

    #[test]
    fn utf_16_is_known_by_its_mark_or_its_zeros_and_read_letter_by_letter() {
        let text = "id;Primeira Interação;☎😀\n1;2026-03-02;x\n".repeat(3_000);
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (mark, bytes, name) in [
            (&[0xff, 0xfe][..], &little, "UTF-16LE"),
            (&[0xfe, 0xff][..], &big, "UTF-16BE"),
            (&[][..], &little, "UTF-16LE"),
            (&[][..], &big, "UTF-16BE"),
        ] {
            let bytes = [mark, bytes].concat();
            let encoding = Encoding::of_head(&bytes).unwrap();
            assert_eq!(encoding.name(), name);
            let mut read = String::new();
            encoding.reader(Box::new(io::Cursor::new(bytes))).read_to_string(&mut read).unwrap();
            assert!(read == text, "{} bytes", read.len());
        }
        assert_eq!(Encoding::of_head(b"id,arrived\n1,2\n"), None);
        assert_eq!(Encoding::of_head(&[0; 900]), None);
        // Half a pair of surrogates is no letter.
        let mut read = Vec::new();
        let broken = [b'a', 0, 0x00, 0xd8, b'b', 0];
        let utf16 = Encoding::of("utf-16le").unwrap();
        utf16.reader(Box::new(io::Cursor::new(broken))).read_to_end(&mut read).unwrap();
        assert_eq!(read, b"a\xffb");
    }
}

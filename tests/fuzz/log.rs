//! Logs of contacts in all formats, packed or not, read and graded.

use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use heard_contacts::input::Input;
use heard_contacts::{Field, Mapping};
use heard_contacts::{Options, formats};
use heard_lab::audit::Audit;
use heard_lab::audit::groups::By;
use heard_lab::audit::settings::Settings;
use heard_report::document::terminal;
use heard_report::pages::audit as page;

use super::driver::{Pool, Target, fuzz, shape};
use super::mutate;
use super::random::Random;

const PLAIN: &str = "\
id,customer,channel,company,arrived,answered,closed,outcome,agent,public,followers,kind,priority
1,ann,mail,acme,2026-03-02T09:00:00Z,2026-03-02T09:30:00Z,,answered,eve,true,12,bill,1
2,bob,\"mail\",acme,2026-03-01 09:00:00+01:00,,2026-03-01T10:00:00Z,abandoned,,no,0,\"a, \"\"b\"\"\",2
3,,phone,blue,1772442000,1772442010,,redirected,eve,1,1e6,,
4,ann,phone,blue,Tue Mar 03 22:10:47 +0000 2026,,,open,,,,,
";

const TWEETS: &str = "\
tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id
1,17,True,Tue Oct 31 22:10:47 +0000 2017,@acme it does not work,2,
2,acme,False,Tue Oct 31 22:11:17 +0000 2017,\"@17 Sorry to hear, send us a DM ^AB\",3,1.0
3.0,17,True,Tue Oct 31 22:15:47 +0000 2017,@acme done,,2
4,18,True,Tue Oct 31 23:10:47 +0000 2017,@acme hello,,99
5,acme,False,Tue Oct 31 23:11:17 +0000 2017,@19 see https://x.y,,5
";

const BANK: &str = "\
line,customer_id,priority,type,date,vru_entry,vru_exit,q_start,q_exit,outcome,ser_start,ser_exit,server
A,0,0,PS,1999-08-01,9:00:00,9:00:10,0:00:00,0:00:00,AGENT,9:00:10,9:03:00,EVE
A,17,2,NW,1999-08-01,23:58:00,23:58:10,23:58:10,0:01:00,AGENT,0:01:00,0:04:00,EVE
B,17,1,NW,1999-08-02,9:00:00,9:00:10,9:00:10,9:04:00,HANG,0:00:00,0:00:00,NO_SERVER
B,0,0,PS,1999-08-02,9:00:00,9:00:10,0:00:00,0:00:00,HANG,0:00:00,0:00:00,NO_SERVER
B,0,0,PS,1999-08-02,9:00:00,9:00:10,0:00:00,0:00:00,PHANTOM,0:00:00,0:00:00,NO_SERVER
";

const CDR: &str = "\
calldate,src,dst,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid,linkedid
2026-03-02 08:05:10,1000,700,SIP/trunk-00,SIP/701-0000012a,Queue,65,60,ANSWERED,1772355900.0,1.1
2026-03-02 08:05:10,1000,700,SIP/trunk-00,SIP/702-0000012b,Queue,5,0,NO ANSWER,1772355900.0,1.1
2026-03-02 10:25:30,anonymous,700,SIP/trunk-02,,Playback,10,10,ANSWERED,1772355902.2,1.2
2026-03-02 10:26:30,1002,700,SIP/trunk-03,,Queue,10.5,10,BUSY,1772355902.3,
";

const MASTER: &str = "\
\"\",\"1000\",\"700\",\"from-pstn\",\"a <1000>\",\"SIP/t-0a\",\"SIP/701-0b\",\"Dial\",\"x|y\",\"2026-03-02 08:05:10\",\"2026-03-02 08:05:15\",\"2026-03-02 08:06:15\",65,60,\"ANSWERED\",\"DOCUMENTATION\",\"1.1\",\"\"
\"\",\"1001\",\"700\",\"from-pstn\",\"b <1001>\",\"SIP/t-0c\",\"\",\"Dial\",\"\",\"2026-03-02 08:15:10\",\"\",\"2026-03-02 08:16:15\",65,0,\"NO ANSWER\",\"DOCUMENTATION\",\"1.2\",\"\"
";

const QUEUE_LOG: &str = "\
1772438400|NONE|NONE|NONE|QUEUESTART|
1772438410|1.1|support|NONE|ENTERQUEUE||030|1
1772438420|1.1|support|SIP/701|RINGNOANSWER|10000
1772438430|1.1|support|SIP/702|CONNECT|20|1.9|4
1772438431|1.2|sales|NONE|ABANDON|1|1|40
1772438490|1.1|support|SIP/702|COMPLETECALLER|20|60|1
1772438500|1.3|support|SIP/702|BLINDTRANSFER|99|from-internal|5|25|1
1772438510|1.4|support|NONE|EXITWITHKEY|1|1|1|10
";

const EVENTS: &str = "\
CaseID,Activity,Timestamp,Resource,kind
C1,New,2026-03-02 08:00:00,,gold
C2,New,2026-03-02 08:01:00,,
C1,In progress,02.03.2026 08:05,ann,silver
C2,Cancelled,2026-03-02 08:31:00,,
C1,Closed,2026-03-02 09:00:00,bob,
C1,Reopened,2026-03-02 10:00:00,bob,
";

const STATES: &str = "\
number,incident_state,opened_at,sys_updated_at,resolved_at,assigned_to
INC1,New,29/2/2016 01:16,29/2/2016 01:23,?,?
INC1,Active,29/2/2016 01:16,29/2/2016 08:53,?,ann
INC1,Closed,29/2/2016 01:16,5/3/2016 12:00,29/2/2016 11:29,ann
INC2,New,1/3/2016 02:00,1/3/2016 02:10,?,?
INC2,Active,1/3/2016 02:00,1/3/2016 02:20,?,?
INC2,Active,1/3/2016 02:00,1/3/2016 02:30,?,?
INC3,Active,1/3/2016 02:00,1/3/2016 02:30,?,?
INC3,Resolved,1/3/2016 02:00,1/3/2016 03:30,1/3/2016 03:30,?
";

const FIELDS: [&str; 26] = [
    "",
    "0",
    "-1",
    "1.0",
    "NaN",
    "1e308",
    "18446744073709551616",
    "2026-03-02T09:30:00",
    "2026-03-02T09:30:00Z",
    "2026-03-02",
    "9999-12-31T23:59:59.999",
    "-009999-01-01T00:00:00+25:59",
    "2026-03-02T09:30:00[Europe/Rome]",
    "Tue Oct 31 22:11:17 +0000 2017",
    "1509487847",
    "24:59:59",
    "0:00:00",
    "answered",
    "abandoned",
    "AGENT",
    "HANG",
    "True",
    "False",
    "arrived",
    "\"\n\"",
    "\u{fffd}\u{1b}[31m",
];

struct Log;

impl Target for Log {
    const NAME: &'static str = "log";
    const ENDING: &'static str = "csv";

    fn seeds(&self) -> Vec<Vec<u8>> {
        let texts = [
            PLAIN,
            TWEETS,
            BANK,
            CDR,
            MASTER,
            QUEUE_LOG,
            EVENTS,
            STATES,
            "arrived\n2026-03-02T09:30:00\n",
        ];
        texts.iter().flat_map(|text| [text.as_bytes().to_vec(), packed(text.as_bytes())]).collect()
    }

    fn mutate(&self, random: &mut Random, pool: &Pool) -> Vec<u8> {
        let mut input = pool.pick(random).clone();
        if !random.one_in(4) {
            input = unpacked(&input).unwrap_or(input);
        }
        for _ in 0..*random.pick(&[1, 1, 2, 3, 6]) {
            match random.below(4) {
                0 => mutate::bytes(random, &mut input),
                1 => {
                    let other = pool.pick(random);
                    mutate::lines(random, &mut input, other);
                }
                2 => field(random, &mut input),
                _ => {
                    let line_ends = random.pick(&["\r\n", "\r", "\n\n", "\n"]).as_bytes();
                    input = input.split(|&byte| byte == b'\n').collect::<Vec<_>>().join(line_ends);
                }
            }
        }
        if random.one_in(8) { packed(&input) } else { input }
    }

    fn read(&mut self, input: &[u8], _: &Path) -> String {
        let sum = crc32fast::hash(input);
        let map = if sum.is_multiple_of(5) {
            vec![Mapping::new("created_at", Field::Arrived)]
        } else {
            Vec::new()
        };
        let skip = if sum.is_multiple_of(2) { 0.9 } else { 0.01 };
        let options = Options { map, skip, ..Options::default() };
        audited(input, &options)
    }
}

/// Reads and grades a log, and tells what came of it.
pub fn audited(input: &[u8], options: &Options) -> String {
    let sum = crc32fast::hash(input);
    let log = Input::of_bytes("the-log", input.to_vec()).unwrap();
    let by = [None, Some(By::Agent), Some(By::Day), Some(By::Month)][sum as usize % 4];
    let settings = Settings { by, ..Settings::default() };
    match Audit::of_log(log, options, settings) {
        Ok(audit) => {
            holds(&audit);
            let fields = audit.about.fields.len();
            format!("accepted: {:?}, {fields} fields", audit.about.format)
        }
        Err(error) => {
            let shown = error.to_string();
            assert!(error.message.len() > 5 && shown.contains("--> the-log"), "{shown:?}");
            assert!(shown.len() < 10_000, "an error of {} bytes", shown.len());
            format!("refused: {}", shape(&error.message))
        }
    }
}

/// What was accepted adds up, and can be shown.
fn holds(audit: &Audit) {
    let about = &audit.about;
    assert!(about.contacts > 0 && about.skipped.rows < about.rows);
    let left_out: u64 = about.left_out.iter().map(|(rows, _)| rows).sum();
    // Elsewhere, several rows may be one contact.
    if [formats::PLAIN.name, formats::BANK.name].contains(&about.format) {
        assert_eq!(about.contacts + left_out + about.skipped.rows, about.rows);
    }
    let subjects = audit.subjects();
    let contacts = subjects.iter().map(|subject| subject.tally.contacts());
    let all = if subjects.len() > 1 { 2 * about.contacts } else { about.contacts };
    assert_eq!(contacts.sum::<u64>(), all);
    for finding in subjects.iter().flat_map(|subject| &subject.findings) {
        let ends = [finding.low, finding.value, finding.high];
        assert!(ends.iter().flatten().all(|number| number.is_finite()), "{finding:?}");
        let rising: Vec<f64> = ends.into_iter().flatten().collect();
        assert!(rising.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9), "{finding:?}");
    }
    let text = terminal::text(&page::document(audit, Vec::new()), terminal::PAGE, false);
    assert!(!text.is_empty());
    assert!(page::json(audit).is_object());
}

/// Puts something else into a field.
pub fn field(random: &mut Random, input: &mut Vec<u8>) {
    let separators: Vec<usize> =
        (0..input.len()).filter(|&at| matches!(input[at], b',' | b'\n')).collect();
    if separators.len() < 2 {
        return;
    }
    let at = random.below(separators.len() - 1);
    let new = random.pick(&FIELDS).bytes();
    input.splice(separators[at] + 1..separators[at + 1], new);
}

pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    MultiGzDecoder::new(bytes).take(1 << 16).read_to_end(&mut all).ok()?;
    Some(all)
}

#[test]
fn any_bytes_are_read_as_a_log_or_refused_with_reason() {
    fuzz(Log);
}

//! What is asked of worlds and logs: experiments and the jobs that run them, audits of logs and of
//! simulated companies, fits, traces of one case, and checks against exact results. Everything here
//! returns data; `heard_report` has the words.

pub mod audit;
pub mod experiment;
pub mod fit;
pub mod job;
pub mod line;
pub mod trace;
pub mod verify;

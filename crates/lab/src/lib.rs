//! What is asked of worlds and logs: experiments and the jobs that run them, audits of logs and of
//! simulated companies, and fits. Data comes out, never text.

pub mod audit;
pub mod experiment;
pub mod fit;
pub mod job;

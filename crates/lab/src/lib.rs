//! What is asked of worlds and logs: experiments, audits of logs and of simulated companies, and fits.
//! Data comes out, never text.

pub mod audit;
pub mod experiment;
pub mod fit;

//! Statistics: what simulated values say, and what theory says they should be.
//!
//! Pure functions of numbers. Exponentials and logarithms come from `libm` alone, so that results
//! are the same bytes on every platform.

pub mod anytime;
mod beta;
pub mod binomial;
pub mod bootstrap;
pub mod grid;
pub mod incidence;
pub mod interval;
pub mod lifetimes;
pub mod moments;
pub mod mser;
pub mod multiple;
pub mod paired;
pub mod queues;
pub mod skewed;
pub mod skewness;
pub mod stopping;
pub mod student;
pub mod verdict;

pub use binomial::Share;
pub use grid::Grid;
pub use incidence::{Curves, Incidence};
pub use interval::Interval;
pub use lifetimes::Lifetimes;
pub use moments::Moments;
pub use mser::mser;
pub use multiple::{bonferroni, holm};
pub use paired::{Comparison, compare};
pub use skewness::too_few_for_student;
pub use stopping::{Forecast, Looks, forecast};
pub use student::quantile as student_quantile;
pub use verdict::Verdict;

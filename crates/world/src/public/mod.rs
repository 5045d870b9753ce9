//! What is said in public: who sees it, who passes it on, what the public thinks.

pub mod awareness;
pub mod cascade;
pub mod post;
pub mod sentiment;

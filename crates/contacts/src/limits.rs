//! How much a log may hold.

/// Companies and channels that a log may have.
pub const MOST_COMPANIES: usize = 10_000;
/// Kinds of contact that a log may have.
pub const MOST_KINDS: usize = 1_000;
/// People that a log may have.
pub const MOST_AGENTS: usize = 1_000_000;
/// Ids that are compared with one another.
pub const MOST_IDS: usize = 14_000_000;
/// Most bytes in one row.
pub const MOST_OF_ROW: usize = 1 << 20;

//! How much a log may hold.

/// Companies and channels that a log may have.
pub const MOST_COMPANIES: usize = 10_000;
/// Kinds of contact that a log may have.
pub const MOST_KINDS: usize = 1_000;
/// People that a log may have.
pub const MOST_AGENTS: usize = 1_000_000;
/// Ids beyond the first 900,000 that may come twice and are followed up.
pub const MOST_REPEATED: usize = 1_000_000;
/// Most bytes in one row.
pub const MOST_OF_ROW: usize = 1 << 20;
/// Columns of a log: as many as a spreadsheet has.
pub const MOST_COLUMNS: usize = 16_384;
/// Keys of a log in JSON, each of which becomes a column.
pub const MOST_KEYS: usize = 1_000;
/// Bytes of a workbook that comes gzipped or through a pipe: it is held in memory.
pub const MOST_OF_WORKBOOK: u64 = 256 << 20;
/// Bytes of a workbook when it is unpacked.
pub const MOST_UNPACKED: u64 = 1 << 30;
/// Sheets of a workbook.
pub const MOST_SHEETS: usize = 1_000;
/// Cells of a sheet, empty ones between others included.
pub const MOST_CELLS: u64 = 50_000_000;

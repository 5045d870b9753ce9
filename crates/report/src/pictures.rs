//! Charts as files.

use crate::charts;
use crate::document::Figure;
use crate::{PICTURE_PIXELS, ReportError};

/// A chart as an SVG and a PNG: the ending of each file's name, and what the file holds.
///
/// # Errors
/// Where the PNG cannot be drawn.
pub fn pictures(figure: &Figure) -> Result<[(&'static str, Vec<u8>); 2], ReportError> {
    let png = charts::png(&figure.svg, PICTURE_PIXELS)
        .map_err(|error| ReportError::Chart { name: figure.name.clone(), error })?;
    Ok([("svg", figure.svg.clone().into_bytes()), ("png", png)])
}

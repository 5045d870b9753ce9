//! Charts as files.

use crate::charts;
use crate::document::Figure;
use crate::{Output, ReportError, output};

/// Width of a PNG.
const PIXELS: u32 = 1200;

/// A chart as an SVG and a PNG: the ending of each file's name, and what the file holds.
///
/// # Errors
/// Where the PNG cannot be drawn.
pub fn pictures(figure: &Figure) -> Result<[(&'static str, Vec<u8>); 2], ReportError> {
    let png = charts::png(&figure.svg, PIXELS)
        .map_err(|error| ReportError::Chart { name: figure.name.clone(), error })?;
    Ok([("svg", figure.svg.clone().into_bytes()), ("png", png)])
}

/// Charts as files of a folder of results: all SVGs, then all PNGs.
pub(crate) fn files<'a>(
    figures: impl IntoIterator<Item = &'a Figure>,
) -> Result<Vec<Output>, ReportError> {
    let (mut files, mut pngs) = (Vec::new(), Vec::new());
    for figure in figures {
        let file = |(ending, bytes)| output(&format!("chart-{}.{ending}", figure.name), bytes);
        let [svg, png] = pictures(figure)?.map(file);
        files.push(svg);
        pngs.push(png);
    }
    files.extend(pngs);
    Ok(files)
}

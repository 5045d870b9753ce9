//! The PNG made from a chart's SVG, set in the same embedded font.

use super::error::ChartError;
use super::fonts;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The widest picture that is made.
const WIDEST: u32 = 16_384;

/// The SVG, with the charts' own fonts, ready to be drawn.
pub(crate) fn parse(svg: &str) -> Result<Tree, ChartError> {
    let mut options = Options { font_family: "DejaVu Sans".into(), ..Options::default() };
    let fonts = options.fontdb_mut();
    fonts.load_font_data(fonts::REGULAR.to_vec());
    fonts.load_font_data(fonts::BOLD.to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    Tree::from_str(svg, &options).map_err(|error| ChartError::Picture(error.to_string()))
}

/// The chart as a PNG `width` pixels wide, and as high as its proportions ask.
///
/// # Errors
///
/// [`ChartError::Picture`] when the text is not an SVG or the width is zero or beyond 16 384.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, ChartError> {
    let tree = parse(svg)?;
    let scale = f64::from(width) / f64::from(tree.size().width());
    let height = (f64::from(tree.size().height()) * scale).round().max(1.0) as u32;
    let mut picture = (width <= WIDEST)
        .then(|| Pixmap::new(width, height))
        .flatten()
        .ok_or_else(|| ChartError::Picture(format!("cannot be {width} by {height} pixels")))?;
    let transform = Transform::from_scale(scale as f32, scale as f32);
    resvg::render(&tree, transform, &mut picture.as_mut());
    picture.encode_png().map_err(|error| ChartError::Picture(error.to_string()))
}

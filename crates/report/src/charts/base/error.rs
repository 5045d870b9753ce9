//! Why there is no chart.

/// Why there is no chart.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// There is nothing to draw.
    #[error("there is nothing to draw")]
    Nothing,
    /// The embedded font could not be read.
    #[error("the embedded font could not be read")]
    Font,
    /// The SVG could not be written.
    #[error("the chart could not be drawn: {0}")]
    Draw(String),
    /// The SVG could not be turned into a PNG.
    #[error("the picture could not be made: {0}")]
    Picture(String),
}

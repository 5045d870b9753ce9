//! A drawing: shapes are collected in pixels, then written as an SVG by plotters.

use super::error::ChartError;
use super::fonts;
use super::fonts::{FAMILY, Type, WRITTEN};
use super::look::{PAPER, WIDTH};
use plotters::prelude::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, RGBAColor, ShapeStyle, TextStyle};
use std::fmt::Display;

/// A place in pixels: from the left, from the top.
pub(crate) type Point = (f64, f64);

/// Plotters draws in whole units; a tenth of a pixel is one, so that curves stay smooth.
const UNITS: f64 = 10.0;
/// How far below a text's place plotters puts its baseline, in ems.
const DROP: f64 = 0.76;

/// Where a text stands from its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Side {
    /// The text begins there.
    Start,
    /// The text's middle is there.
    Middle,
    /// The text ends there.
    End,
}

#[derive(Debug)]
enum Shape {
    Path { points: Vec<Point>, width: f64, color: RGBAColor },
    Area { points: Vec<Point>, color: RGBAColor },
    Disc { center: Point, radius: f64, color: RGBAColor },
    Text { at: Point, text: String, set: Type, side: Side, color: RGBAColor },
}

/// A drawing in the making.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    shapes: Vec<Shape>,
}

impl Canvas {
    /// A line through points.
    pub fn path(&mut self, points: &[Point], width: f64, color: RGBAColor) {
        if points.len() > 1 {
            self.shapes.push(Shape::Path { points: points.to_vec(), width, color });
        }
    }

    /// A straight line.
    pub fn line(&mut self, from: Point, to: Point, width: f64, color: RGBAColor) {
        self.path(&[from, to], width, color);
    }

    /// A filled polygon.
    pub fn area(&mut self, points: &[Point], color: RGBAColor) {
        if points.len() > 2 {
            self.shapes.push(Shape::Area { points: points.to_vec(), color });
        }
    }

    /// A filled rectangle between two corners.
    pub fn block(&mut self, (x1, y1): Point, (x2, y2): Point, color: RGBAColor) {
        self.area(&[(x1, y1), (x2, y1), (x2, y2), (x1, y2)], color);
    }

    /// A filled circle.
    pub fn disc(&mut self, center: Point, radius: f64, color: RGBAColor) {
        self.shapes.push(Shape::Disc { center, radius, color });
    }

    /// A text, its baseline at `at`. Characters that XML forbids, or
    /// that would turn what stands around them, become spaces.
    pub fn text(&mut self, at: Point, text: &str, set: Type, side: Side, color: RGBAColor) {
        let forbidden = |c: char| {
            let turns_around = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            c.is_control() || turns_around || matches!(c, '\u{FFFE}' | '\u{FFFF}')
        };
        let text = text.replace(forbidden, " ");
        if !text.trim().is_empty() {
            self.shapes.push(Shape::Text { at, text, set, side, color });
        }
    }

    /// The drawing as an SVG.
    pub fn finish(self, height: f64) -> Result<String, ChartError> {
        fonts::register()?;
        let (wide, high) = (WIDTH, height.ceil());
        let mut body = String::new();
        let mut svg = SVGBackend::with_string(&mut body, (unit(wide) as u32, unit(high) as u32));
        let paper = [(0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high)];
        fill(&mut svg, &paper, PAPER)?;
        self.shapes.iter().try_for_each(|shape| draw(&mut svg, shape))?;
        done(svg.present())?;
        drop(svg);
        // Plotters' own first line gives the size in units; ours gives it in pixels.
        let (_, shapes) = body.split_once('\n').unwrap_or_default();
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
             viewBox=\"0 0 {} {}\" stroke-linejoin=\"round\">\n{shapes}",
            unit(wide),
            unit(high)
        ))
    }
}

fn draw(svg: &mut SVGBackend<'_>, shape: &Shape) -> Result<(), ChartError> {
    match shape {
        Shape::Path { points, width, color } => {
            let style = color.stroke_width(unit(*width).max(1) as u32);
            done(svg.draw_path(points.iter().map(place), &style))
        }
        Shape::Area { points, color } => fill(svg, points, *color),
        Shape::Disc { center, radius, color } => {
            done(svg.draw_circle(place(center), unit(*radius) as u32, &color.filled(), true))
        }
        Shape::Text { at: (x, baseline), text, set, side, color } => {
            let font = FontFamily::Name(FAMILY);
            let font = FontDesc::new(font, set.size * UNITS * WRITTEN, set.style());
            let side = match side {
                Side::Start => HPos::Left,
                Side::Middle => HPos::Center,
                Side::End => HPos::Right,
            };
            let style = TextStyle::from(font).color(color).pos(Pos::new(side, VPos::Top));
            done(svg.draw_text(text, &style, place(&(*x, baseline - DROP * set.size))))
        }
    }
}

fn fill(svg: &mut SVGBackend<'_>, points: &[Point], color: RGBAColor) -> Result<(), ChartError> {
    done(svg.fill_polygon(points.iter().map(place), &ShapeStyle::from(color).filled()))
}

fn done(drawn: Result<(), impl Display>) -> Result<(), ChartError> {
    drawn.map_err(|error| ChartError::Draw(error.to_string()))
}

fn place(point: &Point) -> (i32, i32) {
    (unit(point.0), unit(point.1))
}

fn unit(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

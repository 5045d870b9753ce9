//! The zone in which times without an offset are read.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::Moment;

/// The zone in which times without an offset are read.
#[derive(Clone, Debug, Default)]
pub struct Zone(Option<TimeZone>);

impl Zone {
    /// None: the clock on the wall is all that is known.
    #[must_use]
    pub fn unknown() -> Self {
        Self(None)
    }

    /// The zone of this name, such as `Europe/Berlin`, in the database that is compiled in.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        // `posix/` and `right/` names, and files of this machine, are not in the database.
        let zone = jiff::tz::db().get(name).ok()?;
        Some(Self(Some(zone)))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.as_ref().and_then(TimeZone::iana_name)
    }

    /// The moment at which a clock on the wall shows this, milliseconds since 1970. A time that comes
    /// twice when clocks are set back is the earlier; one that is skipped is as much later as was skipped.
    #[must_use]
    pub fn of_wall(&self, wall_ms: i64) -> Moment {
        self.try_wall(wall_ms).unwrap_or(Moment::local(wall_ms))
    }

    fn try_wall(&self, wall_ms: i64) -> Option<Moment> {
        let zone = self.0.as_ref()?;
        let civil = Offset::UTC.to_datetime(Timestamp::from_millisecond(wall_ms).ok()?);
        let instant = zone.to_ambiguous_timestamp(civil).compatible().ok()?;
        Some(self.of_instant(instant.as_millisecond()))
    }

    /// The moment of an instant, milliseconds since 1970 in UTC, by this zone's clocks; by those of UTC
    /// where the zone is not known.
    #[must_use]
    pub fn of_instant(&self, ms: i64) -> Moment {
        let offset = self.0.as_ref().and_then(|zone| {
            Some(zone.to_offset(Timestamp::from_millisecond(ms).ok()?).seconds() / 60)
        });
        let ahead = i16::try_from(offset.unwrap_or(0)).unwrap_or(0);
        Moment { wall_ms: ms + i64::from(ahead) * 60_000, ahead_minutes: Some(ahead) }
    }

    /// Whether a moment's clock shows the same twice, because clocks are set back.
    #[must_use]
    pub fn comes_twice(&self, wall_ms: i64) -> bool {
        let civil = Timestamp::from_millisecond(wall_ms).map(|wall| Offset::UTC.to_datetime(wall));
        match (&self.0, civil) {
            (Some(zone), Ok(civil)) => zone.to_ambiguous_timestamp(civil).offset().is_fold(),
            _ => false,
        }
    }
}

trait Fold {
    fn is_fold(&self) -> bool;
}

impl Fold for jiff::tz::AmbiguousOffset {
    fn is_fold(&self) -> bool {
        matches!(self, Self::Fold { .. })
    }
}

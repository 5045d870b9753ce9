//! Why a queue has no stationary distribution.

/// Parameters from which no waiting time can be computed.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum QueueError {
    /// A rate or a time that must be above 0 and finite is not.
    #[error("{name} must be above 0 and finite, not {value}")]
    NotPositive {
        /// Which parameter.
        name: &'static str,
        /// What it was.
        value: f64,
    },
    /// A parameter that must be at least 0 and finite is not.
    #[error("{name} must be at least 0 and finite, not {value}")]
    Negative {
        /// Which parameter.
        name: &'static str,
        /// What it was.
        value: f64,
    },
    /// There is nobody to serve.
    #[error("there must be at least one agent")]
    NoAgents,
    /// There are no classes of customers.
    #[error("there must be at least one class")]
    NoClasses,
    /// More work arrives than the agents can do, so the queue grows for ever.
    #[error("a load of {load} erlangs is not below what {agents} agents can serve")]
    Overloaded {
        /// The offered load, in erlangs.
        load: f64,
        /// How many agents share it.
        agents: u32,
    },
}

pub(super) fn positive(name: &'static str, value: f64) -> Result<f64, QueueError> {
    if value > 0.0 && value.is_finite() {
        Ok(value)
    } else {
        Err(QueueError::NotPositive { name, value })
    }
}

pub(super) fn not_negative(name: &'static str, value: f64) -> Result<f64, QueueError> {
    if value >= 0.0 && value.is_finite() {
        Ok(value)
    } else {
        Err(QueueError::Negative { name, value })
    }
}

/// Holds `load` (in erlangs) below the number of agents.
pub(super) fn stable(load: f64, agents: u32) -> Result<f64, QueueError> {
    if agents == 0 {
        Err(QueueError::NoAgents)
    } else if load < f64::from(agents) {
        Ok(load)
    } else {
        Err(QueueError::Overloaded { load, agents })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_parameter_and_its_value() {
        let error = positive("the service rate", -2.0).unwrap_err();
        assert_eq!(error.to_string(), "the service rate must be above 0 and finite, not -2");
        let error = not_negative("the arrival rate", f64::INFINITY).unwrap_err();
        assert_eq!(error.to_string(), "the arrival rate must be at least 0 and finite, not inf");
        let error = stable(4.0, 4).unwrap_err();
        assert_eq!(error.to_string(), "a load of 4 erlangs is not below what 4 agents can serve");
    }

    #[test]
    fn limits_are_where_they_are_said_to_be() {
        assert!(positive("x", 0.0).is_err() && positive("x", f64::MIN_POSITIVE).is_ok());
        assert!(not_negative("x", 0.0).is_ok() && not_negative("x", -1e-9).is_err());
        assert!(positive("x", f64::NAN).is_err() && not_negative("x", f64::NAN).is_err());
        assert!(stable(3.999, 4).is_ok());
        assert_eq!(stable(0.0, 0), Err(QueueError::NoAgents));
    }
}

//! What an arm is known to cost before it is simulated.

use super::rates::HOURS_PER_MONTH;
use super::rota::Rota;
use heard_scenario::Scenario;
use heard_scenario::run::Run;
use heard_scenario::study::Arm;

/// Wages of all shifts and the price of tools, over all companies: money per 30 days of those that may be
/// counted.
/// Overtime and money given to customers come on top of it.
#[must_use]
pub fn planned(arm: &Arm, run: &Run) -> f64 {
    let window = run.span_hours();
    let ends = arm.phases.iter().skip(1).map(|phase| phase.from_day * 24.0);
    let phases = arm.phases.iter().zip(ends.chain([window.1]));
    let money: f64 = phases
        .map(|(phase, end)| {
            let (from, to) = ((phase.from_day * 24.0).max(window.0), end.min(window.1));
            let companies = phase.companies.iter();
            if from < to { companies.map(|company| between(company, from, to)).sum() } else { 0.0 }
        })
        .sum();
    money * HOURS_PER_MONTH / (window.1 - window.0)
}

/// What one company pays between two times, in hours from the start of the run.
fn between(company: &Scenario, from: f64, to: f64) -> f64 {
    let teams = company.team.values();
    let wages: f64 = teams
        .map(|team| {
            Rota::new(&team.shifts, company.run.days).people_hours(from, to) * team.wage_per_hour
        })
        .sum();
    let listening = &company.listening;
    let tools = if listening.coverage > 0.0 { listening.cost_per_month } else { 0.0 };
    wages + tools * (to - from) / HOURS_PER_MONTH
}

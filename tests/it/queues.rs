//! The simulated queue is the queue of theory: where exact values exist, they come out.
//!
//! Each test plays a scenario of `tests/queues/`, which says where its values come from and why its
//! warm-up is long enough. The last argument of each check is the relative standard error that it
//! must be made with at full size: `HEARD_FULL=1 cargo test --release --test it queues::`.

mod simulated;

use heard::scenario::metric::Metric::{AbandonRate, Occupancy, WaitProbability, WaitSecondsMean};
use heard::stats::queues::{ErlangA, ErlangC, MG1, PriorityClass, PriorityQueue};
use simulated::{Queue, Simulated};

/// A published value, to as many digits as are printed.
fn pinned(found: f64, published: f64, digits: i32) {
    let half_a_digit = 0.5 * libm::pow(10.0, f64::from(-digits));
    assert!((found - published).abs() <= half_a_digit, "{found} instead of {published}");
}

/// Holds a simulated queue without hanging up against Erlang-C, whose rates are per minute.
fn is_erlang_c(simulated: &Simulated, exact: &ErlangC) {
    simulated.has(WaitProbability, exact.wait_probability(), 0.005);
    simulated.has(WaitSecondsMean, 60.0 * exact.mean_wait(), 0.02);
    simulated.nobody_hangs_up();
    simulated.has(Occupancy, exact.occupancy(), 0.001);
    simulated.mean_queue(exact.mean_queue(), 0.02);
}

#[test]
fn fifty_agents_near_saturation_are_erlang_c() {
    let exact = ErlangC::new(48.0, 1.0, 50).unwrap();
    pinned(exact.wait_probability(), 0.694_456, 6);
    pinned(60.0 * exact.mean_wait(), 20.8337, 4);
    pinned(exact.mean_queue(), 16.667, 3);
    pinned(exact.occupancy(), 0.96, 12);
    is_erlang_c(&Queue::new("erlang-c-50-agents").play(), &exact);
}

#[test]
fn callers_who_hang_up_are_erlang_a() {
    let exact = ErlangA::new(48.0, 1.0, 50, 0.5).unwrap();
    pinned(exact.wait_probability(), 0.467_774, 6);
    pinned(exact.abandon_probability(), 0.030_912, 6);
    pinned(60.0 * exact.mean_wait(), 3.70947, 5);
    pinned(exact.mean_queue(), 2.96758, 5);
    pinned(exact.occupancy(), 0.93032, 5);
    let queue = Queue::new("erlang-a-50-agents");
    let simulated = queue.play();
    simulated.has(WaitProbability, exact.wait_probability(), 0.005);
    simulated.has(AbandonRate, exact.abandon_probability(), 0.005);
    simulated.has(WaitSecondsMean, 60.0 * exact.mean_wait(), 0.005);
    simulated.has(Occupancy, exact.occupancy(), 0.001);
    simulated.mean_queue(exact.mean_queue(), 0.005);
    simulated.abandons_in_proportion_to_waits(120.0, exact.abandon_probability(), 0.005);
}

#[test]
fn the_textbook_call_centre_is_erlang_c() {
    let exact = ErlangC::new(100.0 / 30.0, 1.0 / 3.0, 14).unwrap();
    pinned(exact.wait_probability(), 0.174_131_9, 7);
    pinned(60.0 * exact.mean_wait(), 7.83594, 5);
    pinned(exact.answered_within(20.0 / 60.0), 0.88835, 5);
    pinned(exact.occupancy(), 0.714_285_7, 7);
    let queue = Queue::new("erlang-c-14-agents");
    let simulated = queue.play();
    is_erlang_c(&simulated, &exact);
    simulated.answers_within_20_seconds(exact.answered_within(20.0 / 60.0), 0.002);
}

#[test]
fn lognormal_handle_times_wait_as_pollaczek_and_khinchine_say() {
    let squared_variation = libm::expm1(0.91 * 0.91);
    let exact = MG1::new(0.8, 1.0, squared_variation).unwrap();
    pinned(exact.mean_wait(), 4.578, 3);
    let queue = Queue::new("one-agent-lognormal");
    let simulated = queue.play();
    simulated.has(WaitProbability, exact.occupancy(), 0.005);
    simulated.has(WaitSecondsMean, 60.0 * exact.mean_wait(), 0.01);
    simulated.has(Occupancy, exact.occupancy(), 0.005);
    simulated.mean_queue(exact.mean_queue(), 0.01);
}

#[test]
fn the_urgent_go_first_at_one_agent_as_cobham_says() {
    let class = |per_hour: f64, mean_service: f64| PriorityClass {
        arrival_rate: per_hour / 60.0,
        mean_service,
        squared_variation: 1.0,
    };
    let exact = PriorityQueue::one_agent(&[class(18.0, 1.0), class(15.0, 2.0)]).unwrap();
    pinned(exact.mean_waits()[0], 1.857, 3);
    pinned(exact.mean_waits()[1], 9.286, 3);
    let queue = Queue::new("priority-one-agent");
    let simulated = queue.play();
    for (stream, wait) in ["urgent", "others"].into_iter().zip(exact.mean_waits()) {
        simulated.stream_has(WaitSecondsMean, stream, 60.0 * wait, 0.02);
        simulated.stream_has(WaitProbability, stream, 0.8, 0.005);
    }
    simulated.has(WaitSecondsMean, 60.0 * exact.mean_wait(), 0.02);
    simulated.has(Occupancy, 0.8, 0.005);
    simulated.mean_queue(exact.mean_queue(), 0.02);
}

#[test]
fn the_urgent_go_first_at_five_agents_as_cobham_says() {
    let exact = PriorityQueue::many_agents(&[0.5, 0.9], 1.0 / 3.0, 5).unwrap();
    let together = ErlangC::new(1.4, 1.0 / 3.0, 5).unwrap();
    let queue = Queue::new("priority-five-agents");
    let simulated = queue.play();
    for (stream, wait) in ["urgent", "others"].into_iter().zip(exact.mean_waits()) {
        simulated.stream_has(WaitSecondsMean, stream, 60.0 * wait, 0.02);
        simulated.stream_has(WaitProbability, stream, together.wait_probability(), 0.005);
    }
    is_erlang_c(&simulated, &together);
}

#[test]
fn several_conversations_at_once_are_as_many_agents() {
    let exact = ErlangC::new(105.0 / 60.0, 1.0 / 6.0, 4 * 3).unwrap();
    is_erlang_c(&Queue::new("conversations").play(), &exact);
}

/// The checks above can fail: with service 2% longer, the simulated queue is another.
#[test]
#[should_panic(expected = "more than 3 standard errors away")]
fn two_percent_longer_calls_are_noticed() {
    let queue = Queue::with("erlang-c-14-agents", &["stream.callers.handle.mean_minutes=3.06"]);
    is_erlang_c(&queue.play(), &ErlangC::new(100.0 / 30.0, 1.0 / 3.0, 14).unwrap());
}

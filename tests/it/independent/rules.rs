//! Readings of the documentation that it does not mean. All off: what it says.

#[derive(Clone, Copy, Default, Debug)]
pub struct Rules {
    /// Silence is harder to bear after automatic lines to others, too.
    pub envy_counts_machines: bool,
    /// A second remedy is worth less to somebody with a question, too.
    pub second_remedy_for_questions: bool,
    /// Whether a failure is the first is decided at the answer.
    pub second_remedy_at_the_answer: bool,
    /// Who goes public writes in the thread of the private attempt.
    pub escalation_in_the_old_thread: bool,
    /// What a search found is triaged message by message, while the chore goes on.
    pub triaged_as_read: bool,
    /// Each message that a search found is a chore of its own, and others come between.
    pub search_interrupted: bool,
    /// Each answer is seen by viewers of the thread who saw an earlier answer, too.
    pub answers_seen_again: bool,
    /// Others judge an answer in the tone in which its addressee takes it.
    pub shown_as_addressed: bool,
    /// What is expected stays what was expected on the first channel.
    pub first_channel_expected: bool,
    /// What a conversation brings about happens before the next is begun.
    pub consequences_first: bool,
    /// Searches fall on multiples of their interval from midnight.
    pub searches_from_midnight: bool,
    /// States are those at the end of the run.
    pub states_at_the_end: bool,
}

//! Who takes a contact, where a team's people are told apart.

use crate::company::Company;
use crate::desk::contact::Work;
use crate::terms::observer::Observer;
use crate::terms::purpose::Purpose;
use crate::world::World;

impl<O: Observer> World<'_, O> {
    /// A person of the team takes the contact at a place, where people are told apart. Returns who,
    /// and whether it is the one who answered this case before.
    pub(super) fn assign(
        &mut self,
        company: usize,
        team: usize,
        place: u32,
    ) -> (Option<u16>, bool) {
        let staff = &self.policy(company).teams[team];
        if !staff.knows_people() {
            return (None, false);
        }
        let Company { desk, people, .. } = &mut self.companies[company];
        let contact = *desk.contact(place);
        let (before, key) = match contact.work {
            Work::Case(case) => {
                let case = &self.cases[case as usize];
                let before = case.person.filter(|(of, _)| usize::from(*of) == team);
                (before.map(|(_, person)| person), (case.candidate, contact.number as u16))
            }
            _ => (None, (contact.number, u16::MAX)),
        };
        let luck = self.draws.uniform(key.0, Purpose::Who, key.1);
        let person = people.choose(desk, staff, team, before, luck);
        if let Some(person) = person {
            desk.give_to(team, person, place);
        }
        (person, staff.named && person.is_some() && person == before)
    }
}

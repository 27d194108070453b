"""The manager: an employee with an in-tray, who backs people or does not (lesson 7)."""

from kastje.agents.acts import logistic
from kastje.agents.compiled import rule
from kastje.agents.employee import Employee, _attribute


@rule
def support_chance(theta, beta_usefulness, beta_boss, beta_inbox, awareness, boss, inbox_days):
    """The chance that a manager's week holds a supportive act for a given team member (docs/model.md 2.2, lesson 7).

    Logit of theta + beta_u * awareness + beta_c * the awareness of the manager above (cascade, Bass et al. 1987,
    remembered literature) - beta_p * days of work in the in-tray.
    """
    return logistic(theta + beta_usefulness * awareness + beta_boss * boss - beta_inbox * inbox_days)


@rule
def support_after_act(felt, kappa):
    """Felt support after a supportive act was seen: s + kappa (1 - s) (equation 2.5)."""
    return felt + kappa * (1.0 - felt)


@rule
def support_after_refusal(felt, kappa):
    """Felt support after an answer that came too late or was no: s - kappa s."""
    return felt - kappa * felt


@rule
def support_after_quiet_week(felt, resting, half_life_weeks):
    """Felt support after a week in which nothing was seen: it decays to `resting` with the half-life given."""
    return resting + (felt - resting) * 0.5 ** (1.0 / half_life_weeks)


class Manager(Employee):
    """A manager as a Mesa agent."""

    awareness = _attribute("aware", "How well the manager sees why the resident's view matters, in [0, 1].")

    @property
    def in_tray(self) -> int:
        """How many items wait for this manager."""
        return int(self.model.in_tray(self.row))

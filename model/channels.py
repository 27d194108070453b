"""The six channels by which residents reach the municipality, and what a contact by each takes and loses."""

from typing import Literal, Self

from pydantic import Field, model_validator

from kastje.model.chance import check_spread
from kastje.model.errors import phrase
from kastje.model.reading import Record

CHANNELS = ("web", "email", "app", "chat", "phone", "counter")
WEB, EMAIL, APP, CHAT, PHONE, COUNTER = range(6)


class Channel(Record):
    """One channel. Shares are before the resident's digital skill is taken into account."""

    share: float = Field(ge=0.0, le=1.0)
    hours: float = Field(gt=0.0, le=4.0)
    """Staff hours per contact, mean."""
    live: bool
    """Whether somebody is waiting at the other end (chat, phone, counter)."""
    loss: float = Field(ge=0.0, le=1.0)
    """Chance that something is lost and has to be asked again."""
    loss_low_skill: float = Field(ge=0.0, le=1.0)
    low_skill_weight: float = Field(ge=0.0, le=10.0)
    """How much likelier (or less likely) somebody with low digital skill picks it."""
    richness: float = Field(ge=0.0, le=1.0)
    """How good the contact itself feels; calibrated on marks by channel."""
    minutes: float = Field(ge=0.0, le=240.0)
    """Minutes of the resident per contact."""
    spread: Literal["fixed", "exponential", "erlang", "lognormal"] = "lognormal"
    """How the time of a contact varies around its mean."""
    cv: float = Field(default=0.6, ge=0.0, le=4.0)
    """Coefficient of variation of a lognormal or Erlang time (assumed)."""

    @model_validator(mode="after")
    def _varies_as_it_can(self) -> Self:
        check_spread(self.spread, self.cv)
        return self


def _c(
    share: float,
    hours: float,
    live: bool,
    loss: float,
    loss_low: float,
    low_weight: float,
    richness: float,
    minutes: float,
) -> Channel:
    return Channel(
        share=share,
        hours=hours,
        live=live,
        loss=loss,
        loss_low_skill=loss_low,
        low_skill_weight=low_weight,
        richness=richness,
        minutes=minutes,
    )


class Channels(Record):
    """All six. Sources: 4:52 a call ('s-Hertogenbosch 2019) and a minute and a half to wrap up
    (assumed); mix after 's-Hertogenbosch; losses assumed."""

    web: Channel = _c(0.05, 0.10, False, 0.10, 0.35, 0.3, 0.05, 15.0)
    email: Channel = _c(0.03, 0.12, False, 0.15, 0.25, 0.6, 0.45, 10.0)
    app: Channel = _c(0.01, 0.08, False, 0.10, 0.35, 0.2, 0.35, 5.0)
    chat: Channel = _c(0.01, 0.12, True, 0.10, 0.20, 0.4, 0.65, 10.0)
    phone: Channel = _c(0.80, 0.105, True, 0.05, 0.05, 1.3, 0.85, 6.0)
    counter: Channel = _c(0.10, 0.20, True, 0.02, 0.02, 1.8, 0.95, 40.0)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(c.share for c in self.all())
        if abs(total - 1.0) > 1e-6:
            raise ValueError(phrase("expected.channel_shares", total=total))
        return self

    def all(self) -> tuple[Channel, ...]:
        """The channels in the order of `CHANNELS`."""
        return tuple(getattr(self, name) for name in CHANNELS)

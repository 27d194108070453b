"""The channels by which residents reach the municipality, and what a contact by each takes and loses.

The register is `channels.toml`, and after it the files that the environment variable KASTJE_CHANNELS names.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

import numpy as np
from pydantic import Field, create_model, model_validator

from kastje.model.additions import ID, entries, field_of, laid
from kastje.model.chance import check_spread
from kastje.model.errors import phrase, unexpected, wrong
from kastje.model.reading import Record, Text, build

FILE = "channels.toml"
OWN_FILES = "KASTJE_CHANNELS"
"""The environment variable with files of channels that are not shipped, in the form of `channels.toml`."""


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


class RegisteredChannel(Record):
    """What is said of a channel in the register: its words, what it stands for, and what is usual by it."""

    id: str
    label: Text
    in_sentence: Text
    """How a sentence names it."""
    applications: bool
    """Whether applications come by it of those who do not take their own channel; so for one of the channels."""
    telephone: bool
    """Whether it is held against what is known of calls and of waiting on the line."""
    personal: bool
    """Whether it is held against marks of contact with a person."""
    website: bool
    """Whether it is held against marks of the website."""
    usual: Channel


def register(files: Iterable[tuple[str, Mapping[str, Any]]]) -> Mapping[str, RegisteredChannel]:
    """The channels in the tables of these files, by id. Raises InputError, one line with file, channel and field."""
    known: dict[str, RegisteredChannel] = {}
    for where, entry in (one for file, tables in files for one in entries(file, tables, "channels")):
        channel = build(RegisteredChannel, entry, where)
        if not ID.fullmatch(channel.id) or hasattr(_Channels, channel.id):
            raise unexpected(field_of(where, "id"), channel.id, phrase("expected.free_id"))
        if channel.id in known:
            raise wrong(where, phrase("problem.id_twice"))
        known[channel.id] = channel
        applications = [one.id for one in known.values() if one.applications]
        if len(applications) > 1:
            raise unexpected(
                field_of(where, "applications"), True, phrase("expected.one_for_applications", channel=applications[0])
            )
        total = sum(one.usual.share for one in known.values())
        if total > 1.0 + 1e-6:
            said = phrase("expected.no_usual_share", total=total)
            raise unexpected(field_of(where, "usual.share"), channel.usual.share, said)
    return MappingProxyType(known)


class _Channels(Record):
    """Every channel of a profile: what it says of one is laid over what is usual."""

    @model_validator(mode="before")
    @classmethod
    def _over_the_usual(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        usual = {name: one.usual.model_dump() for name, one in CHANNEL_TABLE.items()}
        return {
            name: usual[name] | said if name in usual and isinstance(said, dict) else said
            for name, said in given.items()
        }

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = sum(c.share for c in self.all())
        if abs(total - 1.0) > 1e-6:
            raise ValueError(phrase("expected.channel_shares", total=total))
        return self

    def __getitem__(self, name: str) -> Channel:
        """The channel with this id."""
        found: Channel = getattr(self, name)
        return found

    def all(self) -> tuple[Channel, ...]:
        """The channels in the order of `CHANNELS`."""
        return tuple(self[name] for name in CHANNELS)


def _load() -> Mapping[str, RegisteredChannel]:
    return register(laid(Path(__file__).with_name(FILE), OWN_FILES))


CHANNEL_TABLE: Mapping[str, RegisteredChannel] = _load()
CHANNELS: tuple[str, ...] = tuple(CHANNEL_TABLE)

if TYPE_CHECKING:
    # Which fields it has is in the register, which a reader of types does not read.
    Channels = _Channels
else:
    Channels = create_model(
        "Channels",
        __base__=_Channels,
        __doc__=_Channels.__doc__,
        **{name: (Channel, one.usual) for name, one in CHANNEL_TABLE.items()},
    )


Column = Literal["applications", "telephone", "personal", "website"]
STANDS_FOR: tuple[Column, ...] = get_args(Column)
"""What the register says a channel stands for, or not."""


def having(column: Column) -> np.ndarray:
    """For every channel, by its number, whether the register says this of it."""
    return np.array([getattr(one, column) for one in CHANNEL_TABLE.values()], bool)

"""The command line that makes a result again: with everything that decides its numbers, and nothing else."""

import shlex
from typing import Any

from typer.core import TyperCommand

from kastje.experiments.designs.levers import load
from kastje.experiments.runs.origin import Made, making
from kastje.model import InputError

ASIDE = ("out", "as_json", "as_csv", "workers", "processes", "scheduler")
"""Parameters that decide no number: where to, in which form, and how many runs at a time."""

PROFILE = "profile"


class Told(TyperCommand):
    """A command of which every result says which command line made it."""

    def invoke(self, ctx: Any) -> Any:
        """Carry it out; what is written meanwhile knows how it was made."""
        with making(Made(line(self, ctx.params), profiles(ctx.params))):
            return super().invoke(ctx)


def line(command: TyperCommand, given: dict[str, Any]) -> str:
    """The command line with every value written out, defaults too: they may be others in a later version."""
    return shlex.join(["kastje", str(command.name), *arguments(command, given)])


def arguments(command: TyperCommand, given: dict[str, Any]) -> list[str]:
    """The arguments and options that stand for these values of a command's parameters."""
    plain, options = [], []
    for parameter in command.params:
        value = given.get(str(parameter.name))
        if parameter.name in ASIDE or value is None or value is False:
            continue
        values = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
        if parameter.param_type_name == "argument":
            plain += values
        elif value is True:
            options.append(parameter.opts[0])
        else:
            options += [part for one in values for part in (parameter.opts[0], one)]
    return [*plain, *options]


def profiles(given: dict[str, Any]) -> dict[str, str]:
    """The hash of every profile that a command was given; of one that cannot be read the command itself will say so."""
    named = given.get(PROFILE) or ()
    found = {}
    for name in (named,) if isinstance(named, str) else named:
        try:
            found[name] = load(name).profile.figures_hash()
        except InputError:
            continue
    return found

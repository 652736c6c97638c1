"""The catalogue of classical mistakes, read from `mistakes.toml`, and which of them give a number."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from engine.graph.expression import Expression, ExpressionError, parse
from engine.tutor.variables import Alternative, Variables


class Mistake(NamedTuple):
    """One record of the catalogue; see there for the fields."""

    id: str
    at: str
    wrong: tuple[Expression, ...]
    say: str
    idea: str
    only: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """A number that a mistake gives at a step, and which of several it took."""

    mistake: Mistake
    value: float
    which: str


@cache
def catalogue() -> tuple[Mistake, ...]:
    """All mistakes, in the file's order."""
    text = Path(__file__).with_name("mistakes.toml").read_text("utf-8")
    return tuple(
        Mistake(record["id"], record["at"], tuple(map(parse, record["wrong"])), record["say"], record["idea"],
                tuple(record.get("only", ())))
        for record in tomllib.loads(text)["mistake"])


def outcomes(kind: str, family: str, variables: Variables) -> Iterator[Outcome]:
    """Every number that a mistake about this kind of step gives; `family` names the activation or loss in hand."""
    for mistake in catalogue():
        if mistake.at == kind and (not mistake.only or family in mistake.only):
            for formula in mistake.wrong:
                yield from _outcomes(mistake, formula, variables)


def _outcomes(mistake: Mistake, formula: Expression, variables: Variables) -> Iterator[Outcome]:
    """One for each value of the variable that has several; none where one is missing or the number is none."""
    names = formula.names()
    if any(name not in variables for name in names):
        return
    choice = next((name for name in names if any(alternative.which for alternative in variables[name])), None)
    single = {name: variables[name][0].value for name in names if name != choice and variables[name]}
    for alternative in variables[choice] if choice else (Alternative(0.0),):
        try:
            value = formula.compute(single | ({choice: alternative.value} if choice else {}))
        except ExpressionError:
            continue
        yield Outcome(mistake, value, alternative.which)

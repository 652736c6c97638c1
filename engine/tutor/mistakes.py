"""The catalogue of classical mistakes, read from `mistakes.toml`, and which of them give a number."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from engine.graph.expression import Expression, ExpressionError, parse
from engine.tutor.numbers import Alternative
from engine.tutor.operations import Scope


class Mistake(NamedTuple):
    """One record of the catalogue; see there for the fields."""

    id: str
    at: str
    wrong: tuple[Expression, ...]
    say: str
    idea: str
    only: tuple[str, ...] = ()
    is_slip: bool = False


class Outcome(NamedTuple):
    """A number that a mistake gives at a step, which of several it took, and by which of its formulas."""

    mistake: Mistake
    value: float
    which: str
    variant: int = 0


@cache
def catalogue() -> tuple[Mistake, ...]:
    """All mistakes, in the file's order."""
    text = Path(__file__).with_name("mistakes.toml").read_text("utf-8")
    return tuple(
        Mistake(record["id"], record["at"], tuple(map(parse, record["wrong"])), record["say"], record["idea"],
                tuple(record.get("only", ())), record.get("is_slip", False))
        for record in tomllib.loads(text)["mistake"])


@cache
def _by_kind() -> Mapping[str, Sequence[Mistake]]:
    """The same by the kind of number that they are about."""
    return {kind: [mistake for mistake in catalogue() if mistake.at == kind]
            for kind in {mistake.at for mistake in catalogue()}}


def outcomes(scopes: Iterable[Scope]) -> Iterator[Outcome]:
    """Every number that a mistake gives that is made at one of the scopes."""
    for scope in scopes:
        for mistake in _by_kind().get(scope.kind, ()):
            if not mistake.only or scope.family in mistake.only:
                for variant in range(len(mistake.wrong)):
                    yield from _outcomes(mistake, variant, scope)


def _outcomes(mistake: Mistake, variant: int, scope: Scope) -> Iterator[Outcome]:
    """One for each value of the variable that has several; none where one is missing or the number is none."""
    formula, variables = mistake.wrong[variant], scope.variables
    names = formula.names()
    if any(name not in variables for name in names):
        return
    choice = next((name for name in names if any(alternative.which for alternative in variables[name])), None)
    single = {name: variables[name][0].value for name in names if name != choice and variables[name]}
    for alternative in variables[choice] if choice else (Alternative(0.0),):
        try:
            value = scope.complete(formula.compute(single | ({choice: alternative.value} if choice else {})))
        except ExpressionError:
            continue
        yield Outcome(mistake, value, alternative.which or scope.which, variant)

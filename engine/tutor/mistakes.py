"""The catalogue of classical mistakes, read from `mistakes.toml`, and which of them give a number."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from engine.graph.expression import Expression, ExpressionError, parse
from engine.tutor.numbers import Alternative
from engine.tutor.operations import Scope


class Mistake(NamedTuple):
    """One record of the catalogue, or one of its formulas with words of its own; see there for the fields."""

    id: str
    at: str
    wrong: tuple[Expression, ...]
    say: str
    idea: str
    only: tuple[str, ...] = ()
    vague: bool = False
    draws: bool = True


class Outcome(NamedTuple):
    """A number that a mistake gives at a step, and which of several it took."""

    mistake: Mistake
    value: float
    which: str


@cache
def catalogue() -> tuple[Mistake, ...]:
    """All mistakes, in the file's order."""
    text = Path(__file__).with_name("mistakes.toml").read_text("utf-8")
    return tuple(mistake for record in tomllib.loads(text)["mistake"] for mistake in _mistakes(record))


def _mistakes(record: Mapping[str, Any]) -> Iterator[Mistake]:
    """One for each of a record's formulas that has words of its own, else for all of them together."""
    say, formulas = record["say"], [parse(text) for text in record["wrong"]]
    also = record.get("also", ["" for _ in formulas])
    for words, group in groupby(zip(also, formulas, strict=True), key=lambda each: each[0]):
        yield Mistake(record["id"], record["at"], tuple(formula for _, formula in group), say.replace("{also}", words),
                      record["idea"], tuple(record.get("only", ())), record.get("vague", False),
                      record.get("draws", True))


@cache
def _by_kind() -> Mapping[str, Sequence[Mistake]]:
    """The same by the kind of number that they are about."""
    return {kind: [mistake for mistake in catalogue() if mistake.at == kind]
            for kind in {mistake.at for mistake in catalogue()}}


def outcomes(scopes: Iterable[Scope], vague_too: bool = True) -> Iterator[Outcome]:
    """Every number that a mistake gives that is made at one of the scopes, in their order."""
    for scope in scopes:
        for mistake in _by_kind().get(scope.kind, ()):
            if (vague_too or not mistake.vague) and (not mistake.only or scope.family in mistake.only):
                for formula in mistake.wrong:
                    yield from _outcomes(mistake, formula, scope)


def nearest_of(found: Sequence[Outcome]) -> list[Outcome]:
    """Of mistakes that give one number those that say the most of it: vague ones only where there is no other, and of
    these the ones about the kind of number that comes first.
    """
    return [outcome for outcome in found if not outcome.mistake.vague] or \
        [outcome for outcome in found if outcome.mistake.at == found[0].mistake.at]


def _outcomes(mistake: Mistake, formula: Expression, scope: Scope) -> Iterator[Outcome]:
    """One for each value of the variable that has several; none where one is missing or the number is none."""
    numbers, choice, variables = dict[str, float](), "", scope.variables
    for name in formula.names():
        if not (alternatives := variables.get(name)):
            return
        numbers[name] = alternatives[0].value
        if not choice and (len(alternatives) > 1 or alternatives[0].which):
            choice = name
    for alternative in variables[choice] if choice else (Alternative(0.0),):
        if choice:
            numbers[choice] = alternative.value
        try:
            value = scope.complete(formula.compute(numbers))
        except ExpressionError:
            continue
        yield Outcome(mistake, value, alternative.which or scope.which)

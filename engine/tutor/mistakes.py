"""The catalogue of classical mistakes, read from `mistakes.toml`, and which of them give a number."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from engine.graph.expression import Expression, ExpressionError, parse
from engine.learner.knowledge import kind_of
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
    return tuple(mistake for record in tomllib.loads(text)["mistake"] for mistake in _mistakes(record))


def _mistakes(record: Mapping[str, Any]) -> Iterator[Mistake]:
    """One for each of a record's formulas that has words of its own, else for all of them together."""
    say, formulas = record["say"], [parse(text) for text in record["wrong"]]
    also = record.get("also", ["" for _ in formulas])
    for words, group in groupby(zip(also, formulas, strict=True), key=lambda each: each[0]):
        yield Mistake(record["id"], record["at"], tuple(formula for _, formula in group), say.replace("{also}", words),
                      record["idea"], tuple(record.get("only", ())), record.get("vague", False),
                      record.get("draws", True), record.get("is_slip", False))


def records_of(mistake: str, skill: str = "") -> Sequence[Mistake]:
    """Those of the catalogue that a mistake may have been, by its id and the skill of the number in which it was made:
    an id may have several, of other kinds of numbers or functions. None where there is no such id.
    """
    kind, family = kind_of(skill), skill.partition(" ")[2]
    records = [record for record in catalogue() if record.id == mistake]
    of_kind = [record for record in records if record.at == kind] or records
    return [record for record in of_kind if family in record.only] or of_kind


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
                for variant in range(len(mistake.wrong)):
                    yield from _outcomes(mistake, variant, scope)


def _outcomes(mistake: Mistake, variant: int, scope: Scope) -> Iterator[Outcome]:
    """One for each value of the variable that has several; none where one is missing or the number is none."""
    formula, numbers, choice, variables = mistake.wrong[variant], dict[str, float](), "", scope.variables
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
        yield Outcome(mistake, value, alternative.which or scope.which, variant)

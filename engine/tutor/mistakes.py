"""The catalogue of classical mistakes, read from `mistakes.toml`, and which of them give a number."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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


def idea_of_mistake(mistake_id: str, kind: str, families: Collection[str]) -> str:
    """What to look at again: of the records with an id, that of a kind of number and of one of these families."""
    records = [mistake for mistake in catalogue() if mistake.id == mistake_id]

    def fit(mistake: Mistake) -> tuple[bool, bool]:
        return mistake.at == kind and not {*mistake.only}.isdisjoint(families), mistake.at == kind and not mistake.only
    return max(records, key=fit).idea


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

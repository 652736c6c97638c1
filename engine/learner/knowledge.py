"""What a learner knows, skill by skill: standard Bayesian knowledge tracing.

A skill is a kind of number: Z, each activation's A, a factor of each kind, product, sum, update. With L the chance that
it is known, and the parameters of `skills.toml`, a first attempt gives (Corbett and Anderson, 1995)

    right:  P = L·(1−slip) / [L·(1−slip) + (1−L)·guess]
    wrong:  P = L·slip / [L·slip + (1−L)·(1−guess)]
    then    L ← P + (1−P)·learn
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from engine.graph.activations import ACTIVATIONS


@cache
def _settings() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("skills.toml").read_text("utf-8"))


def _records() -> dict[str, dict[str, Any]]:
    return {name: record for name, record in _settings().items() if isinstance(record, dict)}


def _texts(field_name: str) -> dict[str, str]:
    return {name: record[field_name] for name, record in _records().items() if field_name in record}


def _words() -> Iterator[tuple[str, str]]:
    """What each skill is called; of a kind of number that comes in families, one for each."""
    for kind, record in _records().items():
        if record.get("by_activation"):
            yield from ((f"{kind} {f.name}", f"{record['words']} of {f.symbol}") for f in ACTIVATIONS.values())
        elif "of" in record:
            yield from ((f"{kind} {family}", of["words"]) for family, of in record["of"].items())
        elif "words" in record:
            yield kind, record["words"]


WORDS, IDEAS, ORIGINS = dict(_words()), _texts("idea"), _texts("origin")
BY_FAMILY = frozenset(name.partition(" ")[0] for name in WORDS if " " in name)
PARTIALS: Mapping[str, str] = {family: of["origin"] for family, of in _records()["partial"]["of"].items()}


def skill_name(kind: str, family: str) -> str:
    """The skill of a kind of number: for some kinds each activation's is one of its own, or each kind of formula's."""
    return f"{kind} {family}" if kind in BY_FAMILY else kind


def kind_of(skill: str) -> str:
    """The kind of number that a skill is about; so it was called before each activation's was a skill of its own."""
    return skill.partition(" ")[0]


def words_of(skill: str) -> str:
    """What a skill is called, or all those of a kind; nothing where there is none of that name."""
    return WORDS.get(skill) or _texts("words").get(skill, "")


class Skill(NamedTuple):
    """How likely a skill is known, from how many first attempts, and how many of them were right."""

    known: float
    attempts: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All skills that were asked; of the others nothing is known but where they start."""

    skills: Mapping[str, Skill] = field(default_factory=dict)

    def skill(self, name: str) -> Skill:
        """One skill as it stands."""
        return self.skills.get(name) or Skill(_parameter(name, "start"))

    def observe(self, name: str, is_right: bool) -> "Knowledge":
        """After a first attempt; with a hint, or given up, it counts as not right."""
        before = self.skill(name)
        slip, guess, learn = (_parameter(name, parameter) for parameter in ("slip", "guess", "learn"))
        if is_right:
            by_knowing, by_luck = before.known * (1 - slip), (1 - before.known) * guess
        else:
            by_knowing, by_luck = before.known * slip, (1 - before.known) * (1 - guess)
        known = by_knowing / (by_knowing + by_luck)
        after = Skill(known + (1 - known) * learn, before.attempts + 1, before.right + is_right)
        return replace(self, skills={**self.skills, name: after})

    def is_mastered(self, name: str) -> bool:
        """Whether a skill needs no more asking, but for now and then."""
        return self.skill(name).known >= float(_settings()["mastered"])

    def merge(self, other: "Knowledge") -> "Knowledge":
        """Of two sessions' knowledge, each skill as the one with more evidence has it."""
        names = {*self.skills, *other.skills}
        return Knowledge({name: max(self.skill(name), other.skill(name), key=lambda skill: skill.attempts)
                          for name in sorted(names)})


def _parameter(skill: str, name: str) -> float:
    """A parameter of a skill: its kind's own, else the default."""
    settings = _settings()
    return float(settings.get(kind_of(skill), {}).get(name, settings["default"][name]))

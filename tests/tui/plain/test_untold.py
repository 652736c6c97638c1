"""No page in front of a lesson, and no look at it in words, tells a number that is asked for."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest

from engine.lesson.lesson import load
from engine.text.notation import number
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.walk import ActionError, Walk
from tui.plain.descriptions import OF_A_WALK
from tui.plain.training import training
from tui.view.pages import page

NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e−?\d+)?")
SURE = 3  # significant digits, from which on two numbers are not the same by chance
LOOKS = ("where", "table", "rows", "network", "gradient check", "chain", "introduction")


def significant(text: str) -> int:
    return len(text.partition("e")[0].replace(".", "").strip("−0"))


def told(walk: Walk) -> Iterator[tuple[str, str]]:
    """What each look says, by its name."""
    for name in LOOKS:
        with suppress(ActionError):
            yield name, "\n".join(OF_A_WALK[name](walk))
    yield "training", "\n".join(training(walk))
    for name in ("rows", "words"):
        lines = page(name, walk, str).lines(80)
        yield f"page {name}", "\n".join(text for k in range(len(lines)) for _, text, _ in lines[k])


@pytest.mark.parametrize("lesson", ["and-gate", "gradient-check", "worked-example", "one-at-a-time", "two-outputs"])
def test_nothing_tells_a_number_that_is_asked_for(lesson: str) -> None:
    """But where another number that was found before is the same."""
    trace = Trace(load(lesson))
    found, known = [], set[str]()
    for index in range(trace.script.length):
        entry = trace.entry(1, index)
        asked = number(entry.value)
        if significant(asked) >= SURE and asked not in known:
            looks = told(Walk(trace, Cursor(1, index), mode="by hand"))
            found += [(index, entry.line.name, name) for name, text in looks if asked in NUMBER.findall(text)]
        known.add(asked)
    assert found == []


def test_what_lies_ahead_of_who_is_asked_is_on_no_map() -> None:
    """The first row's A3 and A4 of the hidden plane, whose places are exact."""
    trace = Trace(load("and-gate"))
    watching, asked = ("\n".join(training(Walk(trace, Cursor(1, 1), mode=mode))) for mode in ("watch", "by hand"))
    assert "A3 and A4 are 0.3 and 0.9 in row 1" in watching
    assert "row 1" not in asked
    assert asked.endswith("There is a map once Loss is worked out.")

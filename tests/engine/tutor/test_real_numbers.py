"""Numbers that people really typed or published, and the classical errors on published examples: judged as they should
be. A wrong one never passes; where it is known what went wrong, that is among what is named.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.lesson.lesson import load, load_file
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.tutor import Tutor

FOLDER = Path(__file__).parent / "real_numbers"
ASKED = ("kind", "name", "row", "parameter")  # of a question; what is not given may be any


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for file in sorted(FOLDER.glob("*.jsonl"))
            for line in file.read_text("utf-8").splitlines()]


@cache
def tutor_of(lesson: str, form: Form) -> Tutor:
    file = FOLDER / f"{lesson}.toml"
    return Tutor(Trace(load_file(str(file)) if file.exists() else load(lesson), form))


def place_of(tutor: Tutor, case: dict[str, Any]) -> int:
    """The index of the first question that a case can be about."""
    for index in range(tutor.trace.script.length):
        question = tutor.question(1, index)
        if all(case.get(key) in (None, getattr(question, key)) for key in ASKED):
            return index
    raise LookupError(case)


@pytest.mark.parametrize("case", cases(), ids=lambda case: " ".join(
    str(case[key]) for key in ("lesson", "kind", "name", "parameter", "typed") if key in case))
def test_a_real_number_is_judged_as_it_should_be(case: dict[str, Any]) -> None:
    tutor = tutor_of(case["lesson"], case.get("form", "paths"))
    verdict = tutor.judge(1, place_of(tutor, case), case["typed"])
    assert verdict.correct == case["correct"], verdict
    if "mistakes" in case:
        assert {*case["mistakes"]} & {*verdict.mistakes}, verdict


@pytest.mark.parametrize(("step", "typed", "reason"), [
    (34, "0.012", "exact"), (12, "0.55", "exact"), (237, "0.89275-0.5*7.13e-5", "exact"), (1, "max(0,0.3)", "exact"),
    (230, "0.8038", ""), (230, "0.805", ""), (230, "0.80", ""), (31, "-0.401", ""), (5, "tanh(Z5)", ""),
])
def test_of_the_and_lesson(step: int, typed: str, reason: str) -> None:
    """Right, or by no means: `1:34` is the place before the question about step 35."""
    verdict = tutor_of("and-gate", "paths").judge(1, step, typed)
    assert (verdict.reason == "exact") if reason else not verdict.correct, verdict

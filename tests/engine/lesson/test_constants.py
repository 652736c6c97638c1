"""Euler's number in a lesson's formulas."""

import math

import pytest

from engine.lesson.lesson import parse
from engine.trace.trace import Trace

TEXT = """
format = 1
id = "e"
title = "e"
[graph]
nodes = ["q = e^(-a)", "L = q + e"]
[parameters]
a = 2.0
"""


@pytest.mark.parametrize(("text", "parameters", "result"), [
    (TEXT, ["a"], math.exp(-2) + math.e), (TEXT + "e = 3.0", ["a", "e"], 3 ** -2 + 3),
    (TEXT.replace("a = 2.0", "seed = 1"), ["a"], None)])
def test_e_is_a_number_unless_a_parameter_is_called_so(text: str, parameters: list[str], result: float | None) -> None:
    lesson = parse(text, "e.toml")
    trace = Trace(lesson)
    assert list(lesson.start) == parameters
    value = result if result is not None else math.exp(-lesson.start["a"]) + math.e
    assert trace.entry(1, 1).value == pytest.approx(value, rel=1e-12)

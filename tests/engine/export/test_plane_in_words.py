"""What a map shows, for who hears it."""

import pytest

from engine.export.plane_in_words import plane_in_words
from engine.lesson.lesson import load, parse
from engine.trace.plane import planes_of
from engine.trace.trace import Trace
from lessons import AND_ROWS, AND_START, toml


@pytest.mark.parametrize(("lesson", "epoch", "which", "words"), [
    ("xor-gate", 3, 0,
     "Over x1 and x2, A5 is ½ on two lines: from x1 = −0.38, x2 = −0.48 to x1 = 1.5, x2 = 0.88 and from x1 = −0.48, "
     "x2 = 0.52 to x1 = 1, x2 = 1.5. Below ½: rows 1 and 4, above ½: rows 2 and 3. Every row is on its side."),
    ("xor-stuck", 2000, 1,
     "Over A3 and A4, A5 is ½ on one line: from A3 = −0.23, A4 = 0.98 to A3 = 0.4, A4 = −0.23. A3 and A4 are 0 and 0 "
     "in rows 1, 2 and 4, 1.7 and 1.1 in row 3. Rows 1, 2 and 4 lie at one place, though their targets differ: no line "
     "parts them. Below ½: rows 1, 2 and 4, above ½: row 3. Row 2 is on the wrong side."),
    ("step-unit", 300, 0, "Over x1 and x2, A4 is below ½ everywhere in sight. Below ½: rows 1, 2, 3 and 4. Row 1 is on "
     "the wrong side."),
    ("softmax", 1, 0, "The greatest is y3 in row 1, y2 in row 2, y1 in row 3. Rows 1 and 3 are on the wrong side."),
    ("adam", 1, 0, "Over x1 and x2, A3 goes from −2.9 to 3.2. Row 1 is farthest off, by 4: 1.6 instead of 5.6."),
    ("worked-example", 1, 0, "Over i1 and i2, A5 is about 0.75 everywhere in sight. Row 1 is off, by 0.74: 0.751 "
     "instead of 0.01."),
    ("regression", 1, 0, "Over x1, A4 goes from 0.51 at x1 = −2.2 to 0.57 at x1 = 2.1. It is lowest at x1 = −0.12: "
     "−0.5. Row 1 is farthest off, by 1.3: 0.16 instead of 1.5."),
    ("sigmoid-derivative", 2, 0, "Over x1, A2 goes from 0.018 at x1 = −1 to 1 at x1 = 5. It is ½ at x1 = 1.025. Below "
     "½: rows 1 and 3, above ½: rows 2 and 4. Every row is on its side."),
])
def test_where_the_line_runs_and_who_is_on_which_side(lesson: str, epoch: int, which: int, words: str) -> None:
    trace = Trace(load(lesson))
    assert plane_in_words(trace, epoch, planes_of(trace.lesson)[which]) == words


def test_rows_at_one_place_may_have_one_target() -> None:
    start = {name: -1.0 if name in ("b3", "b4", "b5") else 1.0 for name in AND_START}
    trace = Trace(parse(toml([2, 2, 1], ["relu", "sigmoid"], "mse", AND_ROWS, start), "and.toml"))
    assert plane_in_words(trace, 1, planes_of(trace.lesson)[1]).endswith(
        "A3 and A4 are 1 and 1 in row 1, 0 and 0 in rows 2, 3 and 4. Above ½: row 1, below ½: rows 2, 3 and 4. Every "
        "row is on its side.")


def test_many_rows_are_counted_and_what_has_diverged_is_said() -> None:
    rows = [[x / 10, x / 10, float(x > 12)] for x in range(20)]
    many = Trace(parse(toml([2, 1], ["sigmoid"], "mse", rows, 3), "many.toml"))
    words = plane_in_words(many, 1, planes_of(many.lesson)[0])
    assert words.endswith("Below ½: 20 rows. Rows 14, 15, 16, 17, 18, 19 and 20 are on the wrong side.")
    rows = [[1e9, 1.0, 0.0], [2e9, -1.0, 1.0]]
    wild = Trace(parse(toml([2, 1], ["linear"], "mse", rows, 7, 1e3), "diverges.toml"))
    assert plane_in_words(wild, 40, planes_of(wild.lesson)[0]) == "Training has diverged: there is nothing to see."

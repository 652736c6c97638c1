"""What programs and people get: JSON, CSV, Markdown, text."""

import json
import math
import random
import re
from dataclasses import replace

import pytest

from engine.export import WRITERS
from engine.export.in_words import goal_in_words
from engine.export.text_trace import write_markdown
from engine.learner.progress import FORMS
from engine.lesson.lesson import load, shipped_lessons
from engine.lesson.notes import Goal, Note, without_emphasis
from engine.text.width import columns
from engine.trace.trace import Trace
from lessons import and_trace, any_lesson, graph, seeded


@pytest.mark.parametrize(("goal", "said"), [
    (Goal(4, rows_right=4), ["", "", "Goal reached.", "Goal reached."]),
    (Goal(3, rows_right=4), ["", "Goal not reached: 4 rows right by epoch 3.",
                             "Goal reached, in epoch 4 instead of 3.", "Goal reached."]),
    (Goal(2, rows_right=4), ["Goal not reached: 4 rows right by epoch 2.", "Goal not reached.",
                             "Goal reached, in epoch 4 instead of 2.", "Goal reached."]),
    (Goal(2, loss_below=0.21), ["Goal not reached: Loss below 0.21 by epoch 2.", "Goal not reached.",
                                "Goal reached, in epoch 4 instead of 2.", "Goal reached."]),
    (Goal(3, rows_right=4, fails=True), ["", "Not reached, as the lesson says.",
                                         "Goal reached after all.", "Goal reached after all."]),
    (None, [""] * 4)])
def test_a_goal_missed_is_said_once_in_full_then_briefly(goal: Goal | None, said: list[str]) -> None:
    trace = Trace(replace(load("and-gate"), goal=goal))
    assert [goal_in_words(trace, epoch) for epoch in range(2, 6)] == said


def test_a_worksheet_says_at_the_goals_epoch_what_became_of_it() -> None:
    trace = Trace(replace(load("and-gate"), goal=Goal(2, rows_right=4)))
    assert written("text", trace, 1).count("Goal") == 0
    assert written("text", trace, 3).count("Goal not reached: 4 rows right by epoch 2.") == 1


def written(kind: str, trace: Trace, epochs: int = 1) -> str:
    return "".join(WRITERS[kind](trace, epochs))


def test_json_keeps_the_contract() -> None:
    trace = json.loads(written("json", and_trace(), 2))
    assert trace["format"] == "handgrad-trace/1"
    assert (trace["lesson"], trace["learning_rate"], trace["loss"]) == ("and-gate", 0.5, "mse")
    first, second = trace["epochs"]
    assert (first["epoch"], first["parameters"]["w13"], second["epoch"]) == (1, 0.8, 2)
    assert first["loss"] == pytest.approx(0.257814, abs=5e-7)
    row = first["rows"][0]
    assert (row["inputs"], row["targets"], list(row["Z"]), list(row["A"])) == (
        [1, 1], [1], ["3", "4", "5"], ["1", "2", "3", "4", "5"])
    gradient = first["gradients"]["w13"]
    assert list(first["gradients"])[:3] == ["w13", "w23", "b3"]
    assert gradient["gradient"] == pytest.approx(-0.0152036, abs=5e-8)
    (path,) = gradient["rows"][0]["paths"]
    assert path["factors"][0] == {"name": "∂Loss/∂A5", "formula": "−(y−A5)/2", "value": -0.14555491371694007}
    assert path["product"] == gradient["rows"][0]["product"] == math.prod(f["value"] for f in path["factors"])
    assert second["parameters"]["w13"] == first["update"]["w13"]["after"]
    assert first["update"]["w13"] == {"before": 0.8, "gradient": gradient["gradient"],
                                      "after": 0.8 - 0.5 * gradient["gradient"]}


def test_json_has_every_path_of_a_deeper_network() -> None:
    trace = json.loads(written("json", Trace(seeded([2, 2, 2, 2], ["tanh", "relu", "sigmoid"]))))
    row = trace["epochs"][0]["gradients"]["w13"]["rows"][1]
    assert len(row["paths"]) == 4
    assert row["product"] == pytest.approx(sum(path["product"] for path in row["paths"]), abs=1e-15)


def test_json_of_numbers_that_are_not_finite_is_still_json() -> None:
    lesson = seeded([2, 3, 1], ["relu", "linear"])
    object.__setattr__(lesson, "learning_rate", 1e200)
    last = json.loads(written("json", Trace(lesson), 9), parse_constant=pytest.fail)["epochs"][-1]
    assert last["loss"] is None


def test_text_is_a_worksheet() -> None:
    text = written("text", and_trace())
    lines = text.splitlines()
    for line in ("    Z3 = w13·x1 + w23·x2 + b3 = 0.8·1 + (−0.6)·1 + 0.1 = 0.3",
                 "    A5 = sig(Z5) = 1/(1+e^(−0.89)) = 0.70889", "    (y−A5)² = (1−0.70889)² ≈ 0.08474",
                 "(1) ∂Loss/∂w13 = Σ over the rows of ∂Loss/∂A5·∂A5/∂Z5·∂Z5/∂A3·∂A3/∂Z3·∂Z3/∂w13",
                 "    ∂A5/∂Z5 = sig(Z5)[1−sig(Z5)] = 0.70889·(1−0.70889) = 0.20636",
                 "  ∂Loss/∂w13 = Σ of the rows' products = 0.01201 + (−0.02722) + 0 + 0 ≈ −0.01520",
                 "  new w13 = w13 − lr·∂Loss/∂w13 = 0.8 − 0.5·(−0.01520) = 0.80760"):
        assert line in lines
    steps = text[text.index("Forward pass"):].replace("\n        ", " ").splitlines()
    assert sum(bool(re.match(r" {4}(\w|∂|\(y)", line)) for line in steps) == 239 - 1 - 9 - 9  # Loss, gradients, updates
    assert sum(line.endswith(" (reused)") for line in lines) == 96
    assert "  rows right: 1 of 4" in lines


LONG = "    product = ∂Loss/∂A5·∂A5/∂Z5·∂Z5/∂A3·∂A3/∂Z3·∂Z3/∂w13\n        = 0.27492·0.24752·(−0.4)·1·1 = −0.02722\n"


def test_a_long_equation_is_folded_where_a_person_would() -> None:
    assert LONG in written("text", and_trace())
    assert f"- `{' '.join(LONG.split())}`\n" in written("md", and_trace())


def test_lines_of_text_fit_a_page() -> None:
    """Nothing is cut: what is left without its folds is what Markdown has."""
    draw = random.Random(3)
    lessons = [*map(load, shipped_lessons()), *(any_lesson(draw) for _ in range(12))]
    for trace in [Trace(lesson, form) for lesson in lessons for form in FORMS]:
        if trace.script.length > 600:
            continue
        text = written("text", trace)
        assert [line for line in text.splitlines() if columns(line) > 80] == []
        if not trace.lesson.notes:
            marks = r"[-`*#()=\s\\]"
            assert re.sub(marks, "", text) == re.sub(marks, "", written("md", trace))


@pytest.mark.parametrize("kind", ["text", "md"])
def test_a_note_is_written_once_where_it_belongs(kind: str) -> None:
    lesson = replace(and_trace().lesson, notes=(Note("Off: nothing passes.", kind="factor", parameter="w13", factor=4),
                                                Note("The last one.", kind="update", epoch=2)))
    text = written(kind, Trace(lesson), 3)
    assert [text.count(note.text) for note in lesson.notes] == [1, 1]
    first, second = (text.index(note.text) for note in lesson.notes)
    assert text[:first].rstrip(" (*`\n").endswith("∂A3/∂Z3 = ReLU′(Z3) = ReLU′(0.3) = 1")
    assert text.index("Epoch 2") < second < text.index("Epoch 3")


def test_a_lessons_words_are_written_too() -> None:
    trace = and_trace()
    note = next(" ".join(note.split()) for index in range(trace.script.length) if (note := trace.note(1, index)))
    for name in ("text", "md"):
        text = written(name, trace)
        assert "goal: 4 rows right by epoch 4" in text
        assert without_emphasis(trace.lesson.introduction).split("\n")[0] in without_emphasis(text)
    assert f"({note})" in " ".join(written("text", trace).split())


def test_markdown_escapes_a_title() -> None:
    lesson = seeded([2, 1], ["sigmoid"])
    object.__setattr__(lesson, "title", "*a* <b> `c` [d](e)")
    assert written("md", Trace(lesson)).startswith("# \\*a\\* \\<b\\> \\`c\\` \\[d\\](e)\n")


def test_markdown_escapes_the_names_in_a_table() -> None:
    trace = Trace(graph(["L = w_1_^2"], {"w_1_": 2.0}))
    text = "".join(write_markdown(trace, 1, with_checks=True))
    assert "\n| h | L at w\\_1\\_+h | L at w\\_1\\_−h | quotient |" in text


def test_several_paths_are_written_with_their_sum() -> None:
    text = written("text", Trace(seeded([1, 1, 1, 2], ["tanh", "tanh", "sigmoid"], rows=1)))
    assert "product of path 2 = ∂Loss/∂A5·∂A5/∂Z5·" in text
    assert "sum of paths = path 1 + path 2 = " in text

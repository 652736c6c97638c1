"""The map of a lesson, as it is seen: shades, the line at ½, the rows on it; over one number a curve."""

from itertools import product

import pytest

from engine.lesson.lesson import Lesson, load, parse, shipped_lessons
from engine.trace.plane import planes_of
from engine.trace.trace import Trace
from lessons import AND_ROWS, toml
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.glyphs import Spelling, ascii_form, console_form
from tui.view.panels import plane_map

SIZES_AND_FORMS = [((28, 9), ascii_form), ((60, 12), console_form), ((80, 36), str)]


def shown(lesson: Lesson | str, epoch: int, size: tuple[int, int] = (30, 12), which: int = 0, row: int | None = None,
          spelled: Spelling = str) -> list[str]:
    trace = Trace(load(lesson) if isinstance(lesson, str) else lesson)
    canvas = Canvas(*size, spelled)
    plane_map.draw(canvas, Box(0, 0, *size), trace, epoch, planes_of(trace.lesson)[which], row)
    return canvas.text().rstrip().split("\n")


def test_two_lines_part_what_one_cannot_and_where_training_is_stuck_there_is_one() -> None:
    assert shown("xor-gate", 3) == [
        "   x2│▓▓▓▓▓▓▓▓▓▓⢀⡠⠒⠁░░░░",
        "     │▓▓▓▓▓▓▓⢀⡠⠒⠁░░░░░░░",
        "    1│▓▓▓ 1 ⠒⠁░░░░ 0 ░░⡠",
        "     │▓⢀⠤⠊⠁░░░░░░░░░⣀⠔⠊▓",
        "     │⠊⠁░░░░░░░░░⢀⠤⠊▓▓▓▓",
        "     │░░░░░░░░⢀⡠⠒⠁▓▓▓▓▓▓",
        "    0│░░░ 0 ⡠⠔⠁▓▓▓ 1 ▓▓▓",
        "     │░░░⣀⠔⠊▓▓▓▓▓▓▓▓▓▓▓▓",
        "     │⢀⠤⠊▓▓▓▓▓▓▓▓▓▓▓▓▓██",
        "     └─── 0 ────── 1  x1",
        "blank ░ 0, ▓ █ 1   line: ½",
        "numbers: targets"]
    assert shown("xor-stuck", 2000) == [
        "   x2│█████████████▓⡠⠊░░",
        "     │███████████▓⡠⠊░░░░",
        "    1│███ 1 ███▓⡠⠊ 0 ░░░",
        "     │███████▓⢠⠊░░░░░░░░",
        "     │█████▓⢀⠔⠁░░░░░░░░░",
        "     │███▓⢀⠔⠁░░░░░░░░░░░",
        "    0│██⢀ 0 ░░░░░░ 1! ░░",
        "     │⢀⠔⠁░░░░░░░░░░░░░░░",
        "     │⠁░░░░░░░░░░░░░░░░░",
        "     └─── 0 ────── 1  x1",
        "blank ░ 0, ▓ █ 1   line: ½",
        "1! wrong side"]


def test_in_the_plane_of_the_hidden_units_one_line_is_enough() -> None:
    """Where training is stuck, three rows lie at one place."""
    assert shown("xor-gate", 3, which=1) == [
        "  A4│▓▓▓███████████████",
        "    │▓▓▓▓▓█████████████",
        "    │ 1 ▓▓▓▓███████████",
        "   1│▓▓▓▓▓▓▓▓▓█████████",
        "    │⣆▓▓▓▓▓▓▓▓▓████████",
        " 0.5│⠈⠳⣄▓▓▓▓▓▓▓▓▓██████",
        "    │ 0 ⢳⡀▓▓▓▓▓▓▓▓▓████",
        "    │░░ 0 ⢦⡀▓▓▓▓▓▓▓▓▓██",
        "   0│░░░░░░ 1 ▓▓▓▓▓▓▓▓█",
        "    └ 0 ─ 0.5 ─ 1 ── A3",
        "blank ░ 0, ▓ █ 1   line: ½",
        "numbers: targets"]
    assert shown("xor-stuck", 2000, which=1)[8] == "   0│ 0,1!,0 ██████████"


def test_without_braille_the_line_is_drawn_by_its_slope() -> None:
    """The row in hand is marked, and who is wrong."""
    assert shown("and-gate", 2, row=1, spelled=ascii_form) == [
        "   x2|%%%%%%%%%%%%%%%%%%",
        "     |%%%%%%%%%%%%%%%%%%",
        "    1|%%% 0! %%%%% 1 %%%",
        "     |%%%%%%%%%%%%%%%%%%",
        "     |%%%%%%%%%%%%%%%%%%",
        "     |%%%%%%%--\\%%%%%%%%",
        "    0|%%% 0! ..\\- [0!] %",
        "     |%%%%//........---\\",
        "     |%%//..............",
        "     +--- 0 ------ 1  x1",
        "blank . 0, % # 1   line: 1/2",
        "0! wrong side   [ ] row 2"]
    assert shown("and-gate", 4, row=1, spelled=console_form) == [
        "   x2│░│\\▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓",
        "     │░░\\\\\\▓▓▓▓▓▓▓▓▓▓▓▓▓",
        "    1│░░░ 0 ▓▓▓▓▓▓ 1 ▓▓▓",
        "     │░░░░░\\\\\\▓▓▓▓▓▓▓▓▓▓",
        "     │░░░░░░░\\───────▓▓▓",
        "     │░░░░░░░░░░░░░░────",
        "    0│░░░ 0 ░░░░░ [0] ░░",
        "     │░░░░░░░░░░░░░░░░░░",
        "     │░░░░░░░░░░░░░░░░░░",
        "     └─── 0 ────── 1  x1",
        "blank ░ 0, ▓ █ 1   line: ½",
        "[ ] row 2   numbers: targets"]


def test_where_no_line_is_in_sight_it_is_said_why() -> None:
    assert shown("step-unit", 1)[-2:] == [
        "blank ░ 0, ▓ █ 1   all above ½",
        "0! wrong side"]


def test_where_all_has_one_shade_it_is_said_what_it_is() -> None:
    assert shown("worked-example", 70, (34, 10))[-1] == "here about 0.12   numbers: targets"


def test_an_epoch_with_several_updates_is_seen_before_the_first() -> None:
    assert shown("one-at-a-time", 2)[-1].startswith("before the first update")


def test_shades_change_at_the_line_whatever_the_output_can_be() -> None:
    """Here from −1 to 1."""
    lesson = parse(toml([2, 1], ["tanh"], "mse", AND_ROWS, {"w13": 1.0, "w23": 0.0, "b3": 0.0}), "tanh.toml")
    assert shown(lesson, 1)[0] == "   x2│       ░░⡇▓▓▓█████"


def test_classes_have_a_shade_each() -> None:
    assert shown("softmax", 4) == [
        " x2│▒▒▒▒▒▒▒▒▒▒⡇░░░░░░░",
        "   │▒▒▒▒▒▒▒▒▒⢰⠁░░░░░░░",
        "   │▒▒▒ y2 ▒▒⡜░░░░░░░░",
        "   │▒▒▒▒▒▒▒▒⢀⠇░░ y1 ░░",
        "  0│▒▒▒▒▒▒▒▒⡸⢦⣀░░░░░░░",
        "   │▒▒▒▒▒▒⢠⠊██⠈⠳⢤⡀░░░░",
        "   │▒▒▒▒⢀⠔⠁███ y3 ⠳⣄⡀░",
        "   │▒▒▒⡠⠃███████████⠙⠒",
        " −2│▒⢀⠎███████████████",
        "   └──────── 0 ──── x1",
        "greatest: ░ y1, ▒ y2, █ y3",
        "names: targets"]


def test_what_is_not_told_apart_has_shades_from_the_least_target_to_the_greatest() -> None:
    assert shown("adam", 19, (28, 9)) == [
        "  x2│    ░▒▓█████",
        "   1│   −3.8 ████",
        "    │    ░▒▓█████",
        "    │    ░▒▓█████",
        " 0.5│    ░▒▓█ 5.6",
        "    │     ░▒▓████",
        "    └───── 0 ─ x1",
        "A3: blank −3.8, ░▒▓, █ 5.6",
        "numbers: targets"]


@pytest.mark.parametrize(("lesson", "spelled", "expected"), [
    ("learning-rate", str, [
        " A2│",
        "  5│                     •",
        "   │                     :",
        "   │               •     :",
        "   │⢄⣀⣀⣀      •    :     :",
        "  0│    ⠉⠉⠉⠒⠒⠒⠤⠤⠤⣀⣀⣀     :",
        "   │   [•]          ⠉⠉⠉⠒⠒⠒⠤⠤⠤⣀",
        "   │",
        "   └── −1 ─── 0 ── 1 ─── 2  x1",
        "[ ] row 1",
        "• targets, : how far off"]),
    ("sigmoid-derivative", ascii_form, [
        "  A2|",
        "   1|            1--'''''1''''",
        "    |          |'",
        " 0.5|- - - - .|- - - - - - - -",
        "    |       |'",
        "    |     .| :",
        "   0|.---0  [0!]",
        "    |",
        "    +--- 0 ----- 2 ----- 4  x1",
        "above 1/2 it says 1",
        "0! wrong side   [ ] row 1"]),
], ids=["a line", "a sigmoid"])
def test_over_one_number_there_is_a_curve_and_how_far_the_targets_are_from_it(
        lesson: str, spelled: Spelling, expected: list[str]) -> None:
    assert shown(lesson, 1, (30, 11), spelled=spelled, row=0) == expected


def test_of_many_rows_each_is_a_sign() -> None:
    rows = [[x / 10, (7 * x % 10) / 10, float(x > 12)] for x in range(25)]
    assert shown(parse(toml([2, 1], ["sigmoid"], "mse", rows, 3), "many.toml"), 1, row=20) == [
        "  x2│▓▓▓⡇░░░░░░",
        "   1│▓▓⢀⠇░░░░░░",
        "    │▓▓⢸░░░00░!!  !",
        "    │▓▓⢸░0░░00░ !!",
        " 0.5│▓▓⢸░░00░░0! !",
        "    │▓▓⡸░░░00░ !!",
        "   0│▓▓⡇░00░░0! [1!]",
        "    │▓▓⡇░░░░░░",
        "    │▓▓⡇░░░░░░",
        "    └─── 0 ───── 2 ─ x1",
        "blank ░ 0, ▓ █ 1   line: ½",
        "! wrong side   [ ] row 21"]


def test_where_training_has_diverged_that_is_said() -> None:
    rows = [[1e9, 1.0, 0.0], [2e9, -1.0, 1.0]]
    assert shown(parse(toml([2, 1], ["linear"], "mse", rows, 7, 1e3), "diverges.toml"), 40) == [
        "Training has diverged: there", "is nothing to draw."]


def test_every_map_of_the_course_keeps_to_its_room() -> None:
    """Nothing is drawn outside, nothing is cut, and the row in hand is always marked."""
    for lesson in filter(planes_of, map(load, shipped_lessons())):
        trace = Trace(lesson)
        for plane, ((width, height), spelled) in product(planes_of(lesson), SIZES_AND_FORMS):
            canvas = Canvas(width + 4, height + 2, spelled)
            plane_map.draw(canvas, Box(2, 1, width, height), trace, 1, plane, 0)
            lines = canvas.text().split("\n")
            assert not lines[0] + lines[-1]
            assert not [line for line in lines if line[:2].strip() or len(line) > width + 2]
            assert canvas.first(CellStyle.FRESH)

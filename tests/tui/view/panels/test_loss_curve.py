"""The curve of the Loss, in every grain and at every size."""

import itertools
import math
from collections.abc import Iterable, Sequence

import numpy as np

from engine.lesson.lesson import Lesson
from engine.trace.history import History
from engine.trace.losses import EXACT, MOST_SPANS, Losses, Span
from engine.trace.variants import rates_beside
from lessons import load
from tui.view.canvas import Box, Canvas
from tui.view.glance import Curve
from tui.view.glyphs import Spelling, ascii_form, console_form
from tui.view.panels.loss_curve import draw


class Known(History):
    """A history with Losses made up."""

    def __init__(self, lesson: Lesson, losses: Sequence[float]) -> None:
        super().__init__(lesson)
        self.made_up = Losses(1)
        self.made_up.note(1, np.array(losses, float))

    def loss_spans(self, first: int, last: int, count: int) -> list[Span]:
        return self.made_up.spans.sum_up(first, last, count)


def picture(curves: Sequence[Curve], size: tuple[int, int], last: int, epoch: int, is_log: bool = False,
            spelled: Spelling = str) -> str:
    canvas = Canvas(*size, spelled)
    draw(canvas, Box(0, 0, *size), curves, last, epoch, is_log)
    return canvas.text()


def made_up(*losses: Iterable[float]) -> list[Curve]:
    lesson = load("and-gate")
    return [Curve(f"the {letter} one", Known(lesson, list(each)), letter)
            for letter, each in zip("abcd", losses, strict=False)]


def test_rates_side_by_side() -> None:
    lesson = load("and-gate")
    curves = [Curve("lr 0.5 (this lesson)", History(lesson), "a"),
              *(Curve(variant.name, variant.history, letter)
                for variant, letter in zip(rates_beside(lesson), "bcd", strict=True))]
    for curve in curves:
        for _ in curve.history.train_losses(20):
            pass
    assert picture(curves, (44, 17), 20, 8) == """
Loss       epoch 8: 0.17047
    │ ⠑⢄⠒⠤⠤⢄⣀      :
    │  ⠈⠑⠤⢄  ⠉⠉⠑⠒⠤⠤⢄⣀
 0.2├  ⠘⢄  ⠉⠑⠤⠤⢄⣀  : ⠉⠉⠉⠉⠑⠒⠒⠒⠤⠤⠤⠤⢄⣀⣀⣀
    │   ⢱⠉⠢⢄     ⠉⠉•⠒⠤⠤⢄⣀            ⠉⠉⠉b⠉⠉⠑
    │    ⢇  ⠉⠑⠤⢄ ⢠⠃:⠸⡀   ⠉⠉⠉⠉⠑⠒⠤⠤⠤⠤⢄⣀⣀⣀
    │    ⠈⠢⢄    ⠉⠑⠒⠤⢄⢇                 ⠉⠉⠑⠒a
 0.1├       ⠑⠤⠤⠤⠃  : ⠉⠉⠑⠒⠤⠤⢄⣀⠔⡄
    │              :  ⠈⢆⣀⣀⠔⠉ ⠉⠉⠑⠒⠤⠤⢄⣀⣀c
    │              :           ⢱       ⠉⠉⠑⠒⠒
   0├              :            ⠉⠑⠒d⠤⠤⠤⠤⠤⠤⠤⠤
    └───────────────────────────────────────
      1           [8]                     20
a lr 0.5 (this lesson)  0.17047
b lr 0.17               0.21183
c lr 1.5                0.11048
d lr 5                  0.18072""".strip("\n")


def test_a_goal_and_a_log() -> None:
    lesson = load("learning-rate")
    history = History(lesson)
    for _ in history.train_losses(8):
        pass
    curve = Curve("lr 0.4 (this lesson)", history, "a")
    assert picture([curve], (36, 11), 12, 3, is_log=True, spelled=ascii_form) == """
Loss, log  epoch 3: 0.4494
    10+ '|  :
      |   '-.
   0.1+     @-.
      |     :  '-.
      | ' ' ' ' ' '-. ' ' ' ' ' goal
 0.001+     :        |.
      |     :          '-. ...
      +-----------------------------
        1  [3]   goal 6           12
lr 0.4 (this lesson)  0.4494""".strip("\n")


def test_training_that_diverges() -> None:
    """Beside one that wobbles."""
    diverging = [0.3 * 1.5**epoch for epoch in range(9)] + [math.inf, math.nan, math.nan]
    wobbling = [0.3 + 0.1 * (-1) ** epoch - epoch / 60 for epoch in range(12)]
    assert picture(made_up(wobbling, diverging), (36, 12), 12, 5, spelled=console_form) == """
Loss    epoch 5: 0.33333
 0.6├     b^^^^^^^^^^^^^^^^^^^^^^^^^
    │   ▄▀      : b diverged
 0.4├ ▀▄▀  ▄    :
    │ ▄▀▄ █ █   •▄   █▄    ▄
 0.2├   █▀  ▀▄▄▀: ▀▄█ ▀▄  █ █   █▄
    │        ▀  :  ▀   ▀▄▀  ▀▄▄▀ ▀▄
   0├           :            ▀    ▀a
    └───────────────────────────────
      1        [5]                12
a the a one  0.33333
b the b one  1.51875""".strip("\n")


def test_a_late_loss_is_told_as_about_what_it_is() -> None:
    """So late that two epochs are one span."""
    curves, last = made_up([*[0.5] * EXACT, *[0.25, 0.125] * MOST_SPANS]), EXACT + 2 * MOST_SPANS
    assert picture(curves, (36, 12), last, 7).endswith("the a one  0.5")
    lines = picture(curves, (36, 12), last, last).split("\n")
    assert lines[0].endswith(f" epoch {last}: ≈ 0.25")
    assert lines[-1] == "the a one  ≈ 0.25"


HALVES = [2.0 ** -epoch for epoch in range(100)]
ODD = [[], [0.3], [0.0] * 9, HALVES, [-1.0, *HALVES], [math.nan] * 5, [1e308, 1.0, -1e308], [5e-324, 1e308],
       [0.1, math.inf], [-math.inf, 0.2], [*HALVES, math.nan, *HALVES], [0.25, 0.25 + 1e-15]]


def test_no_losses_are_too_odd_and_no_box_too_small() -> None:
    """In any signs; and nothing is drawn outside the box."""
    spellings: list[Spelling] = [str, console_form, ascii_form]
    boxes = itertools.cycle(itertools.product([(28, 7), (36, 14), (44, 17), (78, 10), (150, 40)], spellings))
    for (losses, is_log, last), ((width, height), spelled) in zip(
            itertools.product(ODD, [False, True], [1, 3, 150]), boxes, strict=False):
        for curves in (made_up(losses), made_up(HALVES, losses, losses, [0.5] * 150)):
            canvas = Canvas(width + 4, height + 4, spelled)
            draw(canvas, Box(2, 2, width, height), curves, last, 2, is_log)
            lines = canvas.text().split("\n")
            assert not "".join([*lines[:2], *lines[-2:], *(line[:2] + line[width + 2:] for line in lines)]).strip()
            assert curves[0].history.lesson.loss_name in lines[2]

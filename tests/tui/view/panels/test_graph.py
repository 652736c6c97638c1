"""Graphs of formulas as they are drawn and listed: the expected pictures, to be looked at."""

import random
from types import ModuleType

import pytest
from graph_lessons import attention, chain, long_names, recurrent

from engine.lesson.lesson import Lesson
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.walk.movement import parse_cursor
from engine.walk.walk import Walk
from tui.view.canvas import Box, Canvas
from tui.view.glyphs import ascii_form
from tui.view.graph_plan import Shape, make_plan, users_of
from tui.view.lesson_view import LessonView
from tui.view.panels import graph, node_list, parameters


def draw(panel: ModuleType, lesson: Lesson, at: str, width: int, height: int, form: Form = "paths") -> str:
    canvas = Canvas(width, height)
    panel.draw(canvas, Box(0, 0, width, height), LessonView(Walk(Trace(lesson, form), parse_cursor(at))))
    lines = canvas.text().split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


AT_THE_START = """\
─ Graph (∂: ∂L/∂ of the node) ─────────────────────────
 a  2       ──┐ u = a·b
              ├  ·        ──┐ e = u + c
 b −3       ──┘             ├  ·        ──┐
                            │             │ L = e·f
 c 10       ────────────────┘             ├  ·
                                          │
 f −2       ──────────────────────────────┘
"""

PATH_OF_A = """\
─ Graph (∂: ∂L/∂ of the node) ─────────────────────────
 a  2       ══╗ u = a·b
              ╚ −6        ══╗ e = u + c
 b −3       ──┘             ╚  4        ══╗
                            │             ║ L = e·f
 c 10       ────────────────┘             ╚ −8
                                          │
 f −2       ──────────────────────────────┘
"""

BACK_FROM_E = """\
─ Graph (∂: ∂L/∂ of the node) ──────────────────────────
 a  2       ───┐ u = a·b
               ├ −6        ═══╗ e = u + c
 b −3       ───┘ ∂ −2         ╚  4        ───┐
                              │ ∂ −2         │ L = e·f
 c 10       ──────────────────┘              ├ −8
                                             │
 f −2       ─────────────────────────────────┘
"""

BESIDE_VALUES = """\
─ Graph (∂: ∂L/∂ of the node) ───────────────
 a ══╗ u = a·b
     ╚ −6        ══╗ e = u + c
 b ──┘             ╚  4        ══╗
                   │             ║ L = e·f
 c ────────────────┘             ╚ −8
                                 │
 f ──────────────────────────────┘
"""

OF_ATTENTION = """\
─ Graph (∂: ∂L/∂ of the node) ──────────────────────────────────────────────────────────────────────────────────
  q  0.5     ══╗┐ s1 = q·k1     e1 = exp(s1)
               ╚═  0.5      ═══  1.64872    ══╗──────────────┐
 k1  1       ──┘│                             ║              │  p1 = e1/m
                │ s2 = q·k2     e2 = exp(s2)  ║              ╔═  0.67918  ══╗
 k2 −0.5     ───┴ −0.25     ───  0.77880    ──║──────────────║┐             ║
                                              ║              ║│             ║
 v1  0.3     ─────────────────────────────────║──────────────║│─────────────║ o = p1·v1 + p2·v2    L = (o−1)²
                                              ║              ║│             ╚  0.49249         ═══  0.25756
 v2  0.9     ─────────────────────────────────║──────────────║│─────────────┤
                                              ║ m = e1 + e2  ║│             │
                                              ╚  2.42752   ══╝┤ p2 = e2/m   │
                                                              └  0.32082  ──┘
"""

LISTED = """\
─ Graph, row 2 ──────────────────────────────────────
  w 0.8  u −0.5  b 0.1  v 1.2
  node = formula             value     ∂Loss/∂
    h1 = tanh(w·x1+b)        0.86172   ·
║   h2 = tanh(w·x2+u·h1+b)  −0.01086   ·
▸    L = (v·h2−y)²/2         0.04117   ·
"""

PART_OF_A_LIST = """\
─ Graph ─────────────────────────────────────────────
  node = formula         value     ∂L/∂
…   p1 = e1/m            0.67918   ·
    p2 = e2/m            0.32082   ·
║    o = p1·v1 + p2·v2   0.49249   ·
▸    L = (o−1)²          0.25756
"""

UPDATED = """\
─ Parameters ───────────────────────
     value     ∂L/∂      new
  a  2         6         1.94
▸ b −3        −4       [−2.96]
  c 10        −2         ·
  f −2         4         ·
  L = −8
"""


@pytest.mark.parametrize(("expected", "drawn"), [
    (AT_THE_START, draw(graph, chain(), "1:0", 55, 8)),
    (PATH_OF_A, draw(graph, chain(), "1:6", 55, 8)),
    (BACK_FROM_E, draw(graph, chain(), "1:5", 56, 8, "delta")),
    (BESIDE_VALUES, draw(graph, chain("[training]\nlearning_rate = 0.01"), "1:6", 45, 8)),
    (OF_ATTENTION, draw(graph, attention(), "1:20", 112, 14)),
    (LISTED, draw(node_list, recurrent(), "1:22", 53, 8)),
    (PART_OF_A_LIST, draw(node_list, attention(), "1:22", 53, 6)),
    (UPDATED, draw(parameters, chain("[training]\nlearning_rate = 0.01"), "1:22", 36, 8)),
])
def test_it_is_drawn_as_expected(expected: str, drawn: str) -> None:
    assert drawn == expected


def test_what_has_no_room_is_not_drawn() -> None:
    view = LessonView(Walk(Trace(attention())))
    assert graph.fits(view, Box(0, 0, 112, 14))
    assert not graph.fits(view, Box(0, 0, 90, 14))
    assert not graph.fits(view, Box(0, 0, 112, 8))
    assert not graph.draw(Canvas(112, 8), Box(0, 0, 112, 8), view)


def test_in_ascii_nothing_takes_more_room() -> None:
    view = LessonView(Walk(Trace(recurrent())))
    assert graph.fits(view, Box(0, 0, 80, 14))
    canvas = Canvas(80, 14, ascii_form)
    graph.draw(canvas, Box(0, 0, 80, 14), view)
    assert "h2 = tanh(w*x2+u*h1+b) | L = (v*h2-y)^2/2" in canvas.text()


@pytest.mark.parametrize("seed", range(9))
def test_no_wires_run_along_each_other_and_no_node_stands_on_one(seed: int) -> None:
    drawn = Trace(long_names(random.Random(seed))).graph
    plan = make_plan(drawn, Shape(3, {node.quantity: 30 for node in drawn.nodes}, 20), 5000, 200)
    assert plan is not None
    pieces = list(plan.wires())
    joined = [node.quantity for node in drawn.nodes if drawn.operands(node.quantity)]
    along = [(x + k, y) for x, y, text in pieces[:len(users_of(drawn)) + len(joined)] for k in range(len(text))]
    up = [(x, y) for x, y, text in pieces if text == "│"]
    assert len(set(along)) == len(along)
    wired = {*along, *up}
    for node in joined:
        x, y = plan.column(node), plan.rows[node]
        assert wired.isdisjoint((x + column, y + row) for column in range(30) for row in (-1, 0, 1))

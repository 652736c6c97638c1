"""The network as it is drawn: the expected pictures, to be looked at."""

import pytest

from engine.graph.activations import ACTIVATIONS, Activation
from engine.lesson.lesson import Lesson, load
from engine.trace.trace import Trace
from engine.walk.movement import parse_cursor
from engine.walk.walk import Walk
from lessons import and_trace, family, seeded
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.lesson_view import LessonView
from tui.view.panels import network
from tui.view.panels.network import Plan

AND = and_trace().lesson
NEURON = seeded([2, 1], ["sigmoid"])
TWO_OUTPUTS = seeded([2, 2, 2], ["tanh", "sigmoid"])
DEEPER = seeded([2, 2, 2, 1], ["relu", "tanh", "sigmoid"])
THREE_ABREAST = seeded([3, 3, 1], ["relu", "sigmoid"])


def draw(lesson: Lesson, at: str, width: int, height: int, only: CellStyle | None = None) -> str:
    """The panel in a box; `only`: the cells of one style."""
    trace, canvas = Trace(lesson), Canvas(width, height)
    view = LessonView(Walk(trace, parse_cursor(at)))
    assert network.draw(canvas, Box(0, 0, width, height), view)
    lines = ("".join(character if only in (None, style) else " " for character, style in canvas.row(y)).rstrip()
             for y in range(height))
    return "\n".join(lines).rstrip("\n") + "\n"


def at_factor(lesson: Lesson, parameter: str, path: int = 0) -> str:
    """Where the third factor of a parameter's path has just been filled in, in row 1."""
    trace = Trace(lesson)
    return f"1:{trace.script.chain_index(trace.chains.index_of[parameter], 0, path, 2) + 1}"


AT_THE_START = """\
─ Network, row 1 ─────────────────────────────
 x1┬─w13  0.8     ┐ Z3  ·       ┌─w35 −0.4
 1 │┌w23 −0.6     ┤ A3  ·       ┘┌w45  0.9
   ││ b3  0.1     ┘ (3) ReLU     │ b5  0.2
   ││                            │ Z5  ·
   └│w14  0.7     ┐ Z4  ·        │ A5  ·
 x2─┴w24  0.5     ┤ A4  ·       ─┘ (5) sig
 1    b4 −0.3     ┘ (4) ReLU
"""

Z3_ADDED_UP = """\
─ Network, row 2 ─────────────────────────────
 x1┬═w13  0.8     ┐ Z3  0.9     ┌─w35 −0.4
 1 │╔w23 −0.6     ┤ A3  ·       ┘┌w45  0.9
   │║ b3  0.1     ┘ (3) ReLU     │ b5  0.2
   │║                            │ Z5  ·
   └║w14  0.7     ┐ Z4  ·        │ A5  ·
 x2═╝w24  0.5     ┤ A4  ·       ─┘ (5) sig
 0    b4 −0.3     ┘ (4) ReLU
"""

PATH_OF_W13 = """\
─ Network, row 2 ─────────────────────────────
 x1┬═w13  0.8     ┐ Z3  0.9     ╔═w35 −0.4
 1 │┌w23 −0.6     ┤ A3  0.9     ╝┌w45  0.9
   ││ b3  0.1     ┘ (3) ReLU     │ b5  0.2
   ││                            │ Z5  0.2
   └│w14  0.7     ┐ Z4  0.4      │ A5  0.54983
 x2─┴w24  0.5     ┤ A4  0.4     ─┘ (5) sig
 0    b4 −0.3     ┘ (4) ReLU
"""

PATH_OF_W13_ALONE = """\

 x1┬═w13  0.8     ┐ Z3          ╔═w35 −0.4
 1                ┤ A3          ╝
                  ┘
                                   Z5
                                   A5
"""

HALF_UPDATED = """\
─ Network, still row 4 ───────────────────────
 x1┬─w13  0.80760 ┐ Z3  0.1     ┌─w35 −0.4
 0 │┌w23 −0.60601 ┤ A3  0.1     ┘┌w45  0.9
   ││ b3  0.12101 ┘ (3) ReLU     │ b5  0.2
   ││                            │ Z5  0.16
   └│w14  0.7     ┐ Z4 −0.3      │ A5  0.53991
 x2─┴w24  0.48129 ┤ A4  0       ─┘ (5) sig
 0    b4 −0.3     ┘ (4) ReLU
"""

WITH_MORE_ROOM = """\
─ Network, row 2 ───────────────────────────────────────────
 x1═══┬═ w13  0.8     ┐ Z3  0.9         ╔═══ w35 −0.4     ┐
 1    │┌ w23 −0.6     ┤ A3  0.9     ════╝┌── w45  0.9     ┤
      ││  b3  0.1     ┘ (3) ReLU         │    b5  0.2     ┘
      ││                                 │    Z5  0.2
      └│ w14  0.7     ┐ Z4  0.4          │    A5  0.54983
 x2────┴ w24  0.5     ┤ A4  0.4     ─────┘    (5) sig
 0        b4 −0.3     ┘ (4) ReLU
"""


@pytest.mark.parametrize(("at", "width", "expected"), [
    ("1:0", 46, AT_THE_START), ("1:8", 46, Z3_ADDED_UP), ("1:38", 46, PATH_OF_W13), ("1:234", 46, HALF_UPDATED),
    ("1:38", 60, WITH_MORE_ROOM)])
def test_the_and_network(at: str, width: int, expected: str) -> None:
    assert draw(AND, at, width, 8) == expected


def test_what_is_marked_is_the_path() -> None:
    """Not by the wires' form alone: its numbers, names and where its units' wires are gathered too."""
    assert draw(AND, "1:38", 46, 8, CellStyle.PATH) == PATH_OF_W13_ALONE


def test_one_neuron() -> None:
    """There are no lanes to share: x1's wire goes straight to its weight."""
    assert draw(NEURON, "1:1", 45, 7) == """\
─ Network, row 1 ────────────────────────────
 x1════════ w13 −0.4     ┐
 0        ╔ w23 −0.7     ┤
          ║  b3  0.4     ┘
          ║  Z3  0.4
 x2═══════╝  A3  ·
 0           (3) sig
"""


def test_two_outputs() -> None:
    """The second path of w13: by unit 6. A3's wire to w35 and x1's to w14 are there, unmarked."""
    assert draw(TWO_OUTPUTS, at_factor(TWO_OUTPUTS, "w13", path=1), 60, 14) == """\
─ Network, row 1 ───────────────────────────────────────────
 x1═══╗                                 ┌─── w35 −0.9     ┐
 0    ║                                 │┌── w45  0.1     ┤
      ║                                 ││    b5 −1       ┘
      ╚═ w13 −0.4     ┐ Z3  0.4         ││    Z5 −1.37109
      │┌ w23 −0.7     ┤ A3  0.37995 ════╗│    A5  0.20244
      ││  b3  0.4     ┘ (3) tanh        ║│    (5) sig
      ││                                ║│
      └│ w14 −0.9     ┐ Z4 −0.3         ╚═══ w36 −0.2     ┐
       ├ w24  0.1     ┤ A4 −0.29131 ─────┴── w46 −0.9     ┤
       │  b4 −0.3     ┘ (4) tanh              b6 −0.9     ┘
       │                                      Z6 −0.71381
 x2────┘                                      A6  0.32876
 0                                            (6) sig
"""


def test_a_deeper_network() -> None:
    """The second path of w13: by unit 6, not by unit 5."""
    assert draw(DEEPER, at_factor(DEEPER, "w13", path=1), 94, 8) == """\
─ Network, row 1 ─────────────────────────────────────────────────────────────────────────────
 x1═══┬═ w13 −0.4     ┐ Z3  0.4         ┌─── w35 −0.9     ┐ Z5 −1.36      ┌─── w57 −0.2     ┐
 0    │┌ w23 −0.7     ┤ A3  0.4     ════╗┌── w45  0.1     ┤ A5 −0.87639 ──┘╔══ w67  0.7     ┤
      ││  b3  0.4     ┘ (3) ReLU        ║│    b5 −1       ┘ (5) tanh       ║    b7 −0.8     ┘
      ││                                ║│                                 ║    Z7 −1.15187
      └│ w14 −0.9     ┐ Z4 −0.3         ╚═══ w36 −0.2     ┐ Z6 −0.98       ║    A7  0.24015
 x2────┴ w24  0.1     ┤ A4  0       ─────┴── w46 −0.9     ┤ A6 −0.75307 ═══╝    (7) sig
 0        b4 −0.3     ┘ (4) ReLU              b6 −0.9     ┘ (6) tanh
"""


def test_a_marked_wire_goes_straight_on_past_others() -> None:
    """x2's wire to w25 passes where those to w24 and w26 branch off, and crosses the lanes of x1 and x3."""
    assert draw(THREE_ABREAST, at_factor(THREE_ABREAST, "w25"), 70, 14) == """\
─ Network, row 1 ─────────────────────────────────────────────────────
 x1─────┬── w14 −0.4     ┐ Z4 −0.9
 0      │┌─ w24 −0.7     ┤ A4  0       ────────┐
        ││┌ w34  0.4     ┤ (4) ReLU            └────── w47 −0.2     ┐
        │││  b4 −0.9     ┘                      ╔═════ w57  0.7     ┤
        ├││ w15  0.1     ┐ Z5  0.1              ║┌──── w67 −0.8     ┤
 x2══════┼═ w25 −0.3     ┤ A5  0.1     ═════════╝│      b7 −0.6     ┘
 0      ││├ w35 −0.9     ┤ (5) ReLU              │      Z7 −0.53
        │││  b5  0.1     ┘                       │      A7  0.37052
        └││ w16 −1       ┐ Z6 −0.9               │      (7) sig
         └│ w26 −0.2     ┤ A6  0       ──────────┘
 x3───────┴ w36 −0.9     ┤ (6) ReLU
 0           b6 −0.9     ┘
"""


def test_a_marked_wire_turns_where_others_go_on() -> None:
    """x1's wire to w16 turns downwards where the one to w14 goes on to the right."""
    assert draw(THREE_ABREAST, at_factor(THREE_ABREAST, "w16"), 70, 14) == """\
─ Network, row 1 ─────────────────────────────────────────────────────
 x1═════╗── w14 −0.4     ┐ Z4 −0.9
 0      ║┌─ w24 −0.7     ┤ A4  0       ────────┐
        ║│┌ w34  0.4     ┤ (4) ReLU            └────── w47 −0.2     ┐
        ║││  b4 −0.9     ┘                      ┌───── w57  0.7     ┤
        ║││ w15  0.1     ┐ Z5  0.1              │╔════ w67 −0.8     ┤
 x2─────║┼│ w25 −0.3     ┤ A5  0.1     ─────────┘║      b7 −0.6     ┘
 0      ║│├ w35 −0.9     ┤ (5) ReLU              ║      Z7 −0.53
        ║││  b5  0.1     ┘                       ║      A7  0.37052
        ╚══ w16 −1       ┐ Z6 −0.9               ║      (7) sig
         └│ w26 −0.2     ┤ A6  0       ══════════╝
 x3───────┴ w36 −0.9     ┤ (6) ReLU
 0           b6 −0.9     ┘
"""


def test_a_softmaxs_units_are_joined_and_a_path_goes_from_ones_z_to_anothers_a() -> None:
    lesson = family("three classes")
    trace = Trace(lesson)
    at = f"1:{trace.script.chain_index(0, 1, 1, 1) + 1}"  # w13 in row 2, over A4
    assert draw(lesson, at, 40, 12) == """\
─ Network, row 2 ───────────────────────
 x1═══┬═ w13  0.3     ┐ Z3  1.1     ═╗
 0    │┌ w23  0.5     ┤ A3  0.32355 ─║
      ││  b3  0.6     ┘ (3) softmax  ║
      ││                             ║
      ├│ w14  0.9     ┐ Z4  1.4     ─║
      │├ w24  0.5     ┤ A4  0.43675 ═╝
      ││  b4  0.9     ┘ (4) softmax  │
      ││                             │
      └│ w15 −1       ┐ Z5  0.8     ─┤
 x2────┴ w25 −0.1     ┤ A5  0.23969 ─┘
 1        b5  0.9     ┘ (5) softmax
"""


def test_with_little_room_a_softmaxs_units_have_one_label() -> None:
    assert draw(load("cross-entropy"), "1:40", 45, 8) == """\
─ Network, row 1 ────────────────────────────
 x  ══════╗w12  0.4     ┐ Z2 −0.3     ─┐
 1.5      ║ b2 −0.9     ┘ A2  0.10589 ═╗
          ╚w13  1       ┐ Z3  1.3     ═╝
          │ b3 −0.2     ┘ A3  0.52450 ─┤
          └w14  0.1     ┐ Z4  0.95    ─┤
            b4  0.8     ┘ A4  0.36961 ─┘
                          softmax
"""


def test_without_biases_a_unit_gathers_its_weights_alone() -> None:
    assert draw(family("no bias, row by row"), "1:30", 46, 8) == """\
─ Network, row 1 ─────────────────────────────
 x1┬─w13 −0.6     ┐ Z3 −0.5
 1 │┌w23  0.1     ┘ A3 −0.46212 ──w35  0.3
   ││               (3) tanh     ╔w45 −0.9
   ││                            ║ Z5 −0.13864
   └│w14 −0.3     ┐ Z4  0        ║ A5 −0.13864
 x2═┴w24  0.3     ┘ A4  0       ═╝ (5) linear
 1                  (4) tanh
"""


def test_a_layers_bias_stands_at_each_of_its_units_and_a_fixed_parameter_has_a_sign() -> None:
    joined = draw(family("one bias a layer, momentum"), "1:60", 60, 15)
    assert joined.count("b1  0.3") == joined.count("b2 −0.6") == 2
    fixed = draw(family("adam, batches of 3, fixed"), "1:40", 46, 8)
    assert "b3= 0.1 " in fixed
    assert "w35=−0.4" in fixed
    assert fixed.count("=") == 2


def test_what_does_not_fit_is_not_drawn() -> None:
    canvas, trace = Canvas(45, 8), Trace(TWO_OUTPUTS)
    assert not network.draw(canvas, Box(0, 0, 45, 8), LessonView(Walk(trace)))
    assert not canvas.text().strip()


@pytest.mark.parametrize("f", [f for f in ACTIVATIONS.values() if not f.takes_layer], ids=lambda f: f.name)
def test_an_activations_name_leaves_the_lanes_free(f: Activation) -> None:
    """In the narrowest drawing too: what stands under a unit ends before the lane that its activation goes down."""
    plan = Plan(seeded([2, 2, 2, 1], [f.name, f.name, "sigmoid"]), Box(0, 0, 0, 40), 6, is_tight=True)
    for layer in (1, 2):
        assert plan.gathering(layer) + 2 + len(f"(3) {f.symbol}") <= plan.lane(layer, 0)


def test_an_outputs_name_has_room_in_the_narrowest_drawing() -> None:
    """It stands under the number, and may be longer."""
    lesson = seeded([1, 1], ["softplus"])
    widths = [width for width in range(10, 40) if Plan(lesson, Box(0, 0, width, 9), 8, is_tight=True).fits]
    assert "(2) softplus\n" in draw(lesson, "1:1", widths[0] + 1, 10)

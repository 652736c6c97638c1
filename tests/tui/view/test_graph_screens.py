"""The screen of a lesson of formulas: what is seen of it at once, at every size."""

import random
import re

import pytest
from graph_lessons import attention, chain, long_names, neuron, recurrent
from walks import watched

from engine.course.course import Item
from engine.learner.progress import Mode
from engine.lesson.lesson import load
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Answer, Do, SetMode, Type, WhatIf
from engine.walk.movement import parse_cursor
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from lessons import OTHER_KINDS
from tui.view.glyphs import Spelling, ascii_form
from tui.view.layout import Status, picture
from tui.view.panels import menu

SIZES = ((60, 20), (80, 23), (80, 24), (100, 30), (120, 40), (200, 60))
EVERY = {"chain": chain(), "trained chain": chain("[training]\nlearning_rate = 0.01"), "neuron": neuron(),
         "attention": attention(), "recurrent": recurrent(), "a graph": OTHER_KINDS["a graph"]}
FORMS: tuple[Form, ...] = ("paths", "delta")


def screen(lesson: str, at: str, width: int = 80, height: int = 24, form: Form = "paths") -> str:
    return picture(Walk(Trace(EVERY[lesson], form), parse_cursor(at)), width, height).text()


def test_the_first_chain_is_seen_whole() -> None:
    assert screen("chain", "1:6") == """\
 handgrad  watch  a graph                               backward · (1) a · 6/20
─ Parameters ───────────┬─ Graph (∂: ∂L/∂ of the node) ─────────────────────────
     value     ∂L/∂     │ a  2       ══╗ u = a·b
▸ a  2         ·        │              ╚ −6        ══╗ e = u + c
  b −3         ·        │ b −3       ──┘             ╚  4        ══╗
  c 10         ·        │                            │             ║ L = e·f
  f −2         ·        │ c 10       ────────────────┘             ╚ −8
  L = −8                │                                          │
                        │ f −2       ──────────────────────────────┘
─ Chain rule (1): ∂L/∂a = ∂L/∂e·∂e/∂u·∂u/∂a ────────────────────────────────────
    ∂L/∂e = f =  −2
  × ∂e/∂u = 1 =   1
▸ × ∂u/∂a = b = [−3]
    product   =   ·
    ∂L/∂a =  ·


─ This number ───────────────────────────────────────────────────── p practise ─
 ∂u/∂a = b = −3
 u is a·b: a is multiplied by b, so that is the slope.


 next → product = ∂L/∂e·∂e/∂u·∂u/∂a = ?
 ← → step  ↓ all   PgDn gradient (1)  n gradient (2)  a play  ? keys  q quit"""


def test_it_fits_a_small_screen() -> None:
    assert screen("recurrent", "1:12", 60, 20, "delta") == """\
 watch δ  a graph      epoch 1 · backward · row 1/3 · 12/51
─ Row 1 of 3, Loss 0.07941 ────────────── t table  T graph ─
 x1 0.5   x2 −0.3  y 0.2   L 0.19588
─ ∂Loss/∂ of every node, row 1 ─────────────────────────────
    ∂Loss/∂L  = 1/3                 =   0.33333
▸   ∂Loss/∂h2 = ∂Loss/∂L·(v·h2−y)·v = [−0.25036]
    ∂Loss/∂h1 = ∂Loss/∂h2·(1−h2²)·u =   ·


─ This number ───────────────────────────────── p practise ─
 ∂Loss/∂h2 = ∂Loss/∂L·(v·h2−y)·v
 = 0.33333·(1.2·(−0.35492)−0.2)·1.2 = −0.25036
 h2 goes into L alone: ∂Loss/∂L times ∂L/∂h2.





 next → ∂Loss/∂h1 = ∂Loss/∂h2·(1−h2²)·u = ?
 ← → step  ↓ row   PgDn all ∂Loss/∂   ? keys  q quit"""


def test_a_row_is_written_out_and_every_rows_result_stands_in_the_table() -> None:
    text = screen("neuron", "1:6")
    assert "─ Forward pass, row 2 of 2: each number from those before it ─" in text
    assert "     L = (e−y)² = (0.96403−(−0.3))² =[1.59777]" in text
    assert "▸ 1.5 −0.3 [1.59777]" in text
    assert "  Loss = 1/2·Σ L = ·" in text


def test_between_two_epochs_stand_the_results_before_and_after() -> None:
    assert re.search(r" x     L before     L after\n +0\.5      0\.04         0\.03634\n", screen("neuron", "2:0"))
    assert re.search(r"\n +u +e +L\n  before +−6 +4 +−8\n   after +", screen("trained chain", "2:0"))
    assert "L  −8 → −8.72630  it fell." in screen("trained chain", "2:0")


def test_without_training_nothing_is_said_of_epochs_and_the_end_says_so() -> None:
    end = screen("chain", "1:20")
    assert "epoch" not in end
    assert "\n the end: every gradient is found; Home, then p practise them, m other lessons\n" in end
    assert "▸ f −2        [4]" in end


def asked(lesson: str, step: int, mode: Mode = "practise", hints: int = 0, form: Form = "paths",
          spelled: Spelling = str) -> str:
    """The screen of who is asked there, with some hints, each after a try."""
    walk = act(Walk(Trace(EVERY[lesson], form), Cursor(1, step)), SetMode(mode))
    for _ in range(hints):
        walk = act(act(act(walk, Answer("77")), Type("")), Do.HINT)
    return picture(walk, 80, 24, spelled).text()


def test_at_the_end_who_is_asked_hears_where_the_first_number_is() -> None:
    end = asked("chain", 20)
    assert "\n the end: every gradient is found; Home the first number again, m other lessons\n" in end
    assert "go on" not in end


@pytest.mark.parametrize(("hints", "line"), [(0, "▸ × ∂e/∂u ="), (1, "▸ × ∂e/∂u = 1 =")])
def test_a_slope_that_is_asked_for_has_its_formula_with_the_hint(hints: int, line: str) -> None:
    text = asked("chain", 4, hints=hints)
    assert re.search(r"    ∂L/∂e = f += +−2\n", text)
    assert f"{line} [?]" in re.sub(r" +", " ", text)
    assert re.search(r"∂u/∂a += +·", text)


def test_by_node_its_formula_is_not_shown_beside_the_question() -> None:
    assert re.search(r"▸ +∂L/∂e += +\[\?\]", asked("chain", 3, form="delta"))
    assert re.search(r"▸ +∂L/∂e = f += +\[\?\]", asked("chain", 3, hints=2, form="delta"))


def test_a_derivation_is_not_promised_where_there_is_none() -> None:
    with pytest.raises(ActionError, match="no derivation here"):
        act(Walk(Trace(EVERY["chain"]), Cursor(1, 5)), Do.TOGGLE_DERIVATION)


def test_words_of_the_start_and_of_the_update_fit_formulas() -> None:
    assert "\n Before the first of 20 numbers: one key, one number.\n" in screen("chain", "1:0")
    assert "─ Update: new b = b − lr·∂L/∂b; the learning rate lr is 0.01 ─" in screen("trained chain", "1:22")


def test_an_update_shows_every_node_though_the_line_is_full() -> None:
    trace = Trace(load("attention"))
    text = picture(Walk(trace, Cursor(2, 0)), 80, 24).text()
    heads = {word for line in re.findall(r"\n(.+)\n +before", text) for word in line.split()}
    assert heads >= {node.quantity.name for node in trace.graph.nodes}


def test_before_any_factor_was_found_none_is_said_to_be() -> None:
    assert "found before" not in picture(Walk(Trace(load("attention")), Cursor(1, 10)), 80, 24).text()


@pytest.mark.parametrize("presses", range(4))
def test_no_page_of_the_table_is_empty_before_the_verdicts(presses: int) -> None:
    shown = picture(Walk(Trace(load("softmax")), Cursor(1, 1)), 80, 24, status=Status(turns=presses)).text()
    heads = next(line for line in shown.split("\n") if line.startswith("   x1  x2")).split("│")[0].split()
    assert len(heads) > 3


def test_in_ascii_a_columns_head_is_no_broken_formula() -> None:
    assert "(y...^2" not in picture(Walk(Trace(load("regression")), Cursor(1, 3)), 80, 24, ascii_form).text()


def test_what_if_shows_what_the_result_would_be_without() -> None:
    for lesson in ("trained chain", "neuron"):
        walk = act(Walk(Trace(EVERY[lesson]), Cursor(1, 8)), WhatIf("a = 1.5"))
        assert " unchanged " in picture(walk, 80, 24).text(), lesson


@pytest.mark.parametrize(("lesson", "said"), [
    ("neuron", "3 nodes, 2 rows, mean of the rows' results, learning rate 0.1"), ("chain", "3 nodes, 4 parameters")])
def test_the_menu_says_what_a_lesson_is(lesson: str, said: str) -> None:
    shown = menu.picture(80, 24, str, menu.Menu([Item(lesson, EVERY[lesson])], {}))
    assert f"\n {said}\n" in shown.text()


@pytest.mark.parametrize("lesson", EVERY)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_written_over_and_the_number_in_hand_stands_out(lesson: str, form: Form,
                                                                    size: tuple[int, int]) -> None:
    trace = Trace(EVERY[lesson], form)
    with watched() as faults:
        for step in range(1, trace.script.length + 1, 11):
            assert re.search(r"\[[^ \]]+\]", picture(Walk(trace, Cursor(1, step)), *size).text()), step
    assert not faults


@pytest.mark.parametrize("seed", range(5))
def test_with_long_names_and_many_nodes_everything_has_its_room(seed: int) -> None:
    draw = random.Random(seed)
    trace = Trace(long_names(draw), draw.choice(FORMS))
    with watched() as faults:
        for size in SIZES:
            for opened in ("", "table", "network"):
                cursor = Cursor(1, draw.randint(0, trace.script.length))
                picture(Walk(trace, cursor), *size, status=Status(opened=opened))
    assert not faults
    text = picture(Walk(trace, Cursor(1, 5)), 80, 24, ascii_form).text()
    assert text.isascii()

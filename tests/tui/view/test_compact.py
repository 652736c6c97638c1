"""The compact screen, from 60×20 and 60×19 on: the lesson, a row at a time; the table and the network by a key each."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from walks import watched

from engine.course.course import course
from engine.graph.quantity import Source
from engine.graph.step import Kind
from engine.lesson.lesson import load, shipped_lessons
from engine.text.notation import number
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Answer, Do, SetMode
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from lessons import NETWORKS, SHAPES, and_trace, seeded
from tui.view import pages
from tui.view.compact import Opened
from tui.view.glyphs import Spelling, ascii_form
from tui.view.layout import Status, picture
from tui.view.panels import menu

LESSONS = sorted(shipped_lessons())
SIZES = ((60, 19), (60, 20), (70, 22), (79, 40), (100, 20))
FORMS: tuple[Form, ...] = ("paths", "delta")
LONGEST = 36  # of a formula beside its number
TABLE, NETWORK = Status(opened="table"), Status(opened="network")


def screen(at: str, size: tuple[int, int] = (60, 19), status: Status | None = None, spelled: Spelling = str) -> str:
    epoch, step = map(int, at.split(":"))
    return picture(Walk(and_trace(), Cursor(epoch, step)), *size, spelled, status).text()


def walks(lesson: str, form: Form) -> Iterator[Walk]:
    """At places of an epoch, between epochs, and where the learner is asked and has been wrong."""
    trace = Trace(load(lesson), form)
    for cursor in (*(Cursor(1, step) for step in range(0, trace.script.length + 1, 11)), Cursor(2, 0), Cursor(4, 0)):
        yield Walk(trace, cursor)
    for step in range(3, trace.script.length, 67):
        walk = Walk(trace, Cursor(1, step))
        yield act(act(act(walk, SetMode("practise all")), Answer("0.5")), Do.HINT)
        yield act(act(walk, SetMode("by hand")), Answer("0.5"))
    with suppress(ActionError):  # where its numbers tell no mistakes apart
        yield act(act(Walk(trace, Cursor(1, trace.script.batches[0].start_of(0))), SetMode("find")), Do.CONFIRM)


@pytest.mark.parametrize("lesson", SHAPES)
@pytest.mark.parametrize("form", FORMS)
def test_nothing_stands_on_anything_else_or_outside(lesson: str, form: Form) -> None:
    """In every phase and mode; the number in hand, or what is asked for, is always seen in brackets."""
    opened: tuple[Opened, ...] = ("", "table", "network")
    with watched() as faults:
        for k, walk in enumerate(walks(lesson, form)):
            for size, name in ((SIZES[0], ""), (SIZES[k % len(SIZES)], opened[k % 3])):
                text = picture(walk, *size, status=Status(opened=name)).text()
                assert not faults, (walk.cursor, walk.mode, size, name, faults[:2])
                is_seen = "[" in text or walk.results.is_open or walk.cursor.step == 0
                assert name or is_seen, (walk.cursor, walk.mode, size)


def test_a_chain_is_read_from_top_to_bottom() -> None:
    assert screen("1:39") == """\
 watch      epoch 1 · backward · (1) w13 · row 2/4 · 39/239
─ Row 2 of 4, Loss 0.25781 ──────────── t table  T network ─
 x1 1   x2 0   y 0   ŷ=A5 0.54983   (y−A5)² 0.30232  wrong
─ Chain rule (1): ∂Loss/∂w13, row 2 ────────────────────────
    ∂Loss/∂A5 = −(y−A5)/2 =   0.27492
  × ∂A5/∂Z5   = A5·(1−A5) =   0.24752
  × ∂Z5/∂A3   = w35       =  −0.4
▸ × ∂A3/∂Z3   = ReLU′(Z3) =  [1]
  × ∂Z3/∂w13  = x1        =   ·
    product               =   ·
  rows 1 to 4   0.01201    ·          ·          ·
    Σ = ∂Loss/∂w13 =  ·
─ This number ──────────────────────── d sig′ ─ p practise ─
 ∂A3/∂Z3 = ReLU′(Z3) = ReLU′(0.9) = 1
 Z3 is above 0: ReLU has slope 1 there.


 next → ∂Z3/∂w13 = x1 = ?
 ← → step  ↓ row   PgDn gradient (1)  ? keys  q quit"""


def test_the_sum_stands_below_all_rows_products() -> None:
    for spelled in (str, ascii_form):
        text = screen("1:54", spelled=spelled)
        assert spelled("▸   Σ = ∂Loss/∂w13 ≈[−0.01520]") in text
        assert re.search(spelled(r"rows 1 to 4 +0.01201 +−0.02722 +0 +0\n"), text)
    trace = Trace(seeded([2, 1], ["sigmoid"], rows=9))
    text = picture(Walk(trace, Cursor(1, trace.script.batches[0].forward_end + 17)),
                   60, 19).text()
    assert re.search(r"\n… rows \d to \d [^\n]+ … *\n", text) or re.search(r"\n… rows \d to \d [^\n]+…\n", text)


@pytest.mark.parametrize("lesson", NETWORKS)
@pytest.mark.parametrize("form", FORMS)
def test_the_factor_in_hand_is_in_sight_with_its_formula_and_the_others_keep_their_places(lesson: str,
                                                                                         form: Form) -> None:
    """A chain too long for the screen has two parts."""
    trace = Trace(load(lesson), form)
    names = dict[tuple[int | None, int, int | None], set[tuple[str, ...]]]()
    batch = trace.script.batches[0]
    for index in range(batch.forward_end, min(batch.backward_end, batch.forward_end + 200)):
        step = trace.script.step(index)
        if step.kind not in (Kind.FACTOR, Kind.DELTA):
            continue
        lines = picture(Walk(trace, Cursor(1, index + 1)), 60, 19).text().split("\n")
        start = next(y for y, line in enumerate(lines) if line.startswith(("─ Chain", "─ δ"))) + 1
        end = next(y for y, line in enumerate(lines) if line.startswith("─ This"))
        line = trace.line(step)
        formula = line.formula if step.kind is Kind.DELTA else \
            f"δ{line.name[-1]}" if line.quantity.source is Source.DELTA else str(line.numbers)
        (in_hand,) = [line for line in lines[start:end] if line.startswith("▸")]
        shown = re.escape(formula) if len(formula) <= LONGEST else ".*…?.*"
        assert re.match(rf"▸ [× ] {re.escape(line.name)} += {shown} += ", in_hand), index
        assert len(formula) <= LONGEST or formula in "".join(lines[end:]), index
        shown_names = tuple(line[4:].split(" ")[0] for line in lines[start:end] if " = " in line)
        names.setdefault((step.parameter_index, step.path, step.row), set()).add(shown_names)
    assert max(map(len, names.values())) <= 2


@pytest.mark.parametrize("lesson", ["two-outputs", "delta", "deeper", "regression"])
def test_all_that_is_multiplied_or_added_is_in_sight_when_the_product_or_the_sum_is_asked_for(lesson: str) -> None:
    """However much the tutor has to say."""
    trace = Trace(load(lesson))
    last = len(trace.lesson.order) - 1
    batch = trace.script.batches[0]
    steps = [index for k in (0, last) for index in range(batch.start_of(k), batch.end_of(k))]
    for index in (index for index in steps if (step := trace.script.step(index)).factor is None and not step.row):
        walk = act(Walk(trace, Cursor(1, index)), SetMode("practise all"))
        terms = {number(trace.entry(1, term).value, 5) for term in terms_of(trace, index)}
        for answer in (None, Do.HINT, Do.HINT):
            walk = act(walk, answer) if answer else walk
            for height in (19, 20, 23):
                lines = picture(walk, 60, height).text().split("\n")
                start = next(y for y, line in enumerate(lines) if line.startswith("─ Chain"))
                shown = re.split(r"[ •]+", " ".join(lines[start:lines.index("─ Your turn " + "─" * 48)]))
                assert terms <= {*shown}, (index, height, terms - {*shown})
                assert "[?]" in shown


def terms_of(trace: Trace, index: int) -> list[int]:
    """The steps whose numbers a product or a sum comes from."""
    script, step = trace.script, trace.script.step(index)
    parameter = step.parameter_index or 0
    lengths = trace.chains.lengths(parameter)
    count, factors = len(lengths), lengths[0]
    if step.row is None:
        return [script.chain_index(parameter, row, -1, None) for row in range(trace.lesson.rows)]
    if step.path < 0:
        return [script.chain_index(parameter, step.row, path, None) for path in range(count)]
    return [script.chain_index(parameter, step.row, step.path, factor) for factor in range(factors)]


def test_factors_without_room_below_each_other_stand_one_behind_the_other() -> None:
    walk = act(Walk(Trace(load("delta")), Cursor(1, 84)), SetMode("practise all"))
    assert """
    ∂Loss/∂A8 •−0.18467 × ∂A8/∂Z8 •0.19303 × ∂Z8/∂A6 −0.4
  × ∂A6/∂Z6 •0.21090 × ∂Z6/∂A3 •0.5 × ∂A3/∂Z3 •0.99007
  × ∂Z3/∂w13 •1
▸   product path 4 =  [?]
    Σ paths        =   ·
""" in picture(walk, 60, 19).text()


def test_the_table_and_the_network_open_in_place_of_the_chain_over_the_number_in_hand() -> None:
    table, network = screen("1:39", status=TABLE), screen("1:39", status=NETWORK)
    assert "▸ 1  0  0  0.54983  0.30232 wrong\n" in table
    assert "rows right: 1 of 4" in table
    assert "═ w13  0.8     ┐ Z3  0.9" in network
    for text, keys in ((table, "t back  T network"), (network, "t table  T back")):
        assert "Chain rule" not in text
        assert "∂A3/∂Z3 = ReLU′(Z3) = ReLU′(0.9) = 1\n" in text
        assert text.split("\n")[-1].startswith(f" {keys}  ← → step  ↓ row")


def test_a_network_that_needs_all_lines_has_them_while_nothing_is_asked() -> None:
    walk = Walk(Trace(load("two-outputs")), Cursor(1, 60))
    assert "(6) sig" in picture(walk, 60, 19, status=NETWORK).text()
    asked = picture(act(walk, SetMode("practise all")), 60, 19, status=NETWORK).text()
    assert "Your turn" in asked
    assert "Network, row 2" in asked


def test_with_lines_to_spare_both_are_there_without_a_key() -> None:
    text = screen("1:39", (79, 40), TABLE)
    for part in ("─ Truth table ─", "─ Network, row 2 ─", "─ Chain rule (1)", "─ This number ─"):
        assert part in text
    assert "t table" not in text
    assert "─ Network" not in screen("1:39", (79, 26))
    assert "─ Truth table" in screen("1:39", (79, 26))


@pytest.mark.parametrize(("lesson", "step", "opened"), [("deeper", 660, ""), ("two-outputs", 38, "table"),
                                                        ("one-neuron", 30, "table"), ("regression", 67, ""),
                                                        ("worked-example", 43, "")])
def test_no_reason_is_cut_while_lines_are_empty(lesson: str, step: int, opened: Opened) -> None:
    text = picture(Walk(Trace(load(lesson)), Cursor(1, step)), 60, 20, status=Status(opened=opened)).text()
    assert "…" not in text


@pytest.mark.parametrize(("lesson", "steps", "opened"), [("and-gate", range(1, 29), "table"),
                                                         ("one-neuron", range(18, 58), ""),
                                                         ("one-neuron", range(18, 58), "table")])
def test_nothing_moves_within_a_phase(lesson: str, steps: range, opened: Opened) -> None:
    trace = Trace(load(lesson))
    texts = (picture(Walk(trace, Cursor(1, step)), 60, 20, status=Status(opened=opened)).text() for step in steps)
    assert len({text.split("─ This number")[0].count("\n") for text in texts}) == 1


def test_between_epochs_each_output_of_a_row_has_a_line_where_columns_have_no_room() -> None:
    text = picture(Walk(Trace(load("two-outputs")), Cursor(2, 0)), 60, 19).text()
    lines = [" ".join(line.split()) for line in text.split("\n")]
    assert "x1 x2 output target before after" in lines
    for line in ("1 0 A5 0 0.18543 0.21561", "A6 1 0.41096 0.49132 wrong", "0 0 A5 0 0.25162 0.25647",
                 "A6 0 0.34978 0.36954 right", "Rows right: 1 of 4."):
        assert line in lines
    assert "A5 before" in picture(Walk(Trace(load("two-outputs")), Cursor(2, 0)), 80, 24).text()


def test_a_lessons_words_go_on_to_the_ends_of_lines_where_its_own_have_no_room() -> None:
    walk = Walk(Trace(load("learning-rate")))
    text = picture(walk, 60, 20).text()
    assert "rate here, 0.4, is right: each epoch leaves a fifth of\n" in text
    assert "\n  - lr = 0.6, too large: Loss grows, to 184 in epoch 10\n  - lr = 1" in text
    whole = picture(walk, 80, 24).text()
    assert "2·x1 + 1.\n  The rate here, 0.4, is right: each epoch leaves a fifth of Loss.\n" in whole
    page = "\n".join(piece for line in pages.words(60, str, walk.trace.lesson, "") for _, piece, _ in line)
    assert "y = 2·x1 + 1. The rate\nhere, 0.4, is right" in page


def test_an_epoch_begins_and_ends_with_all_that_is_said_of_it() -> None:
    text = screen("4:0")
    for part in (r"0  0 +0 +0\.49200 +0\.47138 +right", "it fell, though row 1 got worse.", "the sum decides.",
                 "All 4 rows are right.", "Goal reached. Next: or-gate", "Epoch 4, before the first of its 239"):
        assert re.search(part, text), part
    updates = screen("1:239")
    assert len(re.findall(r"−  0\.5·[ (−]+\d", updates)) == 9
    assert "…" not in updates


@pytest.mark.parametrize("form", FORMS)
def test_the_first_line_says_where_one_is_and_what_was_changed(form: Form) -> None:
    for step in range(0, 90, 7):
        walk = Walk(Trace(load("and-gate"), form), Cursor(1, step))
        for mode in (walk, act(walk, SetMode("by hand")), act(walk, SetMode("find"))):
            first = picture(mode, 60, 19).text().split("\n")[0]
            assert first.startswith(f" {mode.mode if mode.mode != 'find' else 'find the mistake'}")
            assert f"{mode.cursor.step}/{mode.trace.script.length}" in first
            assert "…" not in first


def test_of_a_row_with_too_many_numbers_what_matters_least_is_left_out_with_a_sign() -> None:
    text = picture(Walk(Trace(seeded([20, 3, 4], ["tanh", "sigmoid"])), Cursor(1, 9)), 60, 19).text()
    assert re.search(r"\n x1 \d +x2 \d +x3 \d +… +y1 \d.*\n.* y4 \d +…\n", text)


def test_the_menu_shows_whole_titles() -> None:
    items = [item for item in course(None) if len(item.title) <= 41]
    for k, item in enumerate(items):
        assert f" {k + 1} {item.title}\n" in menu.picture(60, 19, str, menu.Menu(items, {}, k)).text()


@pytest.mark.parametrize("size", [(60, 19), (60, 20)], ids=str)
def test_no_number_goes_for_blank_lines_where_the_sign_of_rounding_is_explained(size: tuple[int, int]) -> None:
    text = screen("1:7", size)
    assert "nothing is rounded on the way" in " ".join(text.split())
    assert "Z3 = 0.8·1" in text
    assert "\n…" not in text


@pytest.mark.parametrize("at", ["1:0", "1:40"])
def test_what_is_not_on_the_screen_is_named_with_its_key_once(at: str) -> None:
    """Beside the table the network, where there is room for one; with room for both, or beside the row, all."""
    for size, keys in (((79, 24), {"t table", "T network"}), ((79, 30), {"T network"}), ((79, 50), set())):
        found = re.findall(r"t table|T network", screen(at, size))
        assert len(found) == len(set(found))
        assert set(found) == keys, size

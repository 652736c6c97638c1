"""What holds on every screen of every lesson: the first line, the last, and that nothing moves or touches."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from engine.graph.quantity import Source
from engine.graph.step import Kind, Phase
from engine.lesson.lesson import load, shipped_lessons
from engine.text.notation import fit_number, number
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Do, SetMode
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import FAMILIES, NETWORKS, SHAPES, family, seeded
from tui.view.glyphs import Spelling, ascii_form
from tui.view.layout import Status, picture

LESSONS = sorted(shipped_lessons())
ALL_SHAPES = [*SHAPES, *FAMILIES]
SIZES = ((80, 24), (120, 40))
MOST_SCREENS = 400  # of an epoch


@cache
def trace(lesson: str, form: Form = "paths") -> Trace:
    return Trace(family(lesson) if lesson in FAMILIES else load(lesson), form)


def screens(lesson: str, size: tuple[int, int], form: Form = "paths", every: int = 1,
            spelled: Spelling = str) -> Iterator[tuple[Cursor, Phase | None, list[str]]]:
    """Every screen of an epoch, and of the start of the next: its place, its phase, its lines. Of a long epoch some."""
    script = trace(lesson, form).script
    every *= 1 + script.length // MOST_SCREENS
    for cursor in [*(Cursor(1, step) for step in range(0, script.length + 1, every)), Cursor(2, 0)]:
        phase = script.step(cursor.step - 1).phase if cursor.step else None
        lines = picture(Walk(trace(lesson, form), cursor), *size, spelled).text().split("\n")
        yield cursor, phase, [line.ljust(size[0]) for line in lines]


@pytest.mark.parametrize("lesson", ALL_SHAPES)
@pytest.mark.parametrize("spelled", [str, ascii_form])
@pytest.mark.parametrize("form", ["paths", "delta"])
def test_in_the_last_line_every_key_keeps_its_place(lesson: str, spelled: Spelling, form: Form) -> None:
    places = dict[str, int]()
    for cursor, _, lines in screens(lesson, (80, 24), form, 6, spelled):
        last = lines[-1]
        for key in (*map(spelled, (" ← → step ", " ↓ ")), " PgDn ", " n ", " v ", " ? ", " q quit"):
            if key in last:
                assert places.setdefault(key, last.index(key)) == last.index(key), (cursor, last)
        assert "Σ" not in last
    assert {" PgDn ", " ? ", " q quit"} <= places.keys()
    assert (" v " in places) == (form == "delta")
    assert " n " in places or (spelled, form) == (ascii_form, "delta")


def last_line(at: Cursor, form: Form = "paths") -> str:
    return picture(Walk(trace("and-gate", form), at), 80, 24).text().split("\n")[-1]


def test_the_last_line_says_in_words_which_gradient_a_key_leads_to() -> None:
    assert "PgDn Loss          n gradient (1)" in last_line(Cursor(1, 8))
    assert "PgDn gradient (1)  n gradient (2)" in last_line(Cursor(1, 38))
    assert "PgDn gradient (2)  n gradient (2)" in last_line(Cursor(1, 54))
    assert "PgDn gradient (9)  n update" in last_line(Cursor(1, 215))
    assert "PgDn update        n gradient (1)" in last_line(Cursor(1, 234))
    assert "PgDn all δ         v paths" in last_line(Cursor(1, 33), "delta")


def test_what_else_may_be_done_with_a_number_stands_over_it() -> None:
    def over(at: Cursor) -> str:
        (line,) = [line for line in picture(Walk(trace("and-gate"), at), 80, 24).text().split("\n")
                   if "This number" in line]
        return line
    assert over(Cursor(1, 38)).endswith(" d sig′ ─ p practise ─")
    assert over(Cursor(1, 8)).endswith("─── p practise ─")
    closing = act(Walk(trace("and-gate"), Cursor(1, 38)), Do.TOGGLE_DERIVATION)
    assert " d close  p practise ─\n" in picture(closing, 80, 24).text()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_mode_stands_in_the_first_line_always_at_the_same_place(size: tuple[int, int]) -> None:
    watching = Walk(trace("and-gate"), Cursor(1, 38))
    walks = {"watch ": watching, "practise ": act(watching, SetMode("practise")),
             "by hand ": act(watching, SetMode("by hand")), "find the mistake ": act(watching, SetMode("find")),
             "watch δ ": act(watching, Do.SWITCH_FORM)}
    walks["by hand δ "] = act(walks["watch δ "], SetMode("by hand"))
    for mode, walk in walks.items():
        assert picture(walk, *size).text().startswith(f" handgrad  {mode}"), mode
    assert picture(watching, *size, status=Status(is_playing=True)).text().startswith(" handgrad  plays ")


TOUCHES = re.compile(r"(?<![a-z])\d([┐┤┘│║]|right|wrong)|(right|wrong)│|[│║]\d|\][a-z]")


@pytest.mark.parametrize("lesson", ALL_SHAPES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_numbers_and_verdicts_touch_nothing(lesson: str, size: tuple[int, int]) -> None:
    for cursor, _, lines in screens(lesson, size, every=7):
        for line in lines[:-1]:
            assert not TOUCHES.search(line), (cursor, line)


@pytest.mark.parametrize("lesson", ALL_SHAPES)
@pytest.mark.parametrize(("size", "form", "every"), [((80, 24), "paths", 1), ((120, 40), "paths", 4),
                                                     ((80, 24), "delta", 1), ((80, 23), "delta", 4)])
def test_headings_keep_their_lines_and_nothing_is_cut_under_empty_ones(lesson: str, size: tuple[int, int], form: Form,
                                                                       every: int) -> None:
    """Of every step, or every fourth: throughout a phase each heading stands on its line, but where a reason or a note
    needs more lines and fills them; neither is cut where the panel above has an empty one.
    """
    above = defaultdict[Phase, set[tuple[int, ...]]](set)
    below = defaultdict[tuple[Phase, int], set[tuple[int, ...]]](set)  # by what is said, which may need more lines
    highest = dict[Phase, int]()
    for cursor, phase, lines in screens(lesson, size, form, every):
        at = [y for y, line in enumerate(lines) if line.startswith("─ ")]
        (how,) = [k for k, y in enumerate(at) if lines[y].startswith(("─ This number", "─ Start"))]
        said = lines[at[how] + 1:[*at, size[1] - 1][how + 1]]
        is_full = all(line.strip() for line in said)
        if cursor.epoch == 1 and phase:  # later there may be losses to show
            above[phase].add(tuple(at[:how]))
            below[phase, len(said)].add(tuple(at[how + 1:]))
            highest[phase] = max(at[how], highest.get(phase, 0))
            assert is_full or at[how] == highest[phase], cursor
        is_cut = any(line.rstrip().endswith("…") or "… (i)" in line for line in said[1:-1])
        assert not is_cut or (is_full and all(line.strip() for line in lines[at[1]:at[how]])), (cursor, lines)
    assert {len(places) for places in [*above.values(), *below.values()]} == {1}
    if size[0] == 80 and trace(lesson).lesson.formulas is None:
        assert highest[Phase.FORWARD] == highest[Phase.BACKWARD] == size[1] - 7 + (size[1] < 24)


def test_what_a_sign_means_is_said_whole_where_it_is_first_seen() -> None:
    (text,) = [" ".join(lines) for cursor, _, lines in screens("or-gate", (80, 24)) if cursor == Cursor(1, 14)]
    assert "≈: the numbers shown are rounded; nothing is rounded on the way." in " ".join(text.split())


def test_the_and_lessons_updates_are_seen_all_nine_and_a_rows_forward_pass_whole() -> None:
    for cursor, phase, lines in screens("and-gate", (80, 24)):
        if phase is Phase.UPDATE:
            assert sum("−  0.5·" in line for line in lines) == 9, cursor
        if phase is Phase.FORWARD and cursor.step < 29:
            assert sum(" = " in line for line in lines[10:17]) == 7, cursor


@pytest.mark.parametrize("form", ["paths", "delta"])
@pytest.mark.parametrize("lesson", ["chain-rule", "fan-out", "step-unit", "weight-decay", "one-at-a-time", "momentum",
                                    "adam", "softmax", "cross-entropy", "recurrent", "convolution", "attention",
                                    "gradient-of-the-input"])
def test_a_note_and_the_reason_above_it_are_seen_whole(lesson: str, form: Form) -> None:
    walked = trace(lesson, form)
    for index in range(walked.script.length):
        if note := walked.note(1, index):
            said = picture(Walk(walked, Cursor(1, index + 1), lesson), 80, 24).text().partition(" This number")[2]
            words = " ".join(said.split())
            assert note in words
            assert walked.entry(1, index).why in words


def test_in_ascii_what_marks_a_gap_fits_it() -> None:
    """Of the three dots of an ellipsis one stands where there is room for one."""
    for _, phase, lines in screens("two-outputs", (80, 24), every=5, spelled=ascii_form):
        heads = lines[2] + lines[10] * (phase is Phase.BACKWARD)
        assert not re.search(r"\.\.+[a-zA-Z]", heads), heads


def table_heads(lines: list[str]) -> list[str]:
    """Of the table of rows, but for the marks of what is left out."""
    return re.sub(r"[>…]", "", re.split(r"[│|]", lines[2])[0]).split()


@pytest.mark.parametrize("lesson", ["two-outputs", "delta", "worked-example"])
@pytest.mark.parametrize("spelled", [str, ascii_form])
def test_both_outputs_their_targets_and_the_loss_are_always_seen(lesson: str, spelled: Spelling) -> None:
    """At once where they have room, else a key turns to the loss; the columns are the same ones throughout an epoch."""
    known = trace(lesson).lesson
    outputs = [trace(lesson).symbols.A(unit).name for unit in known.network.layers[-1]]
    pairs = [*known.inputs, *(name for pair in zip(known.targets, outputs, strict=True) for name in pair)]
    for cursor, _, lines in screens(lesson, (80, 24), spelled=spelled, every=3):
        if lesson != "worked-example":
            assert table_heads(lines) == [*pairs, "loss"], cursor
        else:
            assert table_heads(lines) == pairs, cursor
            turned = picture(Walk(trace(lesson), cursor), 80, 24, spelled, Status(turns=1)).text().split("\n")
            assert table_heads(turned) == [*known.inputs, "loss"], cursor


MOST_TURNS = 4
FOUR_OUTPUTS = Trace(seeded([2, 2, 4], ["relu", "tanh"]))
ALL = {lesson: trace(lesson) for lesson in NETWORKS} | {"four outputs": FOUR_OUTPUTS}


def seen_by_turning(cursor: Cursor, known: Trace) -> tuple[str, str]:
    """The lines of the row in hand, in the table of rows and in the chain's, at every turn to what has no room."""
    tables, chains = "", ""
    for turns in range(MOST_TURNS):
        lines = picture(Walk(known, cursor), 80, 24, status=Status(turns=turns)).text().split("\n")
        top, chain = (next(line for line in lines[start:] if line.startswith("▸")) for start in (2, 10))
        tables += top[:top.index("│")] + " "
        chains += chain + " "
    return tables, chains


@pytest.mark.parametrize("lesson", ALL)
def test_every_number_of_a_row_and_of_its_chain_is_seen_by_turning(lesson: str) -> None:
    """At the end of each row's path: its inputs, targets, predictions, its loss; every factor, the first ones too."""
    known = ALL[lesson]
    data, script, symbols = known.lesson, known.script, known.symbols
    for parameter_index, row in product(range(0, len(data.order), 4), range(data.rows)):
        paths = known.chains.paths(parameter_index)
        steps = [script.chain_index(parameter_index, row, len(paths) - 1, factor) for factor in range(len(paths[-1]))]
        table, chain = seen_by_turning(Cursor(1, steps[-1] + 1), known)
        values = [number(value) for value in data.table[row]]
        wide = [known.read(1, symbols.A(output), row) for output in data.network.layers[-1]]
        wide.append(known.read(1, known.graph.line(-1).quantity, row))
        for text in [*values, *(fit_number(value, 7, 5) for value in wide)]:
            assert f" {text} " in table, (parameter_index, row, text)
        numbers = re.split(r"[ •\[\]]+", chain)
        for text in (number(known.entry(1, step).value) for step in steps):
            assert text in numbers, (parameter_index, row, text)


def test_only_a_table_of_truth_values_is_called_a_truth_table() -> None:
    others = {"regression", "worked-example", "learning-rate", "sigmoid-derivative", "momentum", "adam", "softmax",
              "cross-entropy", "recurrent", "convolution"}
    for lesson in LESSONS:
        _, _, lines = next(screens(lesson, (80, 24)))
        name = "Data" if lesson in others else "Truth table" if lesson in NETWORKS else "Parameters"
        assert lines[1].startswith(f"─ {name} ─"), lesson


def test_of_a_title_without_room_more_than_a_word_is_shown_or_nothing() -> None:
    """The place is always whole."""
    two, deep = (picture(Walk(trace(lesson), Cursor(1, 100)), 80, 24).text().split("\n")[0]
                 for lesson in ("two-outputs", "deeper"))
    assert re.fullmatch(r" handgrad  watch +epoch 1 · backward · \(2\) w23 · row 1/4 · 100/469", two)
    assert deep.startswith(" handgrad  watch  Deeper…  ")


def test_a_lesson_that_classifies_nothing_leaves_no_line_for_it() -> None:
    for cursor, _, lines in screens("regression", (80, 24), every=5):
        assert lines[3].lstrip("▸ ").startswith("−1.5 1.5"), cursor
        assert lines[8].startswith(" Loss"), cursor


def chain_table(lines: list[str]) -> tuple[str, str]:
    """The heads of a table of factors or δ, but for the marks of what is left out; and what stands below them."""
    title = next(y for y, line in enumerate(lines) if line.startswith(("─ Chain", "─ δ", "- Chain", "- delta")))
    return lines[title + 1].replace("…", " "), lines[title + 2]


@pytest.mark.parametrize("lesson", NETWORKS)
@pytest.mark.parametrize(("size", "form"), [((80, 24), "paths"), ((80, 24), "delta"), ((120, 40), "delta")])
def test_the_formula_of_the_factor_in_hand_stands_whole_below_its_name(lesson: str, size: tuple[int, int],
                                                                       form: Form) -> None:
    for cursor, phase, lines in screens(lesson, size, form, 3):
        step = trace(lesson, form).script.step(max(cursor.step - 1, 0))
        if phase is Phase.BACKWARD and step.kind in (Kind.FACTOR, Kind.DELTA):
            line = trace(lesson, form).line(step)
            names, formulas = chain_table(lines)
            is_delta = step.kind is Kind.FACTOR and line.quantity.source is Source.DELTA
            formula = f"δ{line.name[-1]}" if is_delta else line.formula if step.kind is Kind.DELTA else line.numbers
            assert f" {line.name} " in names, cursor
            assert f" {formula} " in f"{formulas} ", cursor


@pytest.mark.parametrize("size", SIZES)
def test_all_deltas_of_six_units_are_seen_at_once(size: tuple[int, int]) -> None:
    script = trace("delta", "delta").script
    for cursor, _, lines in screens("delta", size, "delta", 7):
        if cursor.epoch == 1 and cursor.step and script.step(cursor.step - 1).kind is Kind.DELTA:
            assert re.findall(r"δ\d", chain_table(lines)[0]) == ["δ7", "δ8", "δ5", "δ6", "δ3", "δ4"], cursor


@pytest.mark.parametrize(("lesson", "places"), [("deeper", 6), ("delta", 6), ("two-outputs", 7)])
def test_a_chains_columns_keep_their_places(lesson: str, places: int) -> None:
    """Of a path: a chain without room for all has two full pages, their columns at the same places."""
    pages, starts = dict[tuple[int | None, int], set[str]](), dict[int, set[int]]()
    for cursor, phase, lines in screens(lesson, (80, 24)):
        if phase is Phase.BACKWARD:
            step = trace(lesson).script.step(cursor.step - 1)
            names = chain_table(lines)[0]
            factors = trace(lesson).chains.lengths(step.parameter_index or 0)[0]
            pages.setdefault((step.parameter_index, step.path), set()).add(names)
            starts.setdefault(factors, set()).update(
                found.start() for found in re.finditer(r"(?<!/)∂|product|Σ", names))
    assert max(map(len, pages.values())) <= 2
    assert len(starts[max(starts)]) == places


def test_what_the_delta_form_saves_stands_below_the_chain_no_column_of_it() -> None:
    for _, phase, lines in screens("and-gate", (80, 24), "delta", 9):
        if phase is Phase.BACKWARD:
            assert not any("by δ" in line or "multiplications" in line for line in chain_table(lines))

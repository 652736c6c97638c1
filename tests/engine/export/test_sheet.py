"""A sheet of paper: what is asked for, with blanks; its key."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from engine.export.selection import SelectionError, select_parts
from engine.export.sheet import SHEET_WRITERS, mistakes
from engine.export.sheet.columns import parts
from engine.export.sheet.composition import compose_key, compose_sheet
from engine.export.sheet.drawing import draw_network
from engine.export.sheet.key_of_copies import compose_key_of_copies
from engine.export.sheet.sections import Sections
from engine.export.sheet.sheet import Blank, Cell, Sheet, Table
from engine.export.sheet.text import BLANK, LONG_BLANK
from engine.graph.quantity import Source
from engine.graph.step import Phase
from engine.learner.progress import FORMS
from engine.text.notation import number
from engine.text.width import columns
from engine.trace.chain import Form
from engine.trace.history import History
from engine.trace.trace import Trace
from engine.walk.opening import load_trace
from lessons import OTHER_KINDS, SHAPES, and_trace, seeded


def sheet(trace: Trace, part: str | None = None, epochs: int = 1, is_key: bool = False,
          with_checks: bool = False) -> Sheet:
    """Blank; or with its numbers, but without the mistakes, which take longer to find."""
    selection = select_parts(trace, part)
    blank = compose_sheet(trace, "handgrad play", None, epochs, selection, with_checks)
    sections = Sections(trace, epochs, selection, is_key, with_checks)
    return blank._replace(is_key=True, sections=sections) if is_key else blank


def key_of(trace: Trace) -> Sheet:
    return compose_key(trace, "handgrad play", None, 1, select_parts(trace))


def written(kind: str, *sheets: Sheet) -> str:
    return "".join(SHEET_WRITERS[kind](sheets))


def asked(of: Sheet) -> list[Blank]:
    return [blank for section in of.sections for table in section.tables for blank in table.blanks()
            if not blank.is_copy]


def shown(cell: Cell) -> str:
    """The number in it, without a sign that it is rounded."""
    return (cell.answer if isinstance(cell, Blank) else cell).removeprefix("≈ ")


LESSONS = {**{name: load_trace(name) for name in SHAPES}, **{name: Trace(each) for name, each in OTHER_KINDS.items()}}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", LESSONS)
def test_every_number_of_the_script_is_asked_for_once_and_answered(name: str, form: Form) -> None:
    trace = LESSONS[name].in_form(form)
    epochs = 1 + trace.lesson.trains
    blanks = asked(sheet(trace, epochs=epochs, is_key=True))
    assert sorted((blank.epoch, blank.step_index) for blank in blanks) == [
        (epoch, index) for epoch in range(1, epochs + 1) for index in range(trace.script.length)]
    for blank in blanks:
        assert shown(blank) == number(trace.entry(blank.epoch, blank.step_index).value)
    assert [blank._replace(answer="") for blank in blanks] == asked(sheet(trace, epochs=epochs))


@pytest.mark.parametrize("part", [None, "forward"])
@pytest.mark.parametrize("name", OTHER_KINDS)
def test_a_pass_begins_with_what_the_one_before_ended_with(name: str, part: str | None) -> None:
    """Batch by batch, also where there is no update on the sheet; the updates are counted."""
    trace = LESSONS[name]
    passes = [(epoch, batch.rows.start) for epoch in (1, 2) for batch in trace.script.batches]

    def read(nth: int, source: Source) -> list[str]:
        epoch, row = passes[nth]
        return [number(trace.read(epoch, trace.symbols.parameter(each, source), row)) for each in trace.lesson.order]
    sections = [section for section in sheet(trace, part, 2, is_key=True).sections if "pdate" in section.heading]
    for nth, section in enumerate(sections, len(passes) - len(sections)):
        table, = section.tables
        columns = list(zip(*(map(shown, row.cells) for row in table.rows), strict=True))
        if part:
            assert [column for column, in columns] == read(nth, Source.PARAMETER)
        else:
            assert [list(columns[k]) for k in (0, 1, -1)] == [
                read(nth, source) for source in (Source.PARAMETER, Source.GRADIENT, Source.UPDATED)]
            assert section.formulas[-1:] == [f"t = {nth + 1}"] or not trace.updates.counts
    assert len(sections) == len(passes) - bool(part)


def test_what_a_part_needs_first_is_what_the_forward_pass_has() -> None:
    def numbers(part: str | None) -> set[tuple[str, str, str]]:
        section = next(each for each in sheet(and_trace(), part, is_key=True).sections if each.tables)
        return {(row.heads[0], column.name, shown(cell)) for table in section.tables for row in table.rows
                for column, cell in zip(table.columns, row.cells, strict=True)}
    assert len(needed := numbers("backward")) == 24
    assert needed < numbers(None)


@pytest.mark.parametrize(("part", "asks", "copies"), [
    ("forward", 29, 0), ("update", 9, 9), ("w13", 26, 25), ("forward,w13", 55, 1), ("Z3,Loss", 9, 0),
    ("backward,update", 210, 33)])
def test_a_part_asks_for_what_the_trace_writes_of_it(part: str, asks: int, copies: int) -> None:
    """And has room for what goes into that."""
    of = sheet(and_trace(), part)
    blanks = [blank for section in of.sections for table in section.tables for blank in table.blanks()]
    assert (len(asked(of)), sum(blank.is_copy for blank in blanks)) == (asks, copies)
    assert sorted(blank.step_index for blank in asked(of)) == list(select_parts(and_trace(), part).steps(and_trace()))


def test_what_is_no_part_is_said() -> None:
    assert select_parts(and_trace(), "update,forward").phases == {Phase.FORWARD, Phase.UPDATE}
    for part, said in (("w13,update", "--part w13,update; expected forward, backward, update, several"),
                       ("forwards", '; or forward, backward, update; did you mean "forward"?')):
        with pytest.raises(SelectionError, match=re.escape(said)):
            select_parts(and_trace(), part)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", LESSONS)
def test_lines_of_text_fit_a_page(name: str, form: Form) -> None:
    trace = LESSONS[name].in_form(form)
    blank, key = (written("text", sheet(trace, is_key=is_key)) for is_key in (False, True))
    assert [line for line in (blank + key).splitlines() if columns(line) > 80] == []
    tables = [table for section in sheet(trace).sections for table in section.tables]
    assert re.findall("__+", blank)[2:] == [BLANK] * sum(len(list(table.blanks())) for table in tables)  # name and date
    assert BLANK not in key


@pytest.mark.parametrize("kind", SHEET_WRITERS)
def test_a_blank_sheet_is_written_without_a_number_being_known(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So it has none; the key has them all. Gradient checks are no exception."""
    of_key = sheet(and_trace(), is_key=True, with_checks=True)
    answers, key = [blank.answer.removeprefix("≈ ") for blank in asked(of_key)], written(kind, of_key)
    assert [answer for answer in answers if answer not in key] == []
    monkeypatch.setattr(History, "epoch", pytest.fail)
    for trace in LESSONS.values():
        written(kind, sheet(Trace(trace.lesson), epochs=1 + trace.lesson.trains, with_checks=True))
    blank = written(kind, sheet(and_trace(), with_checks=True))
    assert [answer for answer in answers if len(answer) > 5 and answer in blank] == []


def test_values_in_a_drawing_hide_few_other_lines() -> None:
    drawing = ElementTree.fromstring(draw_network(load_trace("softmax").lesson))
    lines = [[float(line.get(end, "")) for end in ("x1", "y1", "x2", "y2")] for line in drawing.iter("line")]
    boxes = [[float(box.get(side, "")) for side in ("x", "y", "width", "height")] for box in drawing.iter("rect")]
    hidden = {(k, other) for k, (x, y, width, height) in enumerate(boxes)
              for other, (x1, y1, x2, y2) in enumerate(lines) for part in range(101)
              if other != k and 0 < x1 + (x2 - x1) * part / 100 - x < width
              and 0 < y1 + (y2 - y1) * part / 100 - y < height}
    assert len(boxes) == 6
    assert len(hidden) <= 2  # at their ends; five where each stands at the first free place


def test_a_command_to_be_typed_stands_in_one_line() -> None:
    play = f"handgrad play {'a' * 40} --numbers 7"
    assert f"\nNumbers 7; the same on screen:\n{play}\n" in written(
        "text", compose_sheet(and_trace(), play, 7, 1, select_parts(and_trace(), "forward")))


def test_no_word_of_a_lesson_is_anything_else_on_a_sheet() -> None:
    title = "<b>&amp;</b> --> ]]> <script>alert('x')</script> | `*_"
    lesson = replace(load_trace("two-outputs").lesson, title=title, targets=("y", "<i>"))
    file = written("html", sheet(Trace(lesson)), sheet(Trace(lesson), is_key=True))
    assert not re.search("<script|<b>|<i>|https?:|url\\(|@import", file)
    page = ElementTree.fromstring(re.sub("<meta.*>", "", file.partition("\n")[2]))
    assert [heading.text for heading in page.iter("h1")] == [title, f"{title} (key)"]
    assert page.findtext("head/title") == title
    assert written("md", sheet(Trace(lesson))).startswith("# \\<b\\>&amp;")


@pytest.mark.parametrize("name", ["two-outputs", "a graph"])
def test_tables_can_be_read_aloud(name: str) -> None:
    """Every column and every line is called something, and every cell has a column."""
    page = ElementTree.fromstring(re.sub("<meta.*>", "", written("html", sheet(LESSONS[name])).partition("\n")[2]))
    assert page.get("lang") == "en"
    for table in page.iter("table"):
        heads = table.findall("thead/tr/*")
        assert {head.get("scope") for head in heads} == {"col"}
        for row in table.findall("tbody/tr"):
            assert [cell.get("scope") for cell in row] == ["row", *[None] * (len(heads) - 1)]
    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch("h[1-6]", element.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_columns_that_do_not_fit_are_parted_evenly() -> None:
    assert parts([3, 3, 3, 3, 3, 3, 3], 20) == [range(4), range(4, 7)]
    assert parts([30, 3, 3], 20) == [range(1), range(1, 3)]


def said_once(table: Table) -> list[str]:
    """The numbers that a key of copies has of it."""
    cells = [cell for row in table.rows for column, cell in zip(table.columns, row.cells, strict=True)
             if isinstance(cell, Blank) and not cell.is_copy and not column.is_reused]
    return [blank.answer for blank in (*cells, *(total.blank for total in table.totals))]


def test_one_key_has_a_line_for_each_copy() -> None:
    traces = [load_trace("and-gate", seed) for seed in (7, 8)]
    key = compose_key_of_copies(traces, [7, 8], 1, select_parts(traces[0]), with_checks=True)
    of_key = [table for section in key.sections for table in section.tables]
    rows = [row for table in of_key for row in table.rows]
    for seed, trace in zip((7, 8), traces, strict=True):
        of_copy = [cell for row in rows if row.heads == [str(seed)] for cell in row.cells if isinstance(cell, Blank)]
        whole = sheet(trace, is_key=True, with_checks=True)
        tables = [table for section in whole.sections for table in section.tables]
        assert [blank.answer for blank in of_copy] == [number for table in tables for number in said_once(table)]
    assert next(filter(None, (table.caption for table in of_key))) == "(1) ∂Loss/∂w13"  # told where it goes on, too


def test_the_last_of_a_sheet_is_printed_with_what_stands_before_it() -> None:
    """The update with the last gradient; of what mistakes give the last three."""
    blank, key = (ElementTree.fromstring(re.sub("<meta.*>", "", written("html", each).partition("\n")[2]))
                  for each in (sheet(and_trace(), "w13"), key_of(and_trace())))
    last = blank.findall("body/article/*")[-1]
    assert last.get("class") == "together"
    assert [section[0].text for section in last][1:] == ["Update"]
    assert max(map(len, key.findall(".//dl[@class='mistakes together']"))) == 3


def test_a_key_says_what_mistakes_give() -> None:
    key = " ".join(written("text", key_of(and_trace())).split())
    assert "Z3, row 1: 0.3 0.2 is the weighted sum without the bias: 0.1 is added at the end." in key
    assert "∂Loss/∂w23: 0.01201 −6.30625 adds up each column" in key
    assert "What mistakes give" not in written("text", sheet(and_trace()))


def test_what_mistakes_give_is_sought_for_so_many_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows times numbers: of a large lesson the first ones alone."""
    monkeypatch.setattr(mistakes, "MOST_WORK", 4 * 2)
    names = [mistaken.name for section in key_of(and_trace()).sections for mistaken in section.mistakes]
    assert names == ["Z3, row 1", "A3, row 1"]


@pytest.mark.parametrize(("layers", "width"), [(2, "126"), (3, "132"), (4, "184"), (5, "")])
def test_a_network_is_drawn_as_wide_as_the_page_has_room(layers: int, width: str) -> None:
    """Beside a table, if it needn't be much smaller for that; else over all of the page."""
    drawn = draw_network(seeded([1] * (layers + 1), ["sigmoid"] * layers))
    assert re.findall(r' width="(\d+)mm"', drawn) == [width] * bool(width)


@pytest.mark.parametrize("form", FORMS)
def test_behind_each_gradient_its_check_if_that_is_asked_for(form: Form) -> None:
    """With what the lesson's own sheet has, for the learner to decide; the key says what is right."""
    trace = load_trace("gradient-check").in_form(form)
    blank, key = (written("text", sheet(trace, "b3,w34", is_key=is_key, with_checks=True)) for is_key in (False, True))
    checks = blank.split("Gradient check of ")[1:]
    assert [check.split()[0] for check in checks] == ["∂Loss/∂b3", "∂Loss/∂w34"]
    assert " ∂Loss/∂b3 = 0.0261. Circle what that is: right / wrong\n" in checks[0]
    line = f"{LONG_BLANK}  {LONG_BLANK}  {BLANK}  {BLANK}\n"
    assert [f"  {h:5}  {line}" in check for check in checks for h in ("0.1", "0.01", "0.001")] == [True] * 6
    assert "  0.01   0.21727504529634  0.21569253425684  0.0791255520  1.2e−5\n" in key
    assert re.findall("the sheet is (right|wrong)", key) == ["wrong", "right"]
    assert "Somebody else found" not in written("text", sheet(load_trace("gradient-check", 7), with_checks=True))
    for has_key, said in ((False, "Circle what that is: right / wrong"), (True, "That is wrong.")):  # without checks
        unchecked = " ".join(written("text", sheet(trace, "b3,w34", is_key=has_key)).split())
        assert f"Somebody else found ∂Loss/∂b3 = 0.0261. {said}" in unchecked
        assert unchecked.count("Somebody else found") == 2
    assert max(map(columns, (blank + key).split("\n"))) <= 80

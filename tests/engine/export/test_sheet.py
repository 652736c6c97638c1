"""A sheet of paper: what is asked for, with blanks; its key."""

import re

import pytest

from engine.export.selection import SelectionError, select_parts
from engine.export.sheet.composition import compose_sheet
from engine.export.sheet.sheet import Blank, Sheet
from engine.export.sheet.text import BLANK, write_text
from engine.graph.step import Phase
from engine.learner.progress import FORMS
from engine.text.notation import number
from engine.text.width import columns
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.walk.opening import load_trace
from lessons import OTHER_KINDS, SHAPES, and_trace


def sheet(trace: Trace, part: str | None = None, epochs: int = 1, is_key: bool = False) -> Sheet:
    return compose_sheet(trace, "handgrad play", None, epochs, select_parts(trace, part), is_key)


def asked(of: Sheet) -> list[Blank]:
    return [blank for section in of.sections for table in section.tables for blank in table.blanks()
            if not blank.is_copy]


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
        assert blank.answer.removeprefix("≈ ") == number(trace.entry(blank.epoch, blank.step_index).value)
    assert [blank._replace(answer="") for blank in blanks] == asked(sheet(trace, epochs=epochs))


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
    blank, key = ("".join(write_text(sheet(trace, is_key=is_key))) for is_key in (False, True))
    assert [line for line in (blank + key).splitlines() if columns(line) > 80] == []
    tables = [table for section in sheet(trace).sections for table in section.tables]
    assert re.findall("__+", blank)[2:] == [BLANK] * sum(len(list(table.blanks())) for table in tables)  # name and date
    assert BLANK not in key

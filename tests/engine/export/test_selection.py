"""A part of a trace, the same in every format."""

import csv
import io
import json
import re

import pytest

from engine.export import WRITERS
from engine.export.selection import Selection, SelectionError, select, whole
from engine.graph.step import Kind, Phase, Step
from engine.learner.progress import FORMS
from engine.trace.chain import Form
from engine.trace.trace import Trace
from lessons import and_trace, seeded

DEEP = Trace(seeded([2, 3, 2, 2], ["tanh", "relu", "sigmoid"]))


def is_in(selection: Selection, step: Step) -> bool:
    """The rule, one step at a time."""
    if step.phase not in selection.phases or (step.row is not None and step.row not in selection.rows):
        return False
    if step.parameter_index is not None:
        return step.parameter_index in selection.parameters
    letter = {Kind.NET_INPUT: "Z", Kind.ACTIVATION: "A", Kind.DELTA: "δ"}.get(step.kind)
    return selection.has(f"{letter}{step.unit.number}" if step.unit else "Loss")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("part", "rows", "phase"), [
    (None, None, None), ("w13", None, None), ("b8,w14", "1,3", None), (None, "2-3,4", "forward,update"),
    ("Z4,Loss,A8", "4", None), ("Z4,w68", "1", "backward")])
def test_what_is_leapt_over_is_what_does_not_belong(part: str, rows: str, phase: str, form: Form) -> None:
    trace = DEEP.in_form(form)
    selection, script = select(trace, part, rows, phase), trace.script
    expected = [index for index in range(script.length) if is_in(selection, script.step(index))]
    assert list(selection.steps(trace)) == expected != []


def test_names_with_commas_rows_and_phases_are_read() -> None:
    trace = Trace(seeded([4, 5, 1], ["tanh", "sigmoid"]))
    selection = select(trace, "w1,6,b5, w5,10", "4, 1-2", "update")
    assert [trace.lesson.order[index].name for index in selection.parameters] == ["b5", "w1,6", "w5,10"]
    assert (selection.rows, selection.phases) == ([0, 1, 3], {Phase.UPDATE})
    assert list(whole(trace).steps(trace)) == list(range(trace.script.length))


def test_by_delta_a_parameters_chain_begins_with_its_units() -> None:
    trace = and_trace().in_form("delta")
    steps = [trace.script.step(index) for index in select(trace, "w14", "2").steps(trace)]
    assert [step.kind.value for step in steps] == ["delta", "product", "gradient", "update"]
    assert steps[0].unit == trace.symbols.target_unit(trace.lesson.network.parameters["w14"])
    assert select(trace, "delta4").others == select(trace, "δ4").others == {"δ4"}


def test_every_format_has_the_part_alone() -> None:
    trace = and_trace()
    selection = select(trace, "w13,b3", "2-3")
    text, markdown, table, document = ("".join(WRITERS[name](trace, 2, selection))
                                       for name in ("text", "md", "csv", "json"))
    for sheet in (text, markdown):
        assert re.findall(r"(\(\d\)) ∂Loss", sheet) == ["(1)", "(3)"] * 2
        assert re.findall(r"row (\d):", sheet) == list("2323") * 2
        assert "Forward pass" not in sheet
        assert re.findall(r"new (\w+) =", sheet) == ["w13", "b3"] * 2
    lines = list(csv.DictReader(io.StringIO(table)))
    assert {line["row"] for line in lines} == {"", "2", "3"}
    assert {line["parameter"] for line in lines} == {"", "w13", "b3"}
    assert {line["kind"] for line in lines} == {
        "learning_rate", "parameter", "input", "target", "factor", "product", "gradient", "update"}
    everything = json.loads("".join(WRITERS["json"](trace, 2)))
    for part, all_of_it in zip(json.loads(document)["epochs"], everything["epochs"], strict=True):
        assert (part["row_numbers"], "rows" in part) == ([2, 3], False)
        assert part["loss"] == all_of_it["loss"]
        for name in ("w13", "b3"):
            assert part["update"][name] == all_of_it["update"][name]
            assert part["gradients"][name]["rows"] == all_of_it["gradients"][name]["rows"][1:3]
        assert part["parameters"].keys() == part["gradients"].keys() == part["update"].keys() == {"w13", "b3"}


@pytest.mark.parametrize(("phase", "keys"), [
    ("forward", {"rows"}), ("backward", {"gradients"}), ("update,forward", {"rows", "update"})])
def test_json_leaves_out_what_belongs_to_other_phases(phase: str, keys: set[str]) -> None:
    trace = and_trace()
    (epoch,) = json.loads("".join(WRITERS["json"](trace, 1, select(trace, phase=phase))))["epochs"]
    assert epoch.keys() == {"epoch", "parameters", "loss", *keys}


def test_json_has_the_units_that_are_asked_for() -> None:
    trace = and_trace()
    (epoch,) = json.loads("".join(WRITERS["json"](trace, 1, select(trace, "Z3,A5", "1"))))["epochs"]
    (row,) = epoch["rows"]
    assert (row.keys(), row["Z"].keys(), row["A"].keys()) == ({"inputs", "targets", "Z", "A"}, {"3"}, {"5"})


def test_a_part_of_a_large_network_is_found_at_once() -> None:
    """By arithmetic: no other parameter's chain is ever made."""
    trace = Trace(seeded([8, 64, 64, 2], ["tanh"] * 3))
    lines = "".join(WRITERS["csv"](trace, 2, select(trace, "b138", "1"))).splitlines()
    assert len(lines) < 40
    assert len(trace.chains._paths) == 1


@pytest.mark.parametrize(("part", "rows", "phase", "complaint"), [
    ("w31", None, None, '--part w31; expected a parameter, as w13, or Z3 to A5, Loss; with --form delta also δ3; '
                        'did you mean "w35"?'),
    ("w13,?", None, None, "--part ?; expected a parameter, as w13, or Z3 to A5, Loss; with --form delta also δ3"),
    (None, "2-5", None, "--rows 2-5; expected rows from 1 to 4, as 1,3 or 1-3"),
    (None, "3-1", None, "--rows 3-1; expected rows from 1 to 4, as 1,3 or 1-3"),
    (None, "1,", None, "--rows ; expected rows from 1 to 4, as 1,3 or 1-3"),
    (None, "0", None, "--rows 0; expected rows from 1 to 4, as 1,3 or 1-3"),
    (None, "x\x1b", None, "--rows x\\x1b; expected rows from 1 to 4, as 1,3 or 1-3"),
    (None, None, "forwards", '--phase forwards; expected forward, backward, update; did you mean "forward"?'),
    ("b3", None, "forward", "--part b3 with --phase forward; expected backward, update")])
def test_what_is_not_there_is_said(part: str, rows: str, phase: str, complaint: str) -> None:
    with pytest.raises(SelectionError) as error:
        select(and_trace(), part, rows, phase)
    assert str(error.value) == complaint

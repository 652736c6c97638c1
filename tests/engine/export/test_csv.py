"""The trace as CSV: the whole calculation, which can be done again from the file alone."""

import csv
import io
import math
import random
import re
import shutil
import subprocess
import tracemalloc
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from itertools import islice, zip_longest
from pathlib import Path

import pytest
from families import ALL_FAMILIES, any_family
from random_graphs import random_graph
from spreadsheets import calculate

from engine.export import WRITERS
from engine.export.selection import select
from engine.learner.progress import FORMS
from engine.lesson.lesson import load, shipped_lessons
from engine.trace.chain import Form
from engine.trace.trace import Trace
from lessons import and_trace, seeded

OFFICE = shutil.which("soffice")
MINUS_SIGNS = ["−", "-"]  # as it is, and in ASCII


def written(trace: Trace, epochs: int = 1) -> str:
    return "".join(WRITERS["csv"](trace, epochs))


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_step_is_a_line_behind_what_is_given() -> None:
    lines = read(written(and_trace(), 3))
    assert Counter(line["kind"] for line in lines) == {kind: 3 * count for kind, count in {
        "learning_rate": 1, "parameter": 9, "input": 8, "target": 4, "net_input": 12, "activation": 12, "row_loss": 4,
        "loss": 1, "factor": 156, "product": 36, "gradient": 9, "update": 9}.items()}
    assert sum(int(line["reused"] or 0) for line in lines) == 3 * 96
    steps = [int(line["step"]) for line in lines if line["epoch"] == "2" and line["step"]]
    assert steps == list(range(1, 240))
    assert lines[22 + 37] == {
        "epoch": "1", "step": "38", "kind": "factor", "name": "∂Z5/∂A3", "row": "2", "number": "1", "parameter": "w13",
        "path": "1", "factor": "3", "formula": "w35", "numbers": "−0.4", "value": "-0.4", "reused": "0"}
    assert lines[22 + 230] == {
        "epoch": "1", "step": "231", "kind": "update", "name": "new w13", "row": "", "number": "1", "parameter": "w13",
        "path": "", "factor": "", "formula": "w13 − lr·∂Loss/∂w13", "numbers": "0.8 − 0.5·(−0.01520)",
        "value": "0.8076018177368957", "reused": ""}


def assert_calculated_again(trace: Trace, name: str) -> None:
    """Products and sums of paths to the last digit, where their factors are lines; what adds up in another order, and
    what is derived anew, to 1e-12.
    """
    text, count = written(trace, min(3, trace.history.last_epoch)), 0
    for line, expected, is_exact in calculate(read(text)):
        close = expected if is_exact and trace.chains.by_paths else pytest.approx(expected, rel=1e-12, abs=1e-12)
        assert float(line["value"]) == close, (name, line)
        count += 1
    assert count >= trace.script.length


@pytest.mark.parametrize("form", FORMS)
def test_three_epochs_are_calculated_again_from_the_file_alone(form: Form) -> None:
    for name in shipped_lessons():
        assert_calculated_again(Trace(load(name), form), name)


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_lesson_is_calculated_again_from_the_file_alone(form: Form) -> None:
    """Biases, softmax, batches, optimizers, what is not trained; graphs of formulas."""
    draw = random.Random(5)
    families = [any_family(draw, *family) for family in ALL_FAMILIES[::4]]
    for lesson in (*families, *(random_graph(draw).lesson for _ in range(5))):
        trace = Trace(lesson, form)
        if trace.script.length < 3000:
            assert_calculated_again(trace, lesson.id)


def test_a_batch_has_a_column_and_begins_with_its_parameters() -> None:
    lesson = replace(and_trace().lesson, batch=3)
    lines = read(written(Trace(lesson)))
    assert "batch" not in read(written(and_trace()))[0]
    assert [line["row"] for line in lines if line["kind"] == "row_loss"] == list("1234")
    assert [line["batch"] for line in lines if line["kind"] == "row_loss"] == list("1112")
    starts = [line["value"] for line in lines if line["name"] == "w13" and line["kind"] == "parameter"]
    assert starts == ["0.8", next(line["value"] for line in lines if line["name"] == "new w13")]
    (w13,) = read("".join(WRITERS["csv"](Trace(lesson), 1, select(Trace(lesson), "Z3", "4"))))[-1:]
    assert (w13["name"], w13["batch"]) == ("Z3", "2")


@pytest.mark.parametrize("minus", MINUS_SIGNS)
def test_no_text_is_a_formula_to_a_spreadsheet(minus: str) -> None:
    for loss in ("mse", "bce", "half_sse"):
        for form in FORMS:
            trace = Trace(seeded([2, 2, 2], ["tanh", "sigmoid"], loss=loss), form)
            for line in read(written(trace).replace("−", minus)):
                for text in line.values():
                    assert re.match(r"[^-=+@−]|[-−][\d.]+(e-?\d+)?$", text or "0"), line


def test_a_text_that_would_be_one_stands_in_parentheses() -> None:
    factor = next(line for line in read(written(and_trace())) if line["kind"] == "factor")
    assert (factor["formula"], factor["numbers"]) == ("(−(y−A5)/2)", "(−(1−0.70889)/2)")
    Z5 = next(line for line in read(written(and_trace())) if line["name"] == "Z5")
    assert Z5["numbers"] == "(−0.4)·0.3 + 0.9·0.9 + 0.2"


def test_a_number_that_is_not_finite_is_left_empty() -> None:
    lesson = replace(seeded([2, 3, 1], ["relu", "linear"]), learning_rate=1e200)
    lines = read(written(Trace(lesson), 9))
    assert "" in {line["value"] for line in lines}
    assert all(math.isfinite(float(line["value"] or 0)) for line in lines)


def test_names_with_a_comma_stay_in_their_column() -> None:
    lines = read(written(Trace(seeded([4, 5, 1], ["tanh", "sigmoid"], rows=1))))
    assert "w1,5" in {line["parameter"] for line in lines}
    assert {None} not in [set(line) for line in lines]


def test_memory_stays_flat() -> None:
    pieces = WRITERS["csv"](and_trace(), 80)
    assert len(list(islice(pieces, 10))) == 10  # some first, so that all modules are there
    tracemalloc.start()
    size = sum(map(len, pieces))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000 < 2 * size  # two bytes for each character


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("minus", MINUS_SIGNS)
def test_libreoffice_reads_numbers_as_numbers_and_text_as_text(tmp_path: Path, minus: str) -> None:
    """Where a mark says that it is UTF-8; sums of products are gradients there."""
    text = written(and_trace(), 3).replace("−", minus)
    (tmp_path / "trace.csv").write_text(text, "utf-8-sig")
    subprocess.run([str(OFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
                    "--convert-to", "fods", "--infilter=CSV:44,34,UTF8,1,,1033,false,true", "--outdir", str(tmp_path),
                    str(tmp_path / "trace.csv")], check=True, capture_output=True, timeout=120)
    head, *lines = filter(None, map(cells_of, ET.parse(tmp_path / "trace.fods").iter(TABLE + "table-row")))
    gradients, products = dict[object, float](), Counter[object]()
    for cells, line in zip(lines, read(text), strict=True):
        found = dict(zip_longest(head, cells))
        epoch, parameter, value = found["epoch"], found["parameter"], found["value"]
        assert isinstance(value, float), line
        assert value == pytest.approx(float(line["value"]), rel=1e-14)  # it keeps 15 digits
        assert (found["formula"] or "") == line["formula"] or line["formula"] == "1"
        if found["kind"] == "gradient":
            gradients[epoch, parameter] = value
        elif found["kind"] == "product" and found["path"] is None:
            products[epoch, parameter] += value
    assert len(gradients) == 27
    assert products == pytest.approx(gradients, abs=1e-12)


TABLE, OFFICE_NAMES = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
                             for name in ("table", "office"))


def cells_of(row: ET.Element) -> list[float | str | None]:
    """A row's cells, up to the last that has something; none of them is a formula."""
    cells: list[float | str | None] = []
    for cell in row.iter(TABLE + "table-cell"):
        assert TABLE + "formula" not in cell.attrib
        value = cell.get(OFFICE_NAMES + "value")
        text = "".join(cell.itertext()).strip() or None
        repeated = min(int(cell.get(TABLE + "number-columns-repeated", 1)), 99)  # thousands at the end
        cells += [text if value is None else float(value)] * repeated
    while cells and cells[-1] is None:
        cells.pop()
    return cells

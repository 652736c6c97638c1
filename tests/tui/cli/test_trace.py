"""A trace, as the command writes it."""

import json

import pytest

from command import run
from engine.export.text_trace import write_text
from engine.lesson.lesson import load, shipped_lessons
from engine.trace.trace import Trace
from tui.view.glyphs import ascii_form


def written(*arguments: str) -> str:
    """In UTF-8, whatever the locale."""
    return run("trace", *arguments, encoding="ascii").stdout


def test_every_format_goes_to_stdout() -> None:
    assert json.loads(written("and-gate", "--format", "json", "--epochs", "2"))["epochs"][1]["epoch"] == 2
    assert len(written("and-gate", "--format", "csv").splitlines()) == 1 + 22 + 239
    assert written("and-gate", "--format", "md").startswith("# AND gate, by hand\n")
    text = written("and-gate")
    assert text.startswith("AND gate, by hand\n=====")
    assert "∂Loss/∂w13" in text


@pytest.mark.parametrize("ascii_alone", [[], ["--ascii"]], ids=str)
def test_csv_begins_with_a_mark_where_it_is_asked_for(ascii_alone: list[str]) -> None:
    """What is ASCII alone is UTF-8, too."""
    plain, marked = (written("and-gate", "--format", "csv", *ascii_alone, *mark) for mark in ([], ["--bom"]))
    assert (plain[:5], marked) == ("epoch", f"\ufeff{plain}")


def test_lines_fit_a_page_in_ascii_too() -> None:
    """Where signs are longer."""
    def measure(text: str) -> int:
        return len(ascii_form(text))
    for name in shipped_lessons():
        text = "".join(write_text(Trace(load(name), "delta"), 1, measure=measure, with_checks=True))
        assert max(map(len, ascii_form(text).splitlines())) <= 80
    assert written("two-outputs", "--form", "delta", "--ascii") == ascii_form(
        "".join(write_text(Trace(load("two-outputs"), "delta"), 1, measure=measure)))


@pytest.mark.parametrize(("arguments", "complaint"), [
    ("--part w13 --rows 2-5", "--rows 2-5; expected rows from 1 to 4, as 1,3 or 1-3"),
    ("--epochs zwei", "--epochs zwei; expected a whole number from 1 to 1000000"),
    ("--format json --bom", "--bom with --format json; expected --format csv"),
    ("--format csv --check", "--check with --format csv; expected --format text or md"),
    *((f"--format pytorch {option}", f"{option.split()[0]} with --format pytorch; expected another format: the script "
        "has no steps to choose from") for option in ("--part w13", "--form delta"))])
def test_what_is_not_there_is_a_wrong_command_line(arguments: str, complaint: str) -> None:
    result = run("trace", "and-gate", *arguments.split())
    assert (result.returncode, result.stdout, result.stderr) == (2, "", f"handgrad trace: {complaint}\n")


def test_a_part_is_written() -> None:
    """Given at once or one by one."""
    text = written("and-gate", "--part", "w13", "--part", "b3", "--rows", "2", "--phase", "update", "--ascii")
    assert text == written("and-gate", "--part", "w13,b3", "--rows", "2", "--phase", "update", "--ascii")
    assert text.endswith("\nUpdate\n  new w13 = w13 - lr*dLoss/dw13 = 0.8 - 0.5*(-0.01520) = 0.80760\n"
                         "  new b3 = b3 - lr*dLoss/db3 = 0.1 - 0.5*(-0.04203) = 0.12101\n")

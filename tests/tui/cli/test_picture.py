"""handgrad picture: a screen in SVG."""

import re
from html import unescape
from pathlib import Path

import pytest

from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.cli.main import main
from tui.view.layout import picture


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output, complaints."""
    with pytest.raises(SystemExit) as ended:
        main(["picture", *arguments])
    return int(ended.value.code or 0), *capsys.readouterr()


def words(svg: str) -> list[str]:
    return unescape(" ".join(re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL))).split()


def test_it_is_the_screen_at_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    """After keys, too; and in other ways."""
    status, svg, _ = run(capsys, "and-gate", "--at", "1:37", "--keys", "right space")
    shown = picture(Walk(and_trace(), Cursor(1, 39)), 80, 24).text()
    assert (status, "".join(words(svg))) == (0, "handgrad" + "".join(shown.split()))
    assert "font-face" not in svg
    _, svg, _ = run(capsys, "and-gate", "--at", "2000:38", "--size", "120x40", "--theme", "textual-light", "--ascii",
                    "--form", "delta", "--numbers", "3")
    assert svg.isascii()
    assert svg.startswith('<svg role="img" ')
    assert "<title>A screen of handgrad</title>" in svg
    assert "#292929" not in svg  # the frame of a light theme is light
    assert {"2000", "delta3", "epoch"} <= {*words(svg)}


def test_a_file_is_written_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "and.svg"
    assert run(capsys, "and-gate", "-o", str(file)) == (0, f"wrote {file}\n", "")
    before = file.read_text("utf-8")
    assert run(capsys, "xor-gate", "-o", str(file)) == (
        1, "", f"{file}: exists already, and is left as it is; expected another name\n")
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize(("arguments", "status", "complaint"), [
    ("--size 80", 2, "--size 80; expected WIDTHxHEIGHT from 60x20 to 300x100"),
    ("--size 10x10", 2, "--size 10x10; expected WIDTHxHEIGHT from 60x20 to 300x100"),
    ("--keys xyz", 2, "--keys xyz; expected characters and names of keys, such as pagedown or ctrl+t, with blanks "
     "between"),
    ("--keys q", 2, "--keys: they leave handgrad; expected some that don't"),
    ("--at 0", 2, "handgrad: 0: epoch 0; expected 1 to 1000000"),
    ("--theme norrd", 2, "--theme norrd; expected one of ansi, "),
    ("-o /nowhere/and.svg", 1, "/nowhere/and.svg: no such file or directory; expected a file that can be made")])
def test_what_can_not_be_is_said_in_a_line(capsys: pytest.CaptureFixture[str], arguments: str, status: int,
                                           complaint: str) -> None:
    code, output, said = run(capsys, "and-gate", *arguments.split())
    assert (code, output) == (status, "")
    assert said.removeprefix("handgrad picture: ").startswith(complaint)
    assert said.count("\n") == 1

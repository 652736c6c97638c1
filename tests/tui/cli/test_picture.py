"""handgrad picture: a screen in SVG."""

import re
from html import unescape
from pathlib import Path

import pytest

from tui.cli.main import main

SCREENSHOTS = Path(__file__).parents[3] / "screenshots"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output, complaints."""
    with pytest.raises(SystemExit) as ended:
        main(["picture", *arguments])
    return int(ended.value.code or 0), *capsys.readouterr()


def words(svg: str) -> str:
    return unescape("".join(re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL))).replace("\xa0", " ")


def test_it_is_the_screen_at_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    """After keys, too."""
    for name, arguments in (("chain", ("--at", "1:38")), ("sigmoid", ("--at", "1:37", "--keys", "d"))):
        status, svg, _ = run(capsys, "and-gate", *arguments)
        assert (status, words(svg)) == (0, words((SCREENSHOTS / f"{name}.svg").read_text("utf-8")))
        assert "font-face" not in svg
    _, svg, _ = run(capsys, "and-gate", "--at", "2000:38", "--size", "120x40", "--theme", "textual-light", "--ascii",
                    "--form", "delta", "--numbers", "3")
    assert svg.isascii()
    assert all(text in words(svg) for text in ("epoch 2000", "delta3", "Loss, epoch by epoch"))


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
    ("--theme norrd", 2, "--theme norrd; expected one of ansi, "),
    ("-o /nowhere/and.svg", 1, "/nowhere/and.svg: no such file or directory; expected a file that can be made")])
def test_what_can_not_be_is_said_in_a_line(capsys: pytest.CaptureFixture[str], arguments: str, status: int,
                                           complaint: str) -> None:
    code, output, said = run(capsys, "and-gate", *arguments.split())
    assert (code, output) == (status, "")
    assert said.removeprefix("handgrad picture: ").startswith(complaint)
    assert said.count("\n") == 1

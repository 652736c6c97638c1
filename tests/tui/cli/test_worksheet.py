"""Sheets of paper, as the command writes them."""

import re

import pytest

from engine.walk.opening import load_trace
from tui.cli.main import main
from tui.cli.parser import build_parser


def written(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    """What the command writes, or complains of."""
    with pytest.raises(SystemExit) as end:
        main(["worksheet", *arguments])
    found = capsys.readouterr()
    assert end.value.code == status
    assert not (found.out if status else found.err)
    return found.err if status else found.out


def test_the_seed_on_paper_is_the_seed_on_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """The command that the sheet names opens the same numbers, wherever the learner was in the lesson before."""
    for arguments, said in (((), "The lesson's own numbers; the same on screen: handgrad play and-gate --at 1:0"),
                            (("--numbers", "7", "--form", "delta"),
                             "Numbers 7; the same on screen: handgrad play and-gate --numbers 7 --form delta")):
        sheet = written(capsys, "and-gate", *arguments)
        assert f"\n{said}\n" in sheet
        options = build_parser().parse_args(said.partition(": handgrad ")[2].split())
        start = load_trace(options.lesson, options.seed).lesson.start
        assert dict(re.findall(r"(\w+) = (−?[0-9.]+)\b", sheet.partition("Network")[2].partition("Truth")[0])) == {
            name: f"{value:g}".replace("-", "−") for name, value in start.items()}


def test_copies_have_numbers_of_their_own_and_a_page_each(capsys: pytest.CaptureFixture[str]) -> None:
    pages = written(capsys, "one-neuron", "--copies", "3", "--numbers", "5").split("\f")
    assert [re.findall(r"Numbers (\d+);", page) for page in pages] == [["5"], ["6"], ["7"]]
    assert pages[1] == written(capsys, "one-neuron", "--numbers", "6")
    file = written(capsys, "one-neuron", "--copies", "3", "--format", "html")
    assert re.findall(r"<p>Numbers (\d+);", file) == ["1", "2", "3"]
    assert re.findall(r"<article class=.(\w+).>", file) == re.findall(r"page: (\w+);", file) == [
        "sheet1", "sheet2", "sheet3"]  # at the foot of each page stands whose it is
    feet = [re.sub(r"\\(\w+) ", lambda sign: chr(int(sign[1], 16)), foot)
            for foot in re.findall('@page sheet[123] .* content: "(.*)"', file)]
    assert feet == [f"One neuron, by hand – Numbers {seed}" for seed in (1, 2, 3)]
    assert "Numbers 5 to 7, a line for each sheet" in written(capsys, "one-neuron", "--copies", "3", "--numbers", "5",
                                                              "--key")


def test_in_ascii_a_sheet_is_ascii_and_still_html(capsys: pytest.CaptureFixture[str]) -> None:
    text, file = (written(capsys, "two-outputs", "--ascii", "--format", name) for name in ("text", "html"))
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 80
    assert file.isascii()
    assert "&#8706;Loss/&#8706;w13" in file


@pytest.mark.parametrize(("arguments", "complaint"), [
    ("chain-rule --part Z3", "--part Z3; expected a parameter, as a, or u1 to L; with --form delta also ∂L/∂u1; "
                             "or forward, backward, update"),
    ("and-gate --part w13,update", "--part w13,update; expected forward, backward, update, several of these with "
                                   "commas; or names, beside which forward may stand"),
    ("and-gate --check --format gift", "--check with --format gift; expected --format text, md, html"),
    ("and-gate --check --part forward", "--check with --part forward; expected one with a gradient"),
    ("and-gate --copies 1000", "--copies 1000; expected a whole number from 1 to 200"),
    ("and-gate --numbers 4294967295 --copies 2", "--numbers 4294967295 with --copies 2; expected numbers up to "
                                                 "4294967295 in the last one"),
    ("gradient-of-the-input --epochs 0", "--epochs 0; expected a whole number from 1 to 1000000")])
def test_what_is_not_there_is_a_wrong_command_line(arguments: str, complaint: str,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    assert written(capsys, *arguments.split(), status=2) == f"handgrad worksheet: {complaint}\n"

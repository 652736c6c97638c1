"""What people paste, and the files that other programs write, wherever lines are read."""

import codecs
import io
import json
import sys

import pytest
from plain_walks import walk
from screens import shown, write
from textual import events

from engine.course.new_lesson import Wish
from engine.graph.expression import ExpressionError, parse
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change, branch
from engine.tutor.tutor import Tutor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.cli.commands.new import ask
from tui.cli.streams import listen
from tui.plain import drill
from tui.view.prompt import LONGEST, Line

TEXT = "practise\n−0.3\n"
BEFORE_A5 = Cursor(1, 29)


@pytest.mark.parametrize(("written", "encoding"), [
    (TEXT.encode("utf-8-sig"), "utf-8"), (TEXT.encode("utf-8-sig"), "iso-8859-9"), (TEXT.encode("utf-8"), "utf-8"),
    (TEXT.encode("utf-16"), "ascii"), (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "euc-jp"),
    (TEXT.encode("utf-32"), "utf-8"), (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "ascii"),
    (TEXT.replace("\n", "\r\n").encode("utf-16"), "utf-8"), (TEXT.replace("\n", "\r").encode(), "utf-8"),
    (TEXT.encode()[:-1], "utf-8")])
def test_a_mark_says_how_lines_are_written_and_however_they_end(
        monkeypatch: pytest.MonkeyPatch, written: bytes, encoding: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written), encoding, newline="\n"))
    assert [line.rstrip("\n") for line in listen()] == TEXT.splitlines()


@pytest.mark.parametrize("written", [b"", b"\xef", b"\xef\xbb\xbf", b"\xff", b"\xff\xfe", b"\xff\xfe0", b"\xe9\n\x00"])
def test_what_is_cut_off_or_in_no_encoding_is_read_as_far_as_it_goes(
        monkeypatch: pytest.MonkeyPatch, written: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written), "ascii"))
    assert len(list(listen("utf-8"))) <= 2


def test_plain_mode_reads_what_is_pasted() -> None:
    assert walk("\ufeffgo\u00a0４:２９")[1].cursor == Cursor(4, 29)
    assert walk("what if w13 ＝ −０．５")[1].changes[0].value == -0.5
    assert walk("practise", "–0,145\u202f55", at=BEFORE_A5)[0][-2:] == ["Right. ∂Loss/∂A5 = −0.14555.", "∂A5/∂Z5 = ?"]
    assert "\"1e -3\": 1*e - 3 or 1e-3? write it so. " in walk("practise", "1e –3", at=BEFORE_A5)[0][-2]
    assert walk("calculate 1.5×10⁻³")[0] == ["1.5×10⁻³ = 0.0015"]


@pytest.mark.parametrize(("text", "said"), [
    ("w13 = 0.5, lr = 2", "one value at a time, such as w13 = 0.5"), ("lr = 10−3", "10^-3 or 10 - 3? write it so"),
    ("w13 = 0·206", "0.206 or 0*206? write it so"), ("w13 = 1,234", "1.234 or 1234? write it so")])
def test_what_if_asks_in_few_words(text: str, said: str) -> None:
    assert walk(f"what if {text}")[0] == [said]


def test_no_thousands_are_meant_where_the_number_has_none() -> None:
    """A comma is decimal there, with as many digits behind it as are typed."""
    assert walk("practise", "-0,5·0,291", at=BEFORE_A5)[1].cursor.step == 30
    tutor = Walk(and_trace()).tutor
    assert tutor.judge(1, 0, "1,106").reason == "unknown"
    assert tutor.judge(1, 0, "0,4·1,000 - 0,1").reason == "exact"
    large = branch(and_trace(), [Change(1, "b3", 1233.8)])  # which is Z3 = 1234 then
    assert Tutor(large).judge(1, 0, "1,234").message.startswith('I can\'t read "1,234": 1.234 or 1234? write it so.')
    said, found = walk("by hand", "1,106", "calculate 1,106")
    assert found.exam
    assert found.exam.values == {0: 1.106}
    assert said[-2:] == ["1.106 or 1106? write it so", "A3 = ?"]


def test_a_number_that_begins_with_a_point_is_none_of_the_choices() -> None:
    said, found = walk("practise", "0.3", ".2", "2.", at=Cursor(1, 32))
    assert "expected 1 to 2; Enter alone passes" in said
    assert found.verdict
    assert found.verdict.mistakes == ("net-input-for-derivative",)


def test_drill_reads_what_is_pasted() -> None:
    written = list[dict[str, dict[str, object]]]()
    lines = io.StringIO("\ufeff0.3\n.2\n7.\n－０．１４５５５\n？\n")
    drill.run(Walk(and_trace(), Cursor(1, 32)), 1, lines, lambda line: written.append(json.loads(line)))
    verdicts = [line["verdict"]["reason"] for line in written if "verdict" in line]
    assert verdicts[0] == "mistake"  # .2 and 7. are numbers, not choices
    assert verdicts[-1] == "given-up"
    assert all(reason == "unknown" for reason in verdicts[1:-1])


def test_a_new_lesson_is_asked_for_in_any_script() -> None:
    answers = iter(("ＸＯＲ", "\u200b３", "tanh"))
    assert ask(Wish(), ["gate", "hidden", "activation"], lambda _: next(answers)) == Wish("xor", 3, "tanh")


def test_a_line_has_room_for_one_character_more_than_is_read_so_that_a_part_is_never_an_answer() -> None:
    line = Line().insert("0." + "0" * 600 + "3")
    with pytest.raises(ExpressionError):
        parse(line.text)
    assert len(line.text) == LONGEST


@pytest.mark.parametrize(("number", "question"), [
    ("1,234", "1.234 or 1234?"), ("1e -3", "1*e - 3 or 1e-3?"), ("1.9e", "1.9*e or 1.9e-3?"),
    ("0.206(1)", "0.206*(1), or no bracket?"), ("1,234.5", "one number, without commas?")])
@pytest.mark.parametrize("prompt", ["c", "w"])
async def test_the_screen_has_room_for_the_number_and_the_whole_question(
        prompt: str, number: str, question: str) -> None:
    app, typed = HandgradApp(Walk(and_trace(), BEFORE_A5)), "w13 = " * (prompt == "w") + number
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, prompt)
        app.post_message(events.Paste(typed))
        await pilot.pause()
        await write(pilot, "⏎")
        assert shown(app).endswith(f": {typed}  {question} write it so")


async def test_the_keys_of_a_wide_keyboard_do_what_they_show() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 32)))

    async def write_wide(text: str) -> None:
        for character in text:
            app.post_message(events.Key("", character))
        await pilot.pause()

    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p")
        await write_wide("？")
        assert app.walk.attempt.hints_given == 1
        await write_wide("！")
        assert (app.walk.typed, app.walk.attempt.hints_given) == ("", 1)
        await write_wide("１＋１＝")
        assert "1+1 = 2" in app.walk.message
        await pilot.press("ctrl+u")
        await write(pilot, "0.3⏎")
        await write_wide("ａ")
        assert (app.walk.typed, app.walk.verdict and len(app.walk.verdict.mistakes)) == ("0.3", 1)


async def test_the_screen_shows_what_is_pasted_as_it_is_read() -> None:
    app = HandgradApp(Walk(and_trace(), BEFORE_A5))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p")
        for text, seen in (("－０．１４\u202f５５５", "-0.14\u00a0555"), ("3\t4", "3 4"), ("\u00ad0.3", "\ufffd0.3")):
            app.post_message(events.Paste(text))
            await pilot.pause()
            assert app.walk.typed == seen
            assert f" ∂Loss/∂A5 = {seen}\n" in shown(app)
            await pilot.press("ctrl+u")
        for character in "ー０。１４５５５":
            app.post_message(events.Key("", character))
        await write(pilot, "⏎")
        assert app.walk.message.startswith("Right. ∂Loss/∂A5 = −0.14555.")

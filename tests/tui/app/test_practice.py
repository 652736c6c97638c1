"""Practising, on the screen with real keys and in plain text."""

import io

import pytest
from screens import lines, write

from engine.learner.knowledge import WORDS, Knowledge, Skill
from engine.learner.progress_folder import read_progress
from engine.trace.cursor import Cursor
from engine.tutor.cases import cases_of
from engine.tutor.starting_values import draw_starting_values
from engine.walk.walk import Walk
from lessons import and_trace
from terminal import Terminal
from tui.app.app import HandgradApp
from tui.app.lesson_screen import LessonScreen
from tui.plain import descriptions as spoken
from tui.plain.asking import mode_in_words
from tui.plain.plain_mode import PlainWalk

TRACE = and_trace()
QUESTION, MESSAGE = 18, 19  # rows of the screen, where the panel that explains begins


def app_at(at: Cursor) -> HandgradApp:
    return HandgradApp(Walk(TRACE, at))


async def test_a_rows_chain_with_digits_signs_and_enter_only() -> None:
    app = app_at(Cursor(1, 29))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p-.14555\n.20636\n-.4\n1\n1\n.0120\n")
        assert app.walk.cursor == Cursor(1, 35)
        assert "Right. product = 0.01201." in lines(app)[MESSAGE]
        assert "1  1   −0.14555     0.20636    −0.4        1           1          0.01201" in lines(app)[12]


async def test_question_answer_message_and_chain_are_visible_together() -> None:
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p")
        before = lines(app)
        assert "[?]" in before[12]
        await write(pilot, "0.29111")
        assert "[0.29111]" in lines(app)[12]
        await write(pilot, "\n")
        after = lines(app)
        assert after[QUESTION] == " ∂A5/∂Z5 = 0.29111"
        assert after[MESSAGE] == " 0.29111 is 1−A; the slope is A·(1−A)."
        assert after[23] == " Enter check  ? hint  Esc watch  = result  ← → edit  0-9 anew  Ctrl+U → fill in"
        assert before[23].startswith(" Enter check  ? hint  Esc watch  = result  → fill in  ← back  ! why")
        assert [line[:30] for line in before[:12]] == [line[:30] for line in after[:12]]  # nothing jumps
        assert app.walk.cursor == Cursor(1, 30)


async def test_hints_filling_in_and_watching_again() -> None:
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p?")
        assert lines(app)[MESSAGE] == " How steep is the activation at this Z?"
        await write(pilot, "?")
        assert lines(app)[MESSAGE:MESSAGE + 2] == [
            " How steep is the activation at this Z?", " Try it with that first: the next hint comes after an answer."]
        await write(pilot, "7\n?")
        assert lines(app)[MESSAGE:MESSAGE + 2] == [" ∂A5/∂Z5 = sig(Z5)[1−sig(Z5)]", ""]
        await pilot.press("ctrl+u")
        await pilot.press("right")
        assert app.walk.cursor == Cursor(1, 31)
        assert "[?]" in lines(app)[12]
        await pilot.press("escape")
        assert "Your turn" not in "\n".join(lines(app))
        assert app.walk.cursor == Cursor(1, 31)


async def test_after_a_verdict_what_is_typed_begins_anew_and_can_be_given_up() -> None:
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p0.5\n.3")
        assert lines(app)[QUESTION] == " ∂A5/∂Z5 = .3"
        await pilot.press("right")
        assert app.walk.cursor == Cursor(1, 30)  # nothing is filled in over what is typed
        await pilot.press("ctrl+u", "right")
        assert app.walk.cursor == Cursor(1, 31)


async def test_a_number_that_was_shown_is_not_learnt_by_asking_it_again() -> None:
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p0.29111\n0.20636\n")
        for _ in range(3):
            await pilot.press("left")
            await write(pilot, "0.20636\n")
        assert app.walk.knowledge.skill("slope sigmoid").attempts == 1
        assert app.walk.knowledge.skill("slope sigmoid").right == 0


async def test_letters_are_part_of_a_formula_not_commands() -> None:
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "psig(Z5)(1-sig(Z5))\n")
        assert app.walk.cursor == Cursor(1, 31)
        await write(pilot, "nq")
        assert lines(app)[QUESTION] == " ∂Z5/∂A3 = nq"
        await pilot.press("f5", "pagedown")
        assert app.walk.cursor == Cursor(1, 54)
        assert lines(app)[QUESTION] == " ∂Loss/∂A5 ="
        await pilot.press("pageup", "ctrl+p", "escape")


async def test_why_and_a_side_calculation() -> None:
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p.20636\n!")
        assert lines(app)[MESSAGE] == " ∂A5/∂Z5: sig′ is sig·(1−sig), and sig(Z5) is A5, known from the forward pass."
        await write(pilot, "2-w13=")
        assert lines(app)[MESSAGE] == " 2-w13 = 1.2"
        assert app.walk.cursor == Cursor(1, 31)


async def test_the_calculator_and_its_history() -> None:
    app = app_at(Cursor(1, 38))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "csig(Z5)(1-sig(Z5))\n")
        assert lines(app)[23] == " calculate: sig(Z5)(1-sig(Z5)) = 0.2475166"
        await pilot.press("ctrl+u")
        await write(pilot, "1/0\n")
        assert lines(app)[23] == " calculate: 1/0  a division by 0, at character 2"
        await pilot.press("up", "up", "enter")
        await pilot.pause()
        assert lines(app)[23] == " calculate: sig(Z5)(1-sig(Z5)) = 0.2475166"
        await pilot.press("escape")
        assert app.walk.cursor == Cursor(1, 38)


async def test_between_epochs_the_summary_is_shown_before_the_next_question() -> None:
    app = app_at(Cursor(1, 238))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p.11166\n")
        assert app.walk.cursor == Cursor(1, 239)
        await write(pilot, "\n")
        assert "What the update of epoch 1 did" in "\n".join(lines(app))
        assert "Enter go on" in lines(app)[23]
        await write(pilot, "\n")
        assert "Z3 = w13·x1 + w23·x2 + b3 =[?]" in "\n".join(lines(app))


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_every_kind_of_question_at_every_size(size: tuple[int, int]) -> None:
    for step in (0, 28, 34, 53, 230):
        app = app_at(Cursor(1, step))
        async with app.run_test(size=size) as pilot:
            await write(pilot, "p-12345678901\n")
            assert len(lines(app)) == size[1]


def test_a_verdict_in_a_real_terminal() -> None:
    with Terminal("play", "and-gate", "--at", "1:29") as terminal:
        terminal.until("q quit")
        terminal.child.send("p0.14555\r")
        assert "0.14555 has the sign turned" in terminal.until("sign turned")


def plain(*lines: str, at: Cursor) -> list[str]:
    said: list[str] = []
    walk = PlainWalk(Walk(TRACE, at), said.append)
    greeting = 2 + len([*spoken.introduction(walk.walk)])
    walk.run(io.StringIO("".join(f"{line}\n" for line in lines)), prompt=lambda: None)
    return said[greeting:]


def test_the_plain_mode_asks_too() -> None:
    assert plain("practise", "0.14555", "?", "-.14555", "(A5-y)/2", "watch", at=Cursor(1, 29)) == [
        mode_in_words(Walk(TRACE, mode="practise")),
        "∂Loss/∂A5, row 1, gradient of w13 = ?",
        "0.14555 has the sign turned: the inner derivative, that of y − A by A, is −1.",
        "∂Loss/∂A5 = ?",
        "The inner derivative of (y−A)² by A is −1.",
        "∂Loss/∂A5 = ?",
        "Right. ∂Loss/∂A5 = −0.14555.", "Once more, on row 2: 5 numbers filled in on the way.",
        "∂Loss/∂A5, row 2 = ?", "Right. ∂Loss/∂A5 = 0.27492.", "∂A5/∂Z5 = ?", mode_in_words(Walk(TRACE)),
        "epoch 1, step 36 of 239: row 2, gradient of w13, ∂Loss/∂A5 = −(y−A5)/2 = −(0−0.54983)/2 = 0.27492"]


def test_commands_stay_commands_while_the_plain_mode_asks() -> None:
    said = plain("practise", "back", "go 3:31", "n", at=Cursor(1, 29))
    assert "epoch 1, step 28 of 239" in said[2]
    assert "epoch 3, step 31 of 239" in said[4]
    assert said[-1] == "∂A5/∂Z5, row 1, gradient of w23 = ?"


async def test_what_is_known_is_filled_in_and_what_is_not_is_asked() -> None:
    known = Knowledge({name: Skill(0.99, 9, 9) for name in WORDS if name != "loss"})
    app = HandgradApp(Walk(TRACE, knowledge=known, cases=cases_of(TRACE, 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p0.3\n")
        step = app.walk.cursor.step
        assert 1 < step < 28
        said = lines(app)[MESSAGE:MESSAGE + 2]
        assert said == [" Right. Z3 = 0.3.", f" {step - 1} numbers filled in: you know them."]


async def test_new_numbers_keep_the_place_and_the_mode() -> None:
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "x")
        assert "drawn by seed 1" in lines(app)[23]
        drawn = draw_starting_values(TRACE.lesson, 1).start
        assert app.walk.trace.lesson.start == drawn != TRACE.lesson.start
        assert app.walk.cursor == Cursor(1, 30)
        await write(pilot, "x")
        assert app.walk.trace.lesson.start == draw_starting_values(TRACE.lesson, 2).start


async def test_what_one_knows_is_on_one_page() -> None:
    app = app_at(Cursor(1, 0))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p0.3\n")
        await pilot.press("escape", "s")
        await pilot.pause()
        text = "\n".join(lines(app))
        assert "Z, the weighted sum" in text
        assert "1 of 1" in text
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(app.screen, LessonScreen)


@pytest.mark.parametrize("answers", [3])
def test_kill_9_loses_no_answer_that_was_settled(answers: int) -> None:
    with Terminal("play", "and-gate") as terminal:
        terminal.until("q quit")
        terminal.press("p")
        for answer in ["0.3", "0.3", "0.9", "0.9", "0.89", "0.709"][:answers]:
            terminal.press(*answer, "enter")
        terminal.child.kill(9)
        terminal.end()
    kept, messages = read_progress()
    assert not messages
    assert kept.bookmark is not None
    assert kept.bookmark.cursor.step >= answers
    assert sum(skill.attempts for skill in kept.knowledge.skills.values()) >= answers - 1


async def test_several_mistakes_are_told_apart_by_one_key() -> None:
    app = app_at(Cursor(1, 32))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p0.3\n")
        assert lines(app)[MESSAGE:MESSAGE + 3] == [
            " 0.3 can come about in 2 ways:", " (a) it is A", " (b) it is Z itself. Which was it?"]
        assert lines(app)[23] == " a b say which  Enter check  ? hint  Esc watch"
        await write(pilot, "b")
        assert "0.3 is Z itself: the slope of the activation at that Z belongs there." in lines(app)[MESSAGE]
        await write(pilot, "1")
        assert lines(app)[QUESTION] == " ∂A3/∂Z3 = 1"


async def test_now_and_then_which_factor_is_it() -> None:
    app = app_at(Cursor(1, 29))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p-.14555\n.20636\n-.4\n1\n1\n")
        assert lines(app)[MESSAGE] == " Right. ∂Z3/∂w13 = 1."
        assert lines(app)[MESSAGE + 1].startswith(" Which factor is ∂Z3/∂w13? (a) how fast Loss changes")
        await write(pilot, "d")
        assert lines(app)[MESSAGE] == " Yes, ∂Z3/∂w13 = x1: (d) what flows in over the weight."
        await write(pilot, ".01201\n")
        assert app.walk.cursor == Cursor(1, 35)


def test_the_plain_mode_tells_mistakes_apart_too() -> None:
    said = plain("practise", "0.3", "a", "skills", at=Cursor(1, 32))
    assert "0.3 is A: the slope of the activation at Z belongs there." in said[6]
    assert any(line.startswith("∂A/∂Z of ReLU: ") for line in said)


async def test_back_to_the_lessons_own_numbers() -> None:
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "x")
        assert "new numbers" in lines(app)[0]
        await write(pilot, "o")
        assert app.walk.trace.lesson.start == TRACE.lesson.start
        assert "new numbers" not in lines(app)[0]

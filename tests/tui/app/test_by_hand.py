"""By hand: no verdict before a row's chain is done, then all of them; nothing of the true numbers shows before."""

import io

import pytest
from screens import shown, write

from engine.learner.progress import Bookmark
from engine.trace.cursor import Cursor
from engine.walk.opening import open_walk
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.plain.plain_mode import PlainWalk

TRACE = and_trace()


def by_hand(at: Cursor, answers: dict[int, str] | None = None) -> HandgradApp:
    return HandgradApp(open_walk(Bookmark("and-gate", at, mode="by hand", answers=answers or {})))


async def test_one_key_goes_through_the_modes_and_the_place_stays() -> None:
    app = HandgradApp(Walk(TRACE, Cursor(1, 30)))
    async with app.run_test(size=(80, 24)) as pilot:
        for mode, seen in (("practise", "Your turn"), ("by hand", "By hand"), ("watch", "This number")):
            await write(pilot, "⇥")
            assert (app.walk.mode, app.walk.cursor) == (mode, Cursor(1, 30))
            assert seen in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 60), (60, 12)])
async def test_wrong_numbers_stand_until_the_chain_is_done(size: tuple[int, int]) -> None:
    app = by_hand(Cursor(1, 0))
    async with app.run_test(size=size) as pilot:
        for answer in ("0.7", "0.71", "0.72", "0.73", "0.74", "0.75"):
            await write(pilot, f"{answer}⏎")
            for true in ("0.70889", "0.89", "0.08474"):
                assert true not in shown(app)
            assert "wrong" not in shown(app)
        assert app.walk.cursor == Cursor(1, 6)
        await write(pilot, "0.9⏎")
        assert app.walk.cursor == Cursor(1, 7)
        if size[0] >= 80:
            assert "0.70889" in shown(app)
            assert "─ By hand, epoch 1, row 1: 0 of 7 right ─" in shown(app)


async def test_the_chain_shows_ones_own_numbers_and_then_marks_the_wrong_ones() -> None:
    app = by_hand(Cursor(1, 29))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "-.14555⏎.29111⏎-.4⏎")
        assert "1  1   −0.14555     0.29111    −0.4       [?]" in shown(app)
        await write(pilot, "?")
        assert "By hand there are no hints" in shown(app)
        await write(pilot, "1⏎→0.0169⏎")
        lines = shown(app).splitlines()
        assert lines[9:19] == [
            "─ By hand, epoch 1, (1) w13, row 1: 3 of 6 right, 1 follows from what is not ───",
            "                  yours        true",
            "   ∂Loss/∂A5     −0.14555     −0.14555     right",
            " ▸ ∂A5/∂Z5       !0.29111      0.20636     not right",
            "     .29111 is 1−A; the slope is A·(1−A).",
            "   ∂Z5/∂A3       −0.4         −0.4         right",
            "   ∂A3/∂Z3        1            1           right",
            "   ∂Z3/∂w13     !open          1           left open",
            "     Z3 is w13·x1 + w23·x2 + b3: w13 is multiplied by x1 in it.",
            "   product        0.0169       0.01201     follows"]
        assert "That follows from your 0.29111 for ∂A5/∂Z5" in " ".join(shown(app).split())
        await write(pilot, "⏎")
        assert app.walk.cursor == Cursor(1, 35)
        assert app.walk.asks
        assert "!0.20636" in shown(app)
        await write(pilot, "←")
        assert "By hand, epoch 1, (1) w13, row 1: 3 of 6 right" in shown(app)
        await write(pilot, "7")
        assert "∂Loss/∂A5 = 7" in shown(app)


@pytest.mark.parametrize("lesson", ["worked-example", "two-outputs", "delta"])
async def test_every_verdict_of_a_long_chain_can_be_read(lesson: str) -> None:
    app = HandgradApp(open_walk(Bookmark(lesson, Cursor(1, 0), mode="by hand")))
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.walk.results.is_open:
            await write(pilot, "77⏎")
        unread = {each.name: " ".join(each.said.split()) for each in app.walk.results.judged}
        for _ in app.walk.results.judged:
            text = " ".join(shown(app).split())
            unread = {name: said for name, said in unread.items() if said not in text or name not in text}
            await write(pilot, "↓")
        assert not unread
        assert not app.walk.results.is_open


async def test_looking_back_keeps_what_is_written_and_a_number_can_be_changed() -> None:
    app = HandgradApp(Walk(TRACE, Cursor(1, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "⇥⇥0.3⏎0.3⏎←←→→")
        assert (app.walk.cursor, app.walk.written) == (Cursor(1, 2), {0: 0.3, 1: 0.3})
        await write(pilot, "←←")
        assert " Z3 =   yours: 0.3\n" in shown(app)
        assert " → forward  ← back  0-9 another number  Backsp change it  Esc hand in" in shown(app)
        await pilot.press("backspace")
        await write(pilot, "5")
        assert " Z3 = 0.5" in shown(app)
        await pilot.press("ctrl+u")
        await write(pilot, ".4")  # another number, not one behind the old one
        assert " Z3 = .4\n" in shown(app)
        await write(pilot, "⏎→.9⏎.9⏎.89⏎.709⏎.0847⏎")
        assert "row 1: 6 of 7 right" in shown(app)


async def test_names_and_side_calculations_take_ones_own_numbers() -> None:
    app = by_hand(Cursor(1, 4))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "0.5⏎Z5+1=")
        assert "Z5+1 = 1.5" in shown(app)


async def test_who_goes_on_hands_in() -> None:
    app = by_hand(Cursor(1, 29))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "0.14555⏎")
        assert app.walk.bookmark.answers == {29: "0.14555"}
        await pilot.press("pagedown")
        assert "0.14555 has the sign turned" in shown(app)
        assert app.walk.bookmark.answers == {}
        assert app.walk.knowledge.skill("loss_slope").attempts == 1


@pytest.mark.parametrize(("key", "mode"), [("tab", "watch"), ("escape", "watch")])
async def test_who_watches_again_sees_the_verdicts_until_a_key_goes_on(key: str, mode: str) -> None:
    app = by_hand(Cursor(1, 29))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "0.14555⏎0.3⏎")
        await pilot.press(key)
        assert app.walk.mode == mode
        assert "row 1: 0 of 2 right" in shown(app)
        await write(pilot, "⏎")
        assert "This number" in shown(app)
        assert app.walk.cursor == Cursor(1, 31)


async def test_what_is_written_is_kept_and_taken_up_again() -> None:
    app = by_hand(Cursor(1, 32), {29: "-0.14555", 30: "0.3", 31: ""})
    async with app.run_test(size=(80, 24)) as pilot:
        assert "2 written down, 1 left open" in shown(app)
        assert "−0.14555     0.3" in shown(app)
        await write(pilot, "1⏎1⏎0.01201⏎")
        assert "4 of 6 right" in shown(app)


def test_in_plain_text() -> None:
    said: list[str] = []
    walk = PlainWalk(Walk(TRACE, Cursor(1, 29)), said.append)
    walk.run(io.StringIO("by hand\n-.14555\ntable\n.29111\n\n1\n1\n.01201\nwatch\n"), prompt=lambda: None)
    end = said.index("4 of 6 right.")
    assert said[end + 1:end + 3] == [
        "∂A5/∂Z5: .29111 is 1−A; the slope is A·(1−A). It is 0.20636.",
        "∂Z5/∂A3 = −0.4. Z5 is w35·A3 + w45·A4 + b5: what multiplies A3 in it is w35."]
    assert not any("Right" in line for line in said[:end])


def spoken_by_hand(*lines: str, at: Cursor) -> list[str]:
    said: list[str] = []
    PlainWalk(Walk(TRACE, at), said.append).run(
        io.StringIO("".join(f"{line}\n" for line in ("by hand", *lines))), prompt=lambda: None)
    return said


def test_who_watches_again_hears_every_verdict() -> None:
    said = spoken_by_hand("0.14555", "0.3", "watch", at=Cursor(1, 29))
    end = said.index("0 of 2 right.")
    assert [line.partition(" ")[0] for line in said[end + 1:end + 3]] == ["∂Loss/∂A5:", "∂A5/∂Z5:"]


def test_who_moves_on_hears_every_verdict() -> None:
    said = spoken_by_hand("0.3", "0.77", "block", at=Cursor(1, 0))
    assert said[said.index("1 of 2 right.") + 1].startswith("A3: 0.77")


def test_nothing_tells_what_is_being_asked() -> None:
    said = spoken_by_hand("0.9", "0.8", "back", "what if w14 = 0.9", at=Cursor(1, 0))
    assert not any("max(0, 0.3)" in line or "= 0.3" in line for line in said[:-3])
    assert "Z3 is no number that is known here" in spoken_by_hand("", "Z3=", at=Cursor(1, 0))[-2]


def test_a_name_stands_for_ones_own_number_in_the_verdict_too() -> None:
    said = spoken_by_hand("0.9", "Z3+0", "0.9", "0.9", "0.89", "0.709", "0.0847", at=Cursor(1, 0))
    assert "A3: That follows from your 0.9 for Z3; with the right number A3 = 0.3." in said


async def test_answers_of_a_far_place_wait_for_it() -> None:
    app = by_hand(Cursor(30_000, 2), {0: "0.3", 1: "0.3"})
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.walk.bookmark.cursor == Cursor(30_000, 2)
        assert app.walk.bookmark.answers == {0: "0.3", 1: "0.3"}
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.walk.bookmark.answers == {0: "0.3", 1: "0.3"}
        assert "2 written down" in shown(app)


async def test_answers_that_belong_nowhere_are_let_go() -> None:
    app = by_hand(Cursor(1, 2), {99_999: "1", -5: "1", 1: "0.3"})
    async with app.run_test(size=(80, 24)):
        assert "1 written down" in shown(app)

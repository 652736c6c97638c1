"""What a learner mixes up, told from their own answers: on the screen, in the plain mode, for programs."""

import io
import json

import pytest
from screens import shown

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Occurrence, Progress
from engine.trace.cursor import START, Cursor
from engine.tutor.mistakes import catalogue
from engine.walk.opening import open_walk
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.app.lesson_screen import LessonScreen
from tui.plain.drill import run
from tui.plain.plain_mode import PlainWalk
from tui.view.mix_up_report import paragraphs

SLOPE = Cursor(1, 30)  # ∂A5/∂Z5 is asked for
TOLD = ["∂A/∂Z of sig: 2 times, last on row 1 in epoch 1 of AND gate, by hand.",
        "For ∂A5/∂Z5 your 0.2911 is 1−A; the slope is A·(1−A).", "Remember: sig′ = sig·(1−sig)."]


async def test_a_key_tells_what_was_mixed_up_and_what_to_do_next() -> None:
    app = HandgradApp(open_walk(Bookmark("and-gate", SLOPE)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("M")
        assert "No mistake of yours has been named yet" in shown(app)
        await pilot.press("escape", "p", *"0.29111", "enter", *"0.2", "enter", *"0.2911", "enter", "escape", "M")
        lines = [line.strip() for line in shown(app).splitlines()]
        assert lines[1:6] == ["Next: practise ∂A/∂Z of sig: p.", "", *TOLD]
        await pilot.press("escape")
        assert isinstance(app.screen, LessonScreen)


def test_without_a_screen_it_is_told_in_the_same_words() -> None:
    said = list[str]()
    spoken = PlainWalk(Walk(and_trace(), SLOPE, "and-gate"), said.append)
    spoken.run(io.StringIO("practise\n0.29111\n0.2\n0.2911\nmix-ups\n"), prompt=lambda: None)
    at = said.index("Next: practise ∂A/∂Z of sig: practise.")
    assert said[at + 1:at + 4] == TOLD
    written = list[str]()
    answers = io.StringIO('0.29111\n0.2\n0.2911\n{"command": "mixups"}\n')
    run(Walk(and_trace(), SLOPE, "and-gate"), None, answers, written.append)
    assert json.loads(written[-2])["said"][1:] == TOLD


def kept(name: str, said: str, right: int, skill: str) -> Progress:
    """A mistake found in a new value, then so many right ones of its skill."""
    known = Knowledge().observe(skill, is_right=False)
    last = Occurrence("w13", 2, None, said, skill, 1, 0)
    for _ in range(right):
        known = known.observe(skill, is_right=True)
    place = Bookmark("xor-gate", START, mistakes={name: 1}, last_made={name: last})
    return Progress(place, known, {place.key: place})


@pytest.mark.parametrize(("name", "said", "right", "skill", "told"), [
    ("rate-forgotten", "0.5 takes all.", 4, "update", [
        "All of this is behind you.", "the update: once, not since epoch 2 of XOR gate.", "For w13 your 0.5 takes all.",
        "Remember: w − learning rate · gradient.", "Behind you: since then right 4 times in a row."]),
    ("two-forgotten", "0.5 is what comes out. The derivative of u² is 2u.", 1, "loss_slope", [  # made further up
        "Next: practise ∂Loss/∂A in XOR gate: practise xor-gate.", "∂Loss/∂A: once, in epoch 2 of XOR gate.",
        "For w13 your 0.5 is what comes out.", "Remember: The derivative of u² is 2u.", "Since then right once."]),
    ("one-forgotten", "0.5 is what comes out.", 0, "update", [  # whose idea depends on the function, which is not known
        "Next: practise the update in XOR gate: practise xor-gate.", "the update: once, in epoch 2 of XOR gate.",
        "For w13 your 0.5 is what comes out."]),
    ("of-the-future", "0.5 is 1.", 0, "update", [
        "Next: practise the update in XOR gate: practise xor-gate.", "the update: once, in epoch 2 of XOR gate.",
        "For w13 your 0.5 is 1.", "Remember: a mistake that this handgrad does not know"])])
def test_what_is_told_of_a_mistake(name: str, said: str, right: int, skill: str, told: list[str]) -> None:
    progress = kept(name, said, right, skill)
    found = paragraphs(progress, lambda command, place: f"{command} {place and place.lesson}")
    assert [text.replace("XOR gate, by hand", "XOR gate") for paragraph in found for text in paragraph] == told


def test_every_mistakes_words_begin_with_the_number() -> None:
    assert [mistake.id for mistake in catalogue() if not mistake.say.startswith("{typed} ")] == []

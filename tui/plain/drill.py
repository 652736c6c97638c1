"""The tutor for programs: questions and verdicts as JSON lines, answers a line each."""

import dataclasses
import json
import math
from collections.abc import Callable
from typing import TextIO

from engine.graph.quantity import Quantity
from engine.graph.step import MOST_EPOCHS, Step
from engine.trace.cursor import Cursor
from engine.tutor.answer import FollowUp, Verdict
from engine.tutor.tutor import Tutor, passage, slip
from tui.terminal.console import read_line

GIVE_UP = "?"
LONGEST_ANSWER = 10_000


def run(tutor: Tutor, start: Cursor, count: int | None, lines: TextIO, write: Callable[[str], object]) -> None:
    """Ask `count` questions (None: until the answers end) from the number after a place on."""
    epoch, index, asked = start.epoch, start.step, 0
    slips: dict[Quantity, float] = {}
    before: Step | None = None
    while count is None or asked < count:
        if index == tutor.trace.script.length:
            epoch, index = epoch + 1, 0
        if epoch > MOST_EPOCHS:
            return
        step = tutor.trace.script.step(index)
        if before is None or passage(before) != passage(step):
            slips = {}
        if not _ask(tutor, epoch, index, slips, lines, write):
            return
        before, index, asked = step, index + 1, asked + 1


def _ask(tutor: Tutor, epoch: int, index: int, slips: dict[Quantity, float], lines: TextIO,
         write: Callable[[str], object]) -> bool:
    """One question, until it is done; returns False if the answers ended before."""
    write(_line("question", dataclasses.asdict(tutor.question(epoch, index))))
    which: dict[str, Verdict] = {}  # of several mistakes, by their letters
    while answer := read_line(lines, LONGEST_ANSWER):
        text = answer.strip()
        verdict = tutor.give_up(epoch, index) if text == GIVE_UP else \
            which.get(text) or tutor.judge(epoch, index, text, slips)
        write(_line("verdict", dataclasses.asdict(verdict)))
        if verdict.done:
            return True
        which = _separated(tutor.follow_up(epoch, index, text), verdict)
        if not verdict.correct and (left := slip(tutor.trace.entry(epoch, index), text, tutor.names(epoch, index))):
            slips[left[0]] = left[1]
    return False


def _separated(follow_up: FollowUp | None, verdict: Verdict) -> dict[str, Verdict]:
    """The verdict on each reply to the question which of several mistakes it was."""
    return {} if follow_up is None else {
        letter: Verdict(False, "mistake", said, (mistake,))
        for (letter, said), mistake in zip(follow_up.replies.items(), verdict.mistakes, strict=False)}


def _line(kind: str, content: dict[str, object]) -> str:
    """One JSON object on a line; a number that is not finite is null."""
    plain = {key: None if isinstance(value, float) and not math.isfinite(value) else value
             for key, value in content.items()}
    return json.dumps({kind: plain}, ensure_ascii=False, allow_nan=False)

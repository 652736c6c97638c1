"""The tutor for programs: questions and verdicts as JSON lines, answers a line each.

A line that is a JSON object with a command of the plain mode, `{"command": "go 2:30"}`, is obeyed; `said` is what that
brought, in words. Where nothing is asked, because a command said so, every line is a command.
"""

import json
import math
import re
from collections.abc import Callable
from typing import Any, TextIO

from engine.text.pasted import retype
from engine.tutor.answer import Verdict
from engine.walk.actions import Answer, Do, Reply
from engine.walk.opening import arrive
from engine.walk.transition import act, enter_mode
from engine.walk.walk import ASKING, ActionError, Walk
from tui.plain.asking import ask
from tui.plain.commands import LOOKS, Commands, letter_of
from tui.plain.drill_lines import VERDICT
from tui.plain.plain_mode import look
from tui.plain.telling import read_out, tell
from tui.terminal.console import read_line

GIVE_UP = "?"
LONGEST_ANSWER = 10_000

Write = Callable[[str], object]


def run(walk: Walk, count: int | None, lines: TextIO, write: Write) -> None:
    """Answer `count` questions (None: until the answers end) from the number after the walk's place on."""
    walk = _go_on(enter_mode(arrive(walk), "practise all"))
    asked: Walk | None = None  # where the question was written that stands
    while count is None or count > 0:
        if walk.asks and (asked is None or asked.cursor != walk.cursor):
            write(_line("question", walk.tutor.question(walk.cursor.epoch, walk.cursor.step)._asdict()))
        elif walk.mode in ASKING and not walk.asks and not walk.looks_back:
            if walk.trouble:
                write(_line("said", [walk.trouble]))
            return  # else it is behind the last epoch
        if not (line := read_line(lines, LONGEST_ANSWER)):
            return
        asked, text = walk, retype(line).strip()
        if (command := _command_in(text)) is not None or walk.mode not in ASKING:
            asked, walk = None, _go_on(read_out(_obey(walk, text if command is None else command, write)))
            continue
        walk, is_done = _take(walk, text, write)
        if is_done:
            walk, count = _go_on(read_out(walk)), None if count is None else count - 1


def _take(walk: Walk, text: str, write: Write) -> tuple[Walk, bool]:
    """Take an answer; returns whether the question is done with it."""
    if not text:
        write(_verdict(walk.tutor.judge(walk.cursor.epoch, walk.cursor.step, text)))
        return walk, False
    follow_up = walk.attempt.follow_up
    letter = letter_of(follow_up, text) if follow_up and not re.search("[0-9]", text) else ""  # 1 is a number
    action = Reply(letter) if letter else Do.FILL_IN if text == GIVE_UP else Answer(text)
    after = act(walk, action)
    write(_verdict(after.verdict) if after.verdict else _line("said", list(after.said)))
    if after.example:
        write(_line("said", list(tell(walk, action, after))))
    return after, after.cursor != walk.cursor or after.example is not None


def _obey(walk: Walk, command: str, write: Write) -> Walk:
    """Do what a command of the plain mode says."""
    commands = Commands()
    try:
        request = commands.read(walk, command)
        if request.name in LOOKS:
            said, after = list(look(walk, request, commands)), walk
        else:
            action = commands.action_of(walk, request)
            after = arrive(act(walk, action))
            said = [*tell(walk, action, after), *(ask(after) if after.search else ())]
        write(_line("said", said))
    except ActionError as error:
        write(_line("said", [str(error)]))
        return walk
    return after


def _go_on(walk: Walk) -> Walk:
    """Past the end of an epoch, to the first question of the next one."""
    for _ in range(2):  # to the summary of the update, and on from there
        walk = walk if walk.asks or walk.mode not in ASKING else act(walk, Do.FILL_IN)
    return walk


def _command_in(line: str) -> str | None:
    """What a line asks for that is no answer."""
    if not line.startswith("{"):
        return None
    try:
        command = json.loads(line).get("command")
    except (ValueError, RecursionError):
        return None
    return command if isinstance(command, str) else None


def _verdict(verdict: Verdict) -> str:
    choices = verdict.follow_up.choices if verdict.follow_up else {}
    given = {**verdict._asdict(), "mistakes": verdict.mistakes, "where": verdict.where,
             "choices": [{"id": letter, "text": text} for letter, text in choices.items()]}
    return _line("verdict", {key: given[key] for key in VERDICT})


def _line(kind: str, content: dict[str, Any] | list[str]) -> str:
    """One JSON object on a line; a number that is not finite is null."""
    if isinstance(content, dict):
        content = {key: None if isinstance(value, float) and not math.isfinite(value) else value
                   for key, value in content.items()}
    return json.dumps({kind: content}, ensure_ascii=False, allow_nan=False)

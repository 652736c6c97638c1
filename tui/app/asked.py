"""What a key means to a walk that asks, whose verdicts are read, or whose mistake is looked for: an action, where it is
not just a command. While something is typed, the keys that edit belong to that.
"""

from typing import TYPE_CHECKING

from engine.late import LateModule
from engine.text.pasted import retype
from engine.walk.actions import Action, Answer, Calculate, Do, Reply, Type
from engine.walk.walk import ASKING, Attempt, Search, Walk
from tui.config.key_names import key_name
from tui.config.keys import ASKED, READING, SEARCH
from tui.view.prompt import Line, Recall, edit, is_writing

if TYPE_CHECKING:
    from engine.tutor import answer
else:
    answer = LateModule("engine.tutor.answer")

BEGINS_ANSWER = "0123456789.,-(=\u30fc\uff70"


def action_for_key(walk: Walk, key: str, character: str | None, recall: Recall) -> Action | None:
    """The action that a key stands for; None where it is a command as ever, or nothing."""
    key = _as_on_keyboard(key, character)
    if walk.results.is_open and key in READING.by_key:
        return READING.by_key[key].action
    if walk.search:
        return _while_searching(walk.search, key)
    if walk.mode not in ASKING:
        return None
    command = ASKED.by_key.get(key)
    if not walk.asks and not walk.results.is_open:
        return _between_questions(key, character)
    if (text := recall.turn(key, walk.attempt.typed) if walk.attempt.typed else None) is not None:
        return Type(text)
    if command is None or (walk.attempt.typed and key == "right"):
        return _while_typing(walk, key, character)
    match command.id:
        case "answer":
            return Answer(walk.attempt.typed)
        case "result":
            return _calculate(walk)
    return command.action if command.action is not Do.STOP else None


def _as_on_keyboard(key: str, character: str | None) -> str:
    """The key of a keyboard that writes what a character is read as: `question_mark` for a fullwidth one."""
    written = retype(character or "")
    return key if written == (character or "") else key_name(written)


def _between_questions(key: str, character: str | None) -> Action | None:
    """What goes on to the next question; what begins an answer begins that question, and is nothing else."""
    command = ASKED.by_key.get(key)
    if command and (command.id == "answer" or command.action in (Do.FILL_IN, Do.WHY)):
        return command.action or Answer("")
    return _type(Line().insert(character)) if character and retype(character) in BEGINS_ANSWER else None


def paste(walk: Walk, text: str) -> Action:
    """What is pasted stands where the caret is; an answer that was taken gives way to it."""
    return _type(_writable(walk.attempt).insert(text))


def _while_searching(search: Search, key: str) -> Action | None:
    if search.which and not search.is_done and key in search.which.replies:
        return Reply(key)
    return SEARCH.by_key[key].action if key in SEARCH.by_key else None


def _while_typing(walk: Walk, key: str, character: str | None) -> Action | None:
    """A letter that answers the question beside, or what writes, erases and moves the caret."""
    attempt = walk.attempt
    if attempt.follow_up and key in attempt.follow_up.replies and (attempt.is_taken or not attempt.typed):
        return Reply(key)
    if is_writing(character):
        line = edit(_writable(attempt), key, character)
    elif attempt.typed or key == "backspace":
        line = edit(_erasable(walk), key, character)
    else:
        return None  # it walks, as ever
    return None if line is None else _type(line)


def _writable(attempt: Attempt) -> Line:
    """Where the next character goes: an answer that was taken gives way to it."""
    return Line() if attempt.is_taken else Line(attempt.typed, attempt.caret)


def _erasable(walk: Walk) -> Line:
    """What is typed; where nothing is, the learner's own number that stands there by hand."""
    attempt, exam = walk.attempt, walk.exam
    if attempt.typed or not exam or walk.cursor.step not in walk.written:
        return Line(attempt.typed, attempt.caret)
    return Line.of(exam.answers[walk.cursor.step])


def _type(line: Line) -> Type:
    return Type(line.text, line.caret)


def _calculate(walk: Walk) -> Action:
    """What is typed is worked out; behind nothing, or the name of what is asked, `=` is only written."""
    attempt = walk.attempt
    if not attempt.typed.strip() or answer.is_name(attempt.typed, walk.trace.line(
            walk.trace.script.step(walk.cursor.step)).name):
        return _type(_writable(attempt).insert("="))
    return Calculate(attempt.typed)

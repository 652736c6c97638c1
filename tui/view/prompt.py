"""A line to type in: what is typed, where the caret is, what was entered before; drawn with the rest of the picture."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from engine.graph.expression import LONGEST as LONGEST_READ
from engine.text.pasted import SEPARATOR, retype
from engine.walk.actions import Action
from tui.view.canvas import Canvas, CellStyle

LONGEST, MOST_ENTERED = LONGEST_READ + 1, 100  # what is cut off is never read: it would be another number
UNSHOWN = "\ufffd"  # which can't be read either


class Line(NamedTuple):
    """A text, and before which of its characters the caret stands."""

    text: str = ""
    caret: int = 0

    @classmethod
    def of(cls, text: str) -> "Line":
        """With the caret at the end."""
        return cls(text, len(text))

    def insert(self, text: str) -> "Line":
        """With a text before the caret, as a keyboard writes it; what is too long is left out."""
        text = "".join(map(_show, retype(text)))[:max(0, LONGEST - len(self.text))]
        return Line(retype(self.text[:self.caret] + text + self.text[self.caret:]), self.caret + len(text))

    def erase(self, start: int, end: int) -> "Line":
        """Without the characters from one to another; the caret stands where they were."""
        start = max(start, 0)
        return Line(self.text[:start] + self.text[end:], start)

    def to(self, caret: int) -> "Line":
        """With the caret elsewhere, at the ends at most."""
        return Line(self.text, max(0, min(caret, len(self.text))))


def _show(character: str) -> str:
    """A character as it may stand in a line."""
    if character.isprintable() or character == SEPARATOR:
        return character
    return " " if character.isspace() else UNSHOWN


def _start_of_word(line: Line) -> int:
    return len(re.sub(r"\S+\s*$", "", line.text[:line.caret]))


EDITS: dict[str, Callable[[Line], Line]] = {
    "left": lambda line: line.to(line.caret - 1),
    "right": lambda line: line.to(line.caret + 1),
    "home": lambda line: line.to(0),
    "end": lambda line: line.to(len(line.text)),
    "backspace": lambda line: line.erase(line.caret - 1, line.caret),
    "delete": lambda line: line.erase(line.caret, line.caret + 1),
    "ctrl+u": lambda line: line.erase(0, line.caret),
    "ctrl+k": lambda line: line.erase(line.caret, len(line.text)),
    "ctrl+w": lambda line: line.erase(_start_of_word(line), line.caret),
}
EDITS |= {"ctrl+a": EDITS["home"], "ctrl+e": EDITS["end"]}


def edit(line: Line, key: str, character: str | None) -> Line | None:
    """A line after a key that writes, erases or moves the caret; None for any other key."""
    if key in EDITS:
        return EDITS[key](line)
    return line.insert(character or "") if is_writing(character) else None


def is_writing(character: str | None) -> bool:
    """Whether a key's character is written into a line."""
    return bool(character) and retype(character or "").isprintable()


@dataclass(slots=True)
class Recall:
    """What was entered, the newest last, and how far back in it the learner is; what was typed waits at its end."""

    entered: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_ENTERED))
    _back: int = 0
    _draft: str = ""

    def add(self, text: str) -> None:
        """Something was entered."""
        if text.strip() and (not self.entered or self.entered[-1] != text):
            self.entered.append(text)
        self._back = 0

    def turn(self, key: str, typed: str) -> str | None:
        """What `up` or `down` brings back; None for any other key, after which one is at the end again."""
        if key not in ("up", "down"):
            self._back = 0
            return None
        if not self._back:
            self._draft = typed
        self._back = max(0, min(self._back + (1 if key == "up" else -1), len(self.entered)))
        return self.entered[-self._back] if self._back else self._draft


@dataclass(slots=True)
class Prompt:
    """A question and the form of its answer, what has been typed so far, and the reply to what was entered.

    `action_for` gives the action that a text stands for; `is_asked_again`: the question stays when that is done, and
    what was entered gives way to what is typed next.
    """

    question: str
    form: str
    action_for: Callable[[str], Action]
    recall: Recall = field(default_factory=Recall)
    is_asked_again: bool = False
    line: Line = field(default_factory=Line)
    reply: str = ""
    is_taken: bool = False

    def take(self, key: str, character: str | None) -> None:
        """Take a key that writes, erases, moves the caret or recalls; others mean nothing here."""
        is_anew = self.is_taken and is_writing(character)
        recalled = self.recall.turn(key, self.line.text)
        line = edit(Line() if is_anew else self.line, key, character) if recalled is None else Line.of(recalled)
        if line is not None:
            self.line, self.is_taken, self.reply = line, False, ""

    def paste(self, text: str) -> None:
        """Insert what was pasted."""
        self.line, self.is_taken, self.reply = (Line() if self.is_taken else self.line).insert(text), False, ""


def draw_line(canvas: Canvas, x: int, y: int, width: int, line: Line) -> int:
    """Draw a line with its caret in so many columns: where it is longer, its head and what is around the caret. Returns
    the column behind it.
    """
    columns = [*_columns(canvas, line.text), " "]  # on whose last cell the caret stands at the end
    caret = len(_columns(canvas, line.text[:line.caret]))
    if len(columns) > width:
        columns, caret = _around(columns, caret, width, list(canvas.spelled("…")))
    canvas.put(x, y, "".join(columns), CellStyle.TITLE)
    canvas.put(x + caret, y, columns[caret], CellStyle.FRESH)
    canvas.caret = x + caret, y
    return x + len(columns)


def _columns(canvas: Canvas, text: str) -> list[str]:
    """What stands in each column: a character, nothing behind a wide one."""
    columns = list[str]()
    for character in canvas.spelled(text):
        if width := canvas.length(character):
            columns += [character, *[""] * (width - 1)]
        elif columns:  # it stands above the one before
            columns[-1 if columns[-1] else -2] += character
    return columns


def _around(columns: list[str], caret: int, width: int, sign: list[str]) -> tuple[list[str], int]:
    """The head of a line, and what of it stands around the caret, within a width; where the caret is then."""
    if caret < width - len(sign):
        return _cut(columns, 0, width - len(sign)) + sign, caret
    head = width // 3
    room = width - head - 2 * len(sign)
    start = min(caret - room // 2, len(columns) - room - len(sign))
    is_cut = start + room + len(sign) < len(columns)
    shown = _cut(columns, start, start + room) + sign if is_cut else _cut(columns, start, len(columns))
    return _cut(columns, 0, head) + sign + shown, head + len(sign) + caret - start


def _cut(columns: list[str], start: int, end: int) -> list[str]:
    """The columns from one to another; half of a wide character is blank."""
    piece = columns[start:end]
    if piece and not piece[0]:
        piece[0] = " "
    if piece and end < len(columns) and not columns[end]:
        piece[-1] = " "
    return piece

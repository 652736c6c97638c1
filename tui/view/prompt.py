"""A line to type an answer in, drawn with the rest of the picture."""

from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST = 200


def _no_reply(_text: str) -> str:
    return ""


@dataclass(slots=True)
class Prompt:
    """A question and the form of its answer, what has been typed so far, and the reply to what was entered.

    `enter` takes what is typed and returns the reply; ↑ and ↓ go through the history.
    """

    question: str = ""
    form: str = ""
    enter: Callable[[str], str] = _no_reply
    history: list[str] = field(default_factory=list)
    text: str = ""
    reply: str = ""
    is_done: bool = False  # what is typed was taken: the next character begins anew
    _back: int = 0

    def take(self, key: str, character: str | None) -> None:
        """Take a key that writes, erases or recalls; others mean nothing here."""
        self.reply = ""
        begins_anew, self.is_done = self.is_done, False
        if key == "backspace":
            self.text = self.text[:-1]
        elif key == "ctrl+u":
            self.text = ""
        elif key in ("up", "down") and self.history:
            self._back = max(0, min(self._back + (1 if key == "up" else -1), len(self.history)))
            self.text = self.history[-self._back] if self._back else ""
        elif character and character.isprintable():
            self.text = "" if begins_anew else self.text
            self.write(character)

    def write(self, text: str, is_new: bool = False) -> None:
        """Add characters at the end; `is_new` where an answer that was taken gives way to them."""
        if is_new and self.is_done:
            self.text, self.is_done = "", False
        self.text = (self.text + text)[:LONGEST]

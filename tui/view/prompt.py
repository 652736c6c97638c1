"""A line to type in, drawn with the rest of the picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.walk.actions import Action

LONGEST = 200


def edit(text: str, key: str, character: str | None) -> str | None:
    """A text after a key that writes or erases at its end; None for any other key."""
    if key == "backspace":
        return text[:-1]
    if key == "ctrl+u":
        return ""
    if character and character.isprintable():
        return (text + character)[:LONGEST]
    return None


@dataclass(slots=True)
class Prompt:
    """A question and the form of its answer, what has been typed so far, and the reply to what was entered.

    `action_for` gives the action that a text stands for; `is_asked_again`: the question stays when that is done. ↑ and
    ↓ go through the history.
    """

    question: str
    form: str
    action_for: Callable[[str], Action]
    history: Sequence[str] = ()
    is_asked_again: bool = False
    text: str = ""
    reply: str = ""
    _back: int = 0

    def take(self, key: str, character: str | None) -> None:
        """Take a key that writes, erases or recalls; others mean nothing here."""
        self.reply = ""
        if key in ("up", "down") and self.history:
            self._back = max(0, min(self._back + (1 if key == "up" else -1), len(self.history)))
            self.text = self.history[-self._back] if self._back else ""
        elif (text := edit(self.text, key, character)) is not None:
            self.text = text

    def paste(self, text: str) -> None:
        """Add what was pasted at the end."""
        self.text = (self.text + text)[:LONGEST]

"""A line to type an answer in, drawn with the rest of the picture."""

from dataclasses import dataclass

LONGEST = 40


@dataclass(slots=True)
class Prompt:
    """A question, what has been typed so far, and what is wrong with what was entered."""

    question: str
    text: str = ""
    problem: str = ""

    def take(self, key: str, character: str | None) -> None:
        """Take a key that writes or erases; others mean nothing here."""
        if key == "backspace":
            self.text = self.text[:-1]
        elif key == "ctrl+u":
            self.text = ""
        elif character and character.isprintable():
            self.write(character)

    def write(self, text: str) -> None:
        """Add characters at the end."""
        self.text = (self.text + text)[:LONGEST]

"""A line to type an answer in, drawn with the rest of the picture."""

from dataclasses import dataclass

LONGEST = 40


@dataclass(slots=True)
class Prompt:
    """A question and the form of its answer, what has been typed so far, what is wrong with what was entered."""

    question: str
    form: str
    text: str = ""
    problem: str = ""

    def take(self, key: str, character: str | None) -> None:
        """Take a key that writes or erases; others mean nothing here."""
        self.problem = ""
        if key == "backspace":
            self.text = self.text[:-1]
        elif key == "ctrl+u":
            self.text = ""
        elif character and character.isprintable():
            self.write(character)

    def write(self, text: str) -> None:
        """Add characters at the end."""
        self.text = (self.text + text)[:LONGEST]

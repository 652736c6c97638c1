"""The line that asks for a place in the trace."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label


class GoToPrompt(Horizontal):
    """Hidden until opened. Posts what was typed as `Asked`; whether it is a place is for the screen to say."""

    class Asked(Message):
        """A text was entered."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def compose(self) -> ComposeResult:
        """A question, a place for the answer, room for what is wrong with it."""
        yield Label("go to EPOCH or EPOCH:STEP", markup=False)
        answer = Input(max_length=20)
        answer.cursor_blink = False
        yield answer
        yield Label("Enter goes, Esc leaves", id="problem", markup=False)

    def open(self) -> None:
        """Show it, empty, and take the keys."""
        self.add_class("-open")
        answer = self.query_one(Input)
        answer.value = ""
        answer.focus()

    def close(self) -> None:
        """Hide it."""
        self.remove_class("-open")
        self.query_one("#problem", Label).update("Enter goes, Esc leaves")

    def complain(self, problem: str) -> None:
        """Say what is wrong with the answer."""
        self.query_one("#problem", Label).update(problem)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass the answer on."""
        event.stop()
        self.post_message(self.Asked(event.value))

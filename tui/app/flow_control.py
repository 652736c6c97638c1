"""How much goes to the terminal: no more while the last change is still on its way."""

import os
import time

SECONDS_BETWEEN_LOOKS = 0.02  # at whether the way is free again


class FlowControl:
    """The way to the terminal, free when the changes written last have arrived there.

    What is still held on the way, by ssh above all, nobody can tell. So after each change the terminal is asked where
    its cursor is: the answer comes when it has drawn what came before. One that never answers is not waited for; one
    that no longer does, a few times as long as its answers took.
    """

    QUESTION = "\x1b[6n"
    PATIENCE, PATIENCE_FACTOR, MOST_PATIENCE = 1.0, 4, 10.0  # seconds; of the last answer's time; seconds

    def __init__(self, file_number: int) -> None:
        """The number of its file, which may be no terminal."""
        self._is_terminal = os.isatty(file_number)
        self._open_questions = 0
        self._asked_at = 0.0
        self._patience = self.PATIENCE
        self._does_answer = False

    def question(self) -> str:
        """What is written behind a change: it counts from now on."""
        if not self._is_terminal:
            return ""
        self._open_questions += 1
        self._asked_at = time.monotonic()
        return self.QUESTION

    def take_answer(self) -> None:
        """An answer of the terminal has come (one that nobody asked for is a key: xterm's modified F3)."""
        if not self._open_questions:
            return
        self._open_questions -= 1
        self._does_answer = True
        took = time.monotonic() - self._asked_at
        self._patience = min(max(self.PATIENCE_FACTOR * took, self.PATIENCE), self.MOST_PATIENCE)

    def forget(self) -> None:
        """What was asked will not be answered: the terminal was left meanwhile."""
        self._open_questions = 0

    def is_free(self) -> bool:
        """Whether another change may be written."""
        return self.is_quiet() or not self._does_answer

    def is_quiet(self) -> bool:
        """Whether no answer is to be expected any more."""
        if self._open_questions and time.monotonic() - self._asked_at > self._patience:
            self._open_questions, self._does_answer = 0, False
        return not self._open_questions


FLOW_CONTROL = FlowControl(2)  # a process has one terminal, and Textual draws on its standard error

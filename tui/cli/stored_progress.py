"""The learner's progress, as a command finds it."""

import sys
from typing import TextIO

from engine.learner.progress import Progress
from engine.learner.progress_folder import read_progress
from tui.terminal.console import tell


def load_progress(messages_to: TextIO | None = None) -> Progress:
    """The learner's progress; what there is to say of its files goes to stderr, or to another stream."""
    found, messages = read_progress()
    for message in messages:
        tell(f"{message}; it is not written over", messages_to or sys.stderr)
    return found

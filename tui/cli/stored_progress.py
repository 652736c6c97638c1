"""The learner's progress, as a command finds it."""

import sys

from engine.learner import progress
from engine.learner.progress import Progress


def load_progress() -> Progress:
    """The learner's progress; what there is to say of its files goes to stderr."""
    found, message = progress.load()
    if message:
        print(message, file=sys.stderr)
    return found

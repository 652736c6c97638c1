"""Asking for what a new lesson is to be, a line each; Enter takes what is in brackets."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from engine.course.new_lesson import GATES, MOST_HIDDEN_UNITS, Wish
from engine.graph.activations import ACTIVATIONS

Read = Callable[[str], str]


def ask(wish: Wish, missing: Sequence[str], read: Read = input) -> Wish:
    """A wish with what was missing as it was answered; what can't be taken is asked again."""
    if "gate" in missing:
        wish = replace(wish, gate=_choice("Which gate", list(GATES), wish.gate, read))
    if "hidden" in missing:
        numbers = [str(units) for units in range(MOST_HIDDEN_UNITS + 1)]
        wish = replace(wish, hidden=int(_choice("How many hidden units", numbers, str(wish.hidden), read)))
    if "activation" in missing and wish.hidden:
        wish = replace(wish, activation=_choice("Their activation", list(ACTIVATIONS), wish.activation, read))
    return wish


def _choice(question: str, choices: Sequence[str], default: str, read: Read) -> str:
    while True:
        answer = read(f"{question} ({', '.join(choices)}) [{default}]? ").strip().lower() or default
        if answer in choices:
            return answer

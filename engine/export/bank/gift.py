"""A lesson's numbers as a question bank for Moodle, in its GIFT format: every number a numerical question with its
tolerance, every mistake's number a wrong answer with what is said of it.
"""

import math
import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from engine.export.bank.questions import Answer, Question, compose_questions
from engine.export.selection import Selection
from engine.export.text_trace import PHASES
from engine.text.printable import printable
from engine.trace.trace import Trace

RESERVED = re.compile(r"[\\~=#{}:]")
LEAST_TOLERANCE = 1e-13  # Moodle takes numbers for one that differ by 1e-14
Spell = Callable[[str], str]


def write_gift(trace: Trace, epochs: int, selection: Selection, seed: int | None = None,
               spell: Spell = str, is_copy: bool = False) -> Iterator[str]:
    """In pieces, a question each; a category for each phase, of a copy for each number, where those of the other copies
    are, too. `spell` is for who wants ASCII.
    """
    title, category = _as_category(spell(trace.lesson.title)), ""
    bank = trace.lesson.id + ("" if seed is None else f", numbers {seed}")
    width = len(str(trace.script.length))  # of steps: sorted by name, questions stand as on the screen
    for question in compose_questions(trace, epochs, selection):
        place = f"{question.epoch}:{question.step:0{width}} {question.name}"
        of_number = f"/{_as_category(spell(place))}" * is_copy
        if category != (category := f"handgrad/{title}/{PHASES[question.phase]}{of_number}"):
            yield f"$CATEGORY: {category}\n\n"
        name = f"{bank}, {place}"
        yield _write(name, question, lambda text: _escape(spell(text))) if _is_large_enough(question.answers[0]) else \
            f"// Too near to 0 for Moodle: {_plain(spell(name))}\n\n"


def _is_large_enough(answer: Answer) -> bool:
    """Whether Moodle tells a number from those beside it."""
    return not answer.value or answer.tolerance >= LEAST_TOLERANCE


def _write(name: str, question: Question, escape: Spell) -> str:
    text = "\n".join([*question.given, question.asked])
    right, *others = question.answers
    answers = [right, *(each for each in others if abs(each.value - right.value) >= LEAST_TOLERANCE)]
    lines = "".join(f"\t{_number(answer)}{f'#{escape(answer.said)}' * bool(answer.said)}\n" for answer in answers)
    return f"::{escape(name)}::[plain]{escape(text)} {{#\n{lines}\t####{escape(question.solution)}\n}}\n\n"


def _number(answer: Answer) -> str:
    """`=0.3:0.0005`; of a wrong one, that earns nothing, `=%0%0.2:0.0005`. Not everybody reads exponents: none is
    written. The number has three decimals more than its tolerance needs.
    """
    share, value, tolerance = "" if answer.is_right else "%0%", "0", f"{Decimal(f'{answer.tolerance:.6g}'):f}"
    if answer.value:
        decimals = max(3 - math.floor(math.log10(answer.tolerance)), 1)
        value = f"{answer.value:.{decimals}f}".rstrip("0").removesuffix(".")
    return f"={share}{value}:{tolerance}"


def _escape(text: str) -> str:
    """A text in which nothing is a sign of the format's; its lines stay lines."""
    return "\\n".join(RESERVED.sub(r"\\\g<0>", _plain(line)) for line in text.splitlines())


def _plain(text: str) -> str:
    return printable(text, len(text))


def _as_category(title: str) -> str:
    """A title as one name in a path: nothing in it is escaped, but a slash is doubled, away from those of the path."""
    return re.sub("[ /]*/[ /]*", " // ", _plain(title).replace("\\", " "))

"""What is asked of a learner, an answer as it was read, and what is said of it."""

import math
import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Literal, NamedTuple

from engine.graph.expression import Expression
from engine.graph.functions import PRIME
from engine.graph.numeric import ZERO
from engine.text.notation import number
from engine.text.pasted import retype
from engine.text.printable import printable

Reason = Literal["exact", "coarse", "rounded", "follows", "mistake", "unknown", "unreadable", "given-up"]
SAME = 1e-9  # relative: two computations of one number
LARGEST_POWER = 300  # of 10: 0e999 is a number too
AS_NAME = str.maketrans({"∂": "d", "/": "_", ",": "_", PRIME: "_"})
FROM_KEYBOARD = str.maketrans("∂′·", "d'*")
DERIVATIVE = r"(?<!\w)[∂dD][^\W\d]\w*[′']*/[∂dD](?:w[0-9]+,[0-9]+|[^\W\d]\w*[′']*)"
DELTA = "δ"  # which a keyboard writes as d, or as delta
IS = r"~?=|[≈~]"  # between a name and its number
THOUSAND = 1000.0
LOOSELY = 1e-4  # relative: a formula worked out with shown numbers


class Question(NamedTuple):
    """What is asked: the number of a step. `step` counts from 1: once answered, the place is EPOCH:STEP."""

    epoch: int
    step: int
    kind: str
    name: str
    row: int | None
    parameter: str | None
    formula: str


LETTERS = "abcd"  # of a follow-up question
WHICH = " Which was it?"  # ends one that separates several mistakes

class Spot(NamedTuple):
    """One number of a learner's working, in whichever chain it is asked for: of a factor what is differentiated in it,
    and by what; of another number its quantity. One that belongs to all rows of a batch is in no row.
    """

    what: Hashable
    batch: int
    row: int | None


Slip = tuple[Spot, float]  # a wrong number, and what it was to be
Slips = Mapping[Spot, float]


class Mistaken(NamedTuple):
    """A mistake of the catalogue, by its id; `where` is the name of the number in which it was made, `skill` that
    number's; `idea` is what to remember of it at such a number.
    """

    id: str
    where: str
    skill: str
    idea: str


class FollowUp(NamedTuple):
    """A question that one letter answers: what each letter stands for, what is said to it, and which mistake it is, if
    any. `question` is all of it in one line, `asks` the question without its choices.
    """

    question: str
    asks: str
    choices: Mapping[str, str]
    replies: Mapping[str, str]
    mistakes: Mapping[str, Mistaken]


class Verdict(NamedTuple):
    """What is said of an answer. While it is not `done` the question stands, and `value` is None.

    `made` are the mistakes that give the answer; `follow_up` separates several that give the same number; `slip` is
    what a wrong number leaves behind, to recognise what follows from it.
    """

    correct: bool
    reason: Reason
    message: str
    made: tuple[Mistaken, ...] = ()
    done: bool = False
    value: float | None = None
    follow_up: FollowUp | None = None
    slip: Slip | None = None

    @classmethod
    def on_mistakes(cls, message: str, *mistakes: Mistaken, follow_up: FollowUp | None = None) -> "Verdict":
        """A wrong answer, and how it may have come about."""
        return cls(False, "mistake", message, mistakes, follow_up=follow_up)

    @property
    def mistakes(self) -> tuple[str, ...]:
        """By their ids."""
        return tuple(each.id for each in self.made)

    @property
    def where(self) -> tuple[str, ...]:
        """For each of them the name of the number in which it was made."""
        return tuple(each.where for each in self.made)

    @property
    def named(self) -> Mistaken | None:
        """The mistake that it names; of one under two names the first. None where several are to be told apart."""
        return self.made[0] if self.made and not self.follow_up else None

    @property
    def is_evidence(self) -> bool:
        """Whether it tells what is known: the right number does, and a wrong one that follows from no other."""
        return self.reason in ("exact", "rounded") or (self.reason != "coarse" and self.slip is not None)


class Typed(NamedTuple):
    """A formula as it was typed, read, with the values of the names in it."""

    text: str
    expression: Expression
    names: Mapping[str, float]


class Answer(NamedTuple):
    """An answer that was read: its value, and how far a number may be from it to count as the same. Of a plain number
    `digits` are the significant ones, of which `zeros` at a whole number's end may be mere places; of a formula
    `typed` is how it was typed.
    """

    value: float
    text: str
    tolerance: float
    digits: int | None
    zeros: int = 0
    typed: Typed | None = None


def with_names(text: str, derivatives: Iterable[str]) -> str:
    """A text of the same length, in which derivatives, `∂L/∂q` or `dL/dq`, are names for the calculator."""
    known = {_fold(name): as_name(name) for name in derivatives}
    return re.sub(DERIVATIVE, lambda found: known.get(_fold(found.group()), found.group()), text)


def _fold(derivative: str) -> str:
    """A derivative's name, however it is typed."""
    of, _, by = derivative.replace("'", PRIME).casefold().partition("/")
    return f"{of[1:]}/{by[1:]}"


def as_name(name: str) -> str:
    """A derivative's name as the calculator has it: `dL_dq`; any other as it is."""
    return name.translate(AS_NAME) if name.startswith("∂") else name


def read(expression: Expression, text: str, names: Mapping[str, float]) -> Answer:
    """An answer from what was typed and parsed. Raises ExpressionError."""
    value = expression.compute(names)
    shown = printable(text.strip(), 40).replace("-", "−")  # as every number is shown
    if expression.literal is None:
        return Answer(value, f"{shown} = {number(value)}", LOOSELY * abs(value), None,
                      typed=Typed(text, expression, names))
    written = measure(expression.literal)
    return Answer(value, shown, written.half, written.digits, written.zeros)


def as_plain(answer: Answer, digits: int) -> Answer:
    """What an answer comes to, as a plain number, rounded to so many digits."""
    text = f"{answer.value:.{digits}g}"
    written = measure(text)
    return answer._replace(value=float(text), tolerance=written.half, digits=written.digits, zeros=written.zeros,
                           typed=None)


class Written(NamedTuple):
    """How exactly a number is meant by who wrote it: half of its last digit, how many digits are significant, and how
    many zeros a whole number ends with.
    """

    half: float
    digits: int
    zeros: int


def measure(literal: str) -> Written:
    """Of a number as it was typed."""
    mantissa, _, exponent = literal.lower().partition("e")
    whole, point, decimals = mantissa.strip("+-").partition(".")
    unit = 10.0 ** min(int(exponent or 0) - len(decimals), LARGEST_POWER)
    digits = (whole + decimals).lstrip("0")
    return Written(unit / 2 * (1 + SAME), len(digits), 0 if point else len(digits) - len(digits.rstrip("0")))


def is_same(a: float, b: float) -> bool:
    """Whether two numbers are one, computed in two ways."""
    return math.isclose(a, b, rel_tol=SAME, abs_tol=ZERO)


def without_name(text: str, name: str) -> str:
    """An answer, as a keyboard writes it, without a bare `=` or `≈`, or the name of what is asked and one: the 0.3 of
    `Z3 = 0.3`.
    """
    head, *answer = re.split(IS, text := retype(text), maxsplit=1)
    return answer[0] if answer and (not head.strip() or is_name(head, name)) else text


def is_name(text: str, name: str) -> bool:
    """Whether a text is a name, as it is shown or as a keyboard writes it."""
    def plain(written: str) -> str:
        spelled = "".join(retype(written).split()).translate(FROM_KEYBOARD).replace("²", "^2").removeprefix("new")
        return re.sub("^(?:delta|d)(?=[0-9]+$)", DELTA, spelled.casefold())
    return plain(text) == plain(name)


def letter_choices(texts: Iterable[str]) -> dict[str, str]:
    """What there is to choose from, by letters."""
    return dict(zip(LETTERS, texts, strict=False))


def letter_options(choices: Mapping[str, str]) -> str:
    """The same in one line: `(a) it is A, (b) it is 1−A`."""
    return ", ".join(f"({letter}) {text}" for letter, text in choices.items())

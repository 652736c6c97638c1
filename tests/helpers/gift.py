"""A strict reader of the GIFT format, as far as Moodle documents it for numerical questions; and how Moodle grades one.

Questions stand between blank lines; a line that begins with // is a comment, one with $CATEGORY: says where the next
questions go. `::name::[format]text {# answers ####general feedback }`; an answer is `=value:tolerance`, with a share of
the mark before it, `=%50%value:tolerance`, and feedback behind a #. A backslash takes ~ = # { } : and itself as they
are; \\n is a line break. Anything else is refused.
"""

import re
from typing import NamedTuple

BLOCKS = re.compile(r"\n[ \t]*\n")
TOKENS = re.compile(r"\\(?P<escaped>[~=#{}:\\n])|(?P<sign>[~=#{}:\\])|(?P<text>[^~=#{}:\\]+)")
QUESTION = re.compile(r"\0:\0:(?P<name>[^\0]+)\0:\0:\[plain\](?P<text>[^\0]*)\0\{\0#(?P<answers>.*)\0\}\s*", re.DOTALL)
FEEDBACK = re.compile(r"(?:\0#){4}")
ANSWER = re.compile(r"\s*(?:%(?P<share>[0-9]{1,3})%)?(?P<value>-?[0-9]+(?:\.[0-9]+)?)\0:"
                    r"(?P<tolerance>[0-9]+(?:\.[0-9]+)?)(?:\0#(?P<feedback>[^\0]*))?\s*")


class GiftError(Exception):
    """What is no GIFT."""


class GiftAnswer(NamedTuple):
    """One number, how much of the mark it earns in percent, what is said to it."""

    value: float
    tolerance: float
    share: int
    feedback: str


class GiftQuestion(NamedTuple):
    """A numerical question."""

    category: str
    name: str
    text: str
    answers: list[GiftAnswer]
    feedback: str


def read_gift(text: str) -> list[GiftQuestion]:
    """All questions. Raises GiftError."""
    found, category = list[GiftQuestion](), ""
    for block in filter(None, map(str.strip, BLOCKS.split(text))):
        lines = [line for line in block.split("\n") if not line.strip().startswith("//")]
        if lines and lines[0].startswith("$CATEGORY:"):
            if len(lines) > 1:
                raise GiftError(block)
            category = lines[0].removeprefix("$CATEGORY:").strip()
        elif lines:
            found.append(_question(category, "\n".join(lines)))
    return found


def _question(category: str, block: str) -> GiftQuestion:
    whole = QUESTION.fullmatch(_mark_signs(block))
    if not whole:
        raise GiftError(block)
    answers, *feedback = FEEDBACK.split(whole["answers"])
    if len(feedback) != 1 or "\0" in feedback[0]:
        raise GiftError(block)
    before, *each = answers.split("\0=")
    if before.strip() or not each:
        raise GiftError(block)
    return GiftQuestion(category, whole["name"], whole["text"].strip(), list(map(_answer, each)), feedback[0].strip())


def _mark_signs(block: str) -> str:
    """A block in which each sign that means something has a 0 before it, and the others are as they are meant."""
    marked, at = "", 0
    while at < len(block):
        token = TOKENS.match(block, at)
        if not token or token["sign"] == "\\":
            raise GiftError(block[at:])
        escaped, sign = token["escaped"], token["sign"]
        marked += f"\0{sign}" if sign else "\n" if escaped == "n" else escaped or token["text"]
        at = token.end()
    return marked


def _answer(text: str) -> GiftAnswer:
    found = ANSWER.fullmatch(text)
    if not found:
        raise GiftError(text)
    share = 100 if found["share"] is None else int(found["share"])
    return GiftAnswer(float(found["value"]), float(found["tolerance"]), share, (found["feedback"] or "").strip())


def grade(question: GiftQuestion, typed: float) -> GiftAnswer | None:
    """The first answer that a number fits, as Moodle has it: a little more than the tolerance is forgiven."""
    return next((answer for answer in question.answers
                 if abs(typed - answer.value) <= answer.tolerance + 1e-14 * max(1.0, abs(answer.value))), None)

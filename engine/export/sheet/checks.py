"""A gradient by small differences, on a sheet: what is to be done, a line for some h, what a lesson's sheet has for it.

A blank one is made without a number being known.
"""

from collections.abc import Iterator, Sequence

from engine.export.check_in_words import cells_of, close_to_it, findings_of, heading_of, heads_of
from engine.export.in_words import say_sheet
from engine.export.sheet.sheet import Blank, Column, Row, Section, Table
from engine.graph.network import Parameter
from engine.text.notation import number
from engine.trace.gradient_check import SIZES, check_gradient
from engine.trace.script import Batch
from engine.trace.trace import Trace

BY_HAND = SIZES[:3]  # of h: each takes two forward passes of every row
LOSSES = 2  # columns, of Loss on both sides
DIGITS = ("In a gradient check write down ten digits of what is worked out anew: few of them differ. Its error is how "
          "far quotient and gradient are apart, as a share of the larger one.")
OF_A_COMPUTER = ("Gradient checks are worked out with a computer's 16 digits: with fewer the smallest h has a larger "
                 "error.")


def check_section(trace: Trace, epoch: int, batch: Batch, parameter: Parameter, level: int, is_key: bool) -> Section:
    """Of a parameter's gradient, in a batch of an epoch."""
    loss, name = trace.symbols.loss.name, parameter.name
    answers: Sequence[Sequence[str]] = [[""] * (LOSSES + 2)] * len(BY_HAND)  # how many digits are left is not for paper
    if is_key:
        check = check_gradient(trace, epoch, batch, parameter, BY_HAND)
        words = list(findings_of(check))
        answers = [cells_of(each)[1:LOSSES + 3] for each in check.differences]
    else:
        words = list(_what_to_do(loss, name))
        words += to_judge(trace, epoch, batch, parameter)
    head, *heads = heads_of(loss, name)[:LOSSES + 3]
    rows = [Row([number(h)], [Blank(epoch, None, answer=answer, is_long=k < LOSSES) for k, answer in enumerate(of_h)])
            for h, of_h in zip(BY_HAND, answers, strict=True)]
    return Section(level, heading_of(loss, name), words=words,
                   tables=[Table("", [head], list(map(Column, heads)), rows)])


def to_judge(trace: Trace, epoch: int, batch: Batch, parameter: Parameter) -> Iterator[str]:
    """What is to be decided of a gradient, if the lesson's sheet has it."""
    if said := say_sheet(trace, epoch, batch.number, parameter):
        yield f"{said} Circle what that is: right / wrong"


def _what_to_do(loss: str, name: str) -> Iterator[str]:
    """With the chain rule nowhere."""
    yield (f"Work {loss} out anew with {name} larger by h, then smaller by h, all else as it was. If ∂{loss}/∂{name} "
           f"is right, {close_to_it(loss, name)}.")

"""What is said of a mistake, to one who made it."""

import re

from engine.text.notation import number
from engine.trace.trace import Entry, Trace
from engine.tutor.explanations import Explanation, Extent
from engine.tutor.mistakes import Outcome
from engine.tutor.numbers import Numbers

COMES_OUT = "is what comes out if"
THE, WITH_ARTICLE = "the ", ("product", "sum of paths", "row's loss")


def explain(trace: Trace, entry: Entry, outcome: Outcome, typed: str) -> str:
    """What is said to one who typed what a mistake gives."""
    lesson, parameter_index, unit = trace.lesson, entry.step.parameter_index, entry.step.unit
    numbers = Numbers(trace, entry.epoch, entry.step)
    has_bias = unit is not None and lesson.network.bias != "none"
    return outcome.mistake.say.format(
        typed=typed, which=outcome.which, name=entry.line.name, formula=entry.line.formula, why=entry.why,
        n=numbers.terms, bias=number(numbers.read(trace.symbols.weight(None, unit))) if unit and has_bias else "",
        asked="" if parameter_index is None else lesson.order[parameter_index].name)


def tell(trace: Trace, each: Explanation, typed: str) -> str:
    """The same of a mistake wherever it was made."""
    entry = each.entry
    if each.extent is Extent.HERE:
        return explain(trace, entry, each.outcome, typed)
    row = trace.script.anchor(entry.step)
    entry = entry._replace(why=entry.line.why(lambda quantity: trace.read(entry.epoch, quantity, row)))
    said = explain(trace, entry, each.outcome, "").strip()
    gist = first_clause(said, "")
    where = f"{THE * entry.line.name.startswith(WITH_ARTICLE)}{entry.line.name}"
    when = {Extent.ROWS: " in every row", Extent.ONE_ROW: f" in row {row + 1} alone"}.get(each.extent, "")
    if each.extent is Extent.EVERYWHERE:
        where += ", like the others of its kind,"
    return f"{typed} {COMES_OUT} {where} {gist}{when}{said[len(gist):]}"


def is_same_thing(each: Explanation, nearer: Explanation) -> bool:
    """Whether a mistake is only another word for a nearer one: a factor that is left out is one taken for 1."""
    return nearer.outcome.which == each.entry.line.name and each.outcome.value == 1


def first_clause(text: str, typed: str) -> str:
    """What a mistake's words say the number is: `is 1−A`."""
    return re.split(r"[:;,.](?: |$)", text.removeprefix(f"{typed} "), maxsplit=1)[0]

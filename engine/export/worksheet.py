"""The trace as a worksheet, as a person would write it: formula, substitution, value. Plain text or Markdown."""

import re
from collections.abc import Callable, Iterator, Mapping

from engine.graph.step import Kind, Phase, Step
from engine.lesson.notes import without_emphasis
from engine.text.notation import number
from engine.trace.trace import Entry, Trace

PHASES = {Phase.FORWARD: "Forward pass", Phase.BACKWARD: "Backward pass", Phase.UPDATE: "Update"}
MOST_PATHS = 4  # written out in a gradient's heading

Styles = Mapping[str, Callable[[str], str]]  # by kind of paragraph
TEXT: Styles = {
    "title": lambda text: f"{text}\n{'=' * len(text)}\n",
    "epoch": lambda text: f"\n{text}\n{'-' * len(text)}\n",
    "phase": lambda text: f"\n{text}\n",
    "gradient": lambda text: f"\n{text}\n",
    "row": lambda text: f"  {text}\n",
    "line": lambda text: f"    {text}\n",
    "total": lambda text: f"  {text}\n",
    "words": lambda text: f"{without_emphasis(text)}\n\n",
    "note": lambda text: f"    ({text})\n",
}
MARKDOWN: Styles = {
    "title": lambda text: f"# {_escape(text)}\n",
    "epoch": lambda text: f"\n## {text}\n",
    "phase": lambda text: f"\n### {text}\n",
    "gradient": lambda text: f"\n#### {text}\n",
    "row": lambda text: f"\n**{text}**\n\n",
    "line": lambda text: f"- `{text}`\n",
    "total": lambda text: f"\n`{text}`\n",
    "words": lambda text: "\n" + re.sub(r"([\\\\{}\[\]<>#|~])", r"\\\1", text) + "\n",
    "note": lambda text: f"  *{_escape(text)}*\n",
}


def _escape(text: str) -> str:
    return re.sub(r"([\\\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))


def write_text(trace: Trace, epochs: int) -> Iterator[str]:
    """As plain text."""
    return _write(trace, epochs, TEXT)


def write_markdown(trace: Trace, epochs: int) -> Iterator[str]:
    """As Markdown."""
    return _write(trace, epochs, MARKDOWN)


def _write(trace: Trace, epochs: int, styles: Styles) -> Iterator[str]:
    lesson = trace.lesson
    yield styles["title"](lesson.title)
    yield styles["row"](f"{'-'.join(map(str, lesson.network.sizes))} units, {lesson.loss.words}, "
                        f"learning rate lr = {number(lesson.learning_rate)}; what is written is rounded, "
                        "nothing is rounded on the way: ≈ stands where that can be seen")
    if lesson.introduction:
        yield styles["words"](lesson.introduction)
    if lesson.goal:
        yield styles["row"](f"goal: {lesson.goal}")
    for epoch in range(1, epochs + 1):
        yield styles["epoch"](f"Epoch {epoch}")
        yield styles["total"](", ".join(
            f"{p.name} = {number(trace.read(epoch, trace.symbols.parameter(p), None))}" for p in lesson.order))
        for kind, text in paragraphs(trace, epoch, 0, trace.script.length):
            yield styles[kind](text)
        if lesson.goal and epoch == lesson.goal.epoch:
            yield styles["total"](goal_in_words(trace, epoch))


def paragraphs(trace: Trace, epoch: int, start: int, end: int) -> Iterator[tuple[str, str]]:
    """The steps from index `start` to before `end` in words: kind of paragraph (see `TEXT`) and text.

    A heading comes where a phase, a gradient or a row begins; the first step is compared with the one before it.
    """
    before = trace.script.step(start - 1) if start else None
    for index in range(start, end):
        entry = trace.entry(epoch, index)
        yield from _headings(trace, before, entry)
        yield "line" if entry.step.row is not None else "total", _equation_and_mark(trace, entry)
        if entry.step.kind is Kind.LOSS and trace.lesson.classifies:
            yield "total", right_in_words(trace, epoch)
        if note := trace.note(epoch, index):
            yield "note", " ".join(note.split())
        before = entry.step


def equation(entry: Entry, digits: int = 5) -> str:
    """`name = formula = numbers = value`, each part that says something new."""
    return f"{entry.line.name} = {entry.right_side(digits)}"


def _equation_and_mark(trace: Trace, entry: Entry) -> str:
    """The equation; of a factor that stood in the same row before, that it did."""
    step = entry.step
    is_factor = step.parameter_index is not None and step.factor is not None
    is_reused = is_factor and trace.chains.reuse_marks[step.parameter_index or 0][step.path][step.factor or 0]
    return equation(entry) + " (reused)" * is_reused


def right_in_words(trace: Trace, epoch: int) -> str:
    """`rows right: 1 of 4`, by the predictions of an epoch's forward pass."""
    return f"rows right: {trace.rows_right(epoch).sum()} of {trace.lesson.rows}"


def goal_in_words(trace: Trace, epoch: int) -> str:
    """Whether the lesson's goal is reached in an epoch: from its own on whether or not, before only that it is."""
    goal = trace.lesson.goal
    if goal is None:
        return ""
    if trace.is_goal_met(epoch):
        return "Goal reached after all." if goal.fails else "Goal reached."
    if epoch < goal.epoch:
        return ""
    if goal.fails:
        return "Not reached, as the lesson says."
    return f"Goal not reached: it was {goal}." if epoch == goal.epoch else "Goal not reached."


def is_missed(trace: Trace, epoch: int) -> bool:
    """Whether an epoch does not come to what the lesson says that it comes to."""
    goal = trace.lesson.goal
    return goal is not None and not goal.fails and not trace.is_goal_met(epoch)


def row_in_words(trace: Trace, epoch: int, row: int) -> str:
    """`row 1: x1 = 1, x2 = 1, y = 1`, as it is in an epoch."""
    lesson = trace.lesson_at(epoch)
    values = zip([*lesson.inputs, *lesson.targets], lesson.table[row], strict=True)
    return f"row {row + 1}: " + ", ".join(f"{name} = {number(value)}" for name, value in values)


def chain_in_words(trace: Trace, parameter_index: int) -> str:
    """`(1) ∂Loss/∂w13 = Σ over the rows of ∂Loss/∂A5·…`, with all paths if they are few."""
    paths = trace.chains.paths(parameter_index)
    chain = " + ".join("·".join(factor.name for factor in path) for path in paths[:MOST_PATHS])
    more = f" + … ({len(paths)} paths)" if len(paths) > MOST_PATHS else ""
    chain = f"({chain}{more})" if len(paths) > 1 else chain
    return f"({parameter_index + 1}) ∂Loss/∂{trace.lesson.order[parameter_index].name} = Σ over the rows of {chain}"


def _headings(trace: Trace, before: Step | None, entry: Entry) -> Iterator[tuple[str, str]]:
    step = entry.step
    if before is None or before.phase is not step.phase:
        yield "phase", PHASES[step.phase]
    new_chain = step.phase is Phase.BACKWARD and (before is None or before.parameter_index != step.parameter_index)
    if new_chain and step.parameter_index is not None:
        yield "gradient", chain_in_words(trace, step.parameter_index)
    if step.row is not None and (new_chain or before is None or before.row != step.row):
        yield "row", row_in_words(trace, entry.epoch, step.row)

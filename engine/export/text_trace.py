"""The trace as a worksheet, as a person would write it: formula, substitution, value. Plain text or Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.export.in_words import (
    batch_in_words,
    chain_in_words,
    equation,
    goal_in_words,
    is_last_batch,
    loss_in_words,
    right_in_words,
    row_in_words,
    size_in_words,
    training_in_words,
)
from engine.export.selection import Selection, whole
from engine.graph.step import Kind, Phase, Step
from engine.lesson.notes import unwrap_lines, without_emphasis
from engine.text.folding import IN_EQUATIONS, IN_LISTS, IN_WORDS, PAGE, Folds, Measure, fold
from engine.text.notation import number
from engine.text.width import columns
from engine.trace.trace import Entry, Trace

PHASES = {Phase.FORWARD: "Forward pass", Phase.BACKWARD: "Backward pass", Phase.UPDATE: "Update"}

Styles = Mapping[str, Callable[[str], str]]  # by kind of paragraph


def text_styles(measure: Measure) -> Styles:
    """Plain text, in lines that fit a page."""
    def lines(text: str, folds: Folds, indent: int = 0, hang: int = 4) -> str:
        return "".join(f"{line}\n" for line in fold(text, folds, indent, hang, measure))

    def heading(text: str, rule: str) -> str:
        return lines(text, IN_WORDS, hang=0) + rule * min(measure(text), PAGE) + "\n"

    def words(text: str) -> str:
        parts = unwrap_lines(without_emphasis(text))
        return "".join("\n" * (not part.startswith("- ")) + lines(part, IN_WORDS, hang=2 * part.startswith("- "))
                       for part in parts) + "\n"

    return {
        "title": lambda text: heading(text, "="),
        "words": words,
        "epoch": lambda text: "\n" + heading(text, "-"),
        "batch": lambda text: "\n" + heading(text, "."),
        "phase": lambda text: f"\n{text}\n",
        "gradient": lambda text: "\n" + lines(text, IN_EQUATIONS),
        "row": lambda text: lines(text, IN_LISTS, 2, 2),
        "values": lambda text: lines(text, IN_LISTS, 2, 2),
        "line": lambda text: lines(text, IN_EQUATIONS, 4),
        "total": lambda text: lines(text, IN_EQUATIONS, 2),
        "note": lambda text: lines(f"({text})", IN_WORDS, 4, 1),
    }


MARKDOWN: Styles = {
    "title": lambda text: f"# {escape_markdown(text)}\n",
    "epoch": lambda text: f"\n## {text}\n",
    "batch": lambda text: f"\n### {text}\n",
    "phase": lambda text: f"\n### {text}\n",
    "gradient": lambda text: f"\n#### {text}\n",
    "row": lambda text: f"\n**{text}**\n\n",
    "line": lambda text: f"- `{text}`\n",
    "values": lambda text: f"\n`{text}`\n",
    "total": lambda text: f"\n`{text}`\n",
    "words": lambda text: "\n" + re.sub(r"([\\\\{}\[\]<>#|~])", r"\\\1", text) + "\n",
    "note": lambda text: f"  *{escape_markdown(text)}*\n",
}


def escape_markdown(text: str) -> str:
    """A text of one line in which nothing means anything."""
    return re.sub(r"([\\\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))


def write_text(trace: Trace, epochs: int, selection: Selection | None = None,
               measure: Measure = columns) -> Iterator[str]:
    """As plain text; `measure` says how many columns a text takes as it will be spelled."""
    return _write(trace, epochs, selection or whole(trace), text_styles(measure))


def write_markdown(trace: Trace, epochs: int, selection: Selection | None = None) -> Iterator[str]:
    """As Markdown."""
    return _write(trace, epochs, selection or whole(trace), MARKDOWN)


def _write(trace: Trace, epochs: int, selection: Selection, styles: Styles) -> Iterator[str]:
    lesson = trace.lesson
    yield styles["title"](lesson.title)
    yield styles["row"](f"{', '.join((size_in_words(lesson), loss_in_words(lesson), *training_in_words(lesson)))}; "
                        "what is written is rounded, nothing is rounded on the way: ≈ stands where that can be seen")
    if lesson.introduction:
        yield styles["words"](lesson.introduction)
    if lesson.goal:
        yield styles["row"](f"goal: {lesson.goal}")
    parameters = selection.parameters_of(lesson)
    told: set[str] = set()  # of the notes, each of which is told once
    for epoch in range(1, epochs + 1):
        yield styles["epoch"](f"Epoch {epoch}")
        if parameters:
            yield styles["values"](", ".join(
                f"{p.name} = {number(trace.read(epoch, trace.symbols.parameter(p), None))}" for p in parameters))
        for kind, text in paragraphs(trace, epoch, selection.steps(trace)):
            if kind != "note" or text not in told:
                yield styles[kind](text)
            if kind == "note":
                told.add(text)
        if lesson.goal and epoch == lesson.goal.epoch:
            yield styles["total"](goal_in_words(trace, epoch))


def paragraphs(trace: Trace, epoch: int, steps: Iterable[int], before: Step | None = None) -> Iterator[tuple[str, str]]:
    """Steps, by their indices, in words: kind of paragraph (see `text_styles`) and text, one thing each.

    A heading comes where a batch, a phase, a gradient or a row begins; the first step is compared with the one told
    before.
    """
    for index in steps:
        entry = trace.entry(epoch, index)
        yield from _headings(trace, before, entry)
        yield "line" if entry.step.row is not None else "total", _equation_and_mark(trace, entry)
        if entry.step.kind is Kind.LOSS and trace.lesson.classifies and is_last_batch(trace, entry.step):
            yield "total", right_in_words(trace, epoch)
        if note := trace.note(epoch, index):
            yield "note", " ".join(note.split())
        before = entry.step


def _equation_and_mark(trace: Trace, entry: Entry) -> str:
    """The equation; of a factor that stood in the same row before, that it did."""
    return equation(trace, entry) + " (reused)" * trace.chains.is_reused(entry.step)


def _headings(trace: Trace, before: Step | None, entry: Entry) -> Iterator[tuple[str, str]]:
    step = entry.step
    if len(trace.script.batches) > 1 and (before is None or before.batch != step.batch):
        before = None
        yield "batch", batch_in_words(trace.script.batches[step.batch])
    if before is None or before.phase is not step.phase:
        yield "phase", PHASES[step.phase]
    new_chain = step.phase is Phase.BACKWARD and (before is None or before.parameter_index != step.parameter_index)
    if new_chain and step.parameter_index is not None:
        yield "gradient", chain_in_words(trace, step.parameter_index)
    if step.row is not None and trace.lesson.table[0] and (new_chain or before is None or before.row != step.row):
        yield "row", row_in_words(trace, entry.epoch, step.row)

"""The trace written out as a person would: formula, substitution, value. Plain text or Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from engine.export.check_in_words import findings_of, idea_of, reasons_in, table_of, title_of
from engine.export.in_words import (
    ROUNDED,
    batch_in_words,
    chain_in_words,
    claims_in_words,
    equation,
    facts_in_words,
    goal_in_words,
    is_last_batch,
    right_in_words,
    row_in_words,
)
from engine.export.selection import Selection, whole
from engine.graph.step import Kind, Phase, Step
from engine.lesson.notes import unwrap_lines, without_emphasis
from engine.text.folding import IN_EQUATIONS, IN_LISTS, IN_WORDS, PAGE, Folds, Measure, fold
from engine.text.notation import number
from engine.text.width import columns
from engine.trace.gradient_check import check_gradient
from engine.trace.trace import Entry, Trace

PHASES = {Phase.FORWARD: "Forward pass", Phase.BACKWARD: "Backward pass", Phase.UPDATE: "Update"}
TABLE_INDENT, TABLE_GAP = 2, 2

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

    def table(text: str) -> str:
        """Columns, between which tabs stand; where they have no room, each line of it in words."""
        heads, *rows = [line.split("\t") for line in text.split("\n")]
        widths = [max(map(measure, column)) for column in zip(heads, *rows, strict=True)]
        if sum(widths) + TABLE_GAP * len(widths) > PAGE:
            named = [[f"{head} {cell.strip()}" for head, cell in zip(heads, row, strict=True)] for row in rows]
            return "".join(lines(", ".join(cells), IN_LISTS, 2, 2) for cells in named)
        return "".join(text_row(row, widths, measure) for row in (heads, *rows))

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
        "check": lambda text: lines(text, IN_WORDS, 2, 2),
        "table": table,
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
    "check": lambda text: f"\n{escape_markdown(text)}\n",
    "table": lambda text: _as_markdown(text),
}


def text_row(cells: Sequence[str], widths: Sequence[int], measure: Measure) -> str:
    """A line of a table, with so many columns for each cell."""
    padded = (cell + " " * (width - measure(cell)) for cell, width in zip(cells, widths, strict=True))
    return (" " * TABLE_INDENT + (" " * TABLE_GAP).join(padded)).rstrip() + "\n"


def _as_markdown(table: str) -> str:
    """A table as Markdown has them."""
    heads, *rows = [line.split("\t") for line in table.split("\n")]
    return "\n" + markdown_heads(heads) + "".join(map(markdown_row, rows))


def markdown_heads(heads: Sequence[str]) -> str:
    """What a table begins with."""
    return f"{markdown_row(heads)}|{' --- |' * len(heads)}\n"


def markdown_row(cells: Sequence[str]) -> str:
    """A line of a table; a blank to write in is left as it is."""
    return f"| {' | '.join(cell if set(cell) == {'_'} else escape_markdown(cell) for cell in cells)} |\n"


def escape_markdown(text: str) -> str:
    """A text of one line in which nothing means anything."""
    return re.sub(r"([\\\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))


def write_text(trace: Trace, epochs: int, selection: Selection | None = None, measure: Measure = columns,
               with_checks: bool = False) -> Iterator[str]:
    """As plain text; `measure` says how many columns a text takes as it will be spelled. With checks each gradient is
    found by small differences, too.
    """
    return _write(trace, epochs, selection or whole(trace), text_styles(measure), with_checks)


def write_markdown(trace: Trace, epochs: int, selection: Selection | None = None,
                   with_checks: bool = False) -> Iterator[str]:
    """As Markdown."""
    return _write(trace, epochs, selection or whole(trace), MARKDOWN, with_checks)


def _write(trace: Trace, epochs: int, selection: Selection, styles: Styles, with_checks: bool) -> Iterator[str]:
    lesson = trace.lesson
    yield styles["title"](lesson.title)
    yield styles["row"](f"{facts_in_words(lesson)}; {ROUNDED}")
    if lesson.introduction:
        yield styles["words"](lesson.introduction)
    if claims := claims_in_words(lesson):
        yield styles["row"](claims[0].lower() + claims[1:])
    if lesson.goal:
        yield styles["row"](f"goal: {lesson.goal}")
    parameters = selection.parameters_of(lesson)
    told: set[str] = set()  # of the notes, each of which is told once
    for epoch in range(1, epochs + 1):
        yield styles["epoch"](f"Epoch {epoch}")
        if parameters:
            yield styles["values"](", ".join(
                f"{p.name} = {number(trace.read(epoch, trace.symbols.parameter(p), None))}" for p in parameters))
        for kind, text in paragraphs(trace, epoch, selection.steps(trace), with_checks=with_checks):
            if kind != "note" or text not in told:
                yield styles[kind](text)
            if kind == "note":
                told.add(text)
        if lesson.goal and epoch == lesson.goal.epoch:
            yield styles["total"](goal_in_words(trace, epoch))


def paragraphs(trace: Trace, epoch: int, steps: Iterable[int], before: Step | None = None,
               with_checks: bool = False) -> Iterator[tuple[str, str]]:
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
        if note := trace.note(epoch, index, with_claim=True):
            yield "note", " ".join(note.split())
        if with_checks and entry.step.kind is Kind.GRADIENT:
            yield from _check(trace, entry)
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


def _check(trace: Trace, entry: Entry) -> Iterator[tuple[str, str]]:
    """A gradient by small differences: a table, and what is to be seen in it."""
    batch, parameter = trace.script.batches[entry.step.batch], trace.lesson.order[entry.step.parameter_index or 0]
    check = check_gradient(trace, entry.epoch, batch, parameter)
    yield "check", f"{title_of(check)}. {idea_of(check)}"
    yield "table", "\n".join(map("\t".join, table_of(check)))
    yield from (("check", finding) for finding in findings_of(check))
    yield from (("note", reason) for reason in reasons_in(check))

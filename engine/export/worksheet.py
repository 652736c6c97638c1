"""The trace as a worksheet, as a person would write it: formula, substitution, value. Plain text or Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.export.selection import Selection, whole
from engine.graph.network import Bias
from engine.graph.optimizers import SGD
from engine.graph.step import Kind, Phase, Step
from engine.graph.symbols import LOSS
from engine.graph.written import GREEK
from engine.lesson.lesson import Lesson
from engine.lesson.notes import unwrap_lines, without_emphasis
from engine.text.folding import IN_EQUATIONS, IN_LISTS, IN_WORDS, PAGE, Folds, Measure, fold
from engine.text.notation import ALL_DIGITS, number, with_count
from engine.text.width import columns
from engine.trace.script import Batch
from engine.trace.trace import Entry, Trace

PHASES = {Phase.FORWARD: "Forward pass", Phase.BACKWARD: "Backward pass", Phase.UPDATE: "Update"}
BIASES: Mapping[Bias, str] = {"unit": "", "none": " without biases", "layer": " with one bias a layer"}
MOST_PATHS = 4  # written out in a gradient's heading

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
    "title": lambda text: f"# {_escape(text)}\n",
    "epoch": lambda text: f"\n## {text}\n",
    "batch": lambda text: f"\n### {text}\n",
    "phase": lambda text: f"\n### {text}\n",
    "gradient": lambda text: f"\n#### {text}\n",
    "row": lambda text: f"\n**{text}**\n\n",
    "line": lambda text: f"- `{text}`\n",
    "values": lambda text: f"\n`{text}`\n",
    "total": lambda text: f"\n`{text}`\n",
    "words": lambda text: "\n" + re.sub(r"([\\\\{}\[\]<>#|~])", r"\\\1", text) + "\n",
    "note": lambda text: f"  *{_escape(text)}*\n",
}


def _escape(text: str) -> str:
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


def size_in_words(lesson: Lesson) -> str:
    """`2-2-1 units`, without biases where it has none; of a graph `4 nodes`."""
    if lesson.formulas:
        return with_count(len(lesson.formulas.nodes), "node")
    return f"{'-'.join(map(str, lesson.network.sizes))} units{BIASES[lesson.network.bias]}"


def loss_in_words(lesson: Lesson) -> str:
    """`mean squared error`; of a graph with one row `result L`."""
    if lesson.formulas and lesson.rows == 1:
        return f"result {lesson.formulas.result}"
    return lesson.loss.words + (f" {lesson.formulas.result}" if lesson.formulas else "")


def training_in_words(lesson: Lesson) -> Iterator[str]:
    """By what it is trained, as far as that must be said: `learning rate lr = 0.5`, `momentum (β = 0.9)`."""
    if not lesson.trains:
        yield "nothing is trained"
        return
    yield f"learning rate lr = {number(lesson.learning_rate)}"
    if lesson.optimizer is not SGD:
        settings = ", ".join(f"{GREEK[name]} = {number(value, ALL_DIGITS)}" for name, value in lesson.settings.items())
        yield f"{lesson.optimizer.words} ({settings})"
    if lesson.weight_decay:
        yield f"weight decay λ = {number(lesson.weight_decay)}"
    if lesson.batch:
        yield f"an update after every {'row' if lesson.batch == 1 else f'{lesson.batch} rows'}"
    if lesson.fixed:
        yield f"fixed: {' and '.join(parameter.name for parameter in lesson.fixed)}"


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


def equation(trace: Trace, entry: Entry, digits: int = 5) -> str:
    """`name = formula = numbers = value`, each part that says something new."""
    return f"{name_in_words(trace, entry)} = {entry.right_side(digits)}"


def _equation_and_mark(trace: Trace, entry: Entry) -> str:
    """The equation; of a factor that stood in the same row before, that it did."""
    return equation(trace, entry) + " (reused)" * trace.chains.is_reused(entry.step)


def name_in_words(trace: Trace, entry: Entry) -> str:
    """A number's name; of what an optimizer works out for a parameter with that: `m of w13`."""
    step = entry.step
    if step.kind is not Kind.MOMENT or step.parameter_index is None:
        return entry.line.name
    return f"{entry.line.name} of {trace.lesson.order[step.parameter_index].name}"


def is_last_batch(trace: Trace, step: Step) -> bool:
    """Whether a step belongs to the last batch of its epoch, at whose Loss all rows are known."""
    return step.batch == len(trace.script.batches) - 1


def batch_in_words(batch: Batch) -> str:
    """`Batch 2: rows 3 to 4`."""
    first, last = batch.rows[0] + 1, batch.rows[-1] + 1
    return f"Batch {batch.number + 1}: " + (f"row {first}" if first == last else f"rows {first} to {last}")


def right_in_words(trace: Trace, epoch: int) -> str:
    """`rows right: 1 of 4`, by the predictions of an epoch's forward pass."""
    return f"rows right: {trace.rows_right(epoch).sum()} of {trace.lesson.rows}"


def goal_in_words(trace: Trace, epoch: int) -> str:
    """Whether the lesson's goal is reached in an epoch: from its own on whether or not, before only that it is; once,
    that it is late.
    """
    goal = trace.lesson.goal
    if goal is None:
        return ""
    if trace.is_goal_met(epoch):
        if goal.fails:
            return "Goal reached after all."
        is_late = epoch > goal.epoch and not (trace.is_goal_met(epoch - 1) or trace.is_goal_met(goal.epoch))
        return f"Goal reached, in epoch {epoch} instead of {goal.epoch}." if is_late else "Goal reached."
    if epoch < goal.epoch:
        return ""
    if goal.fails:
        return "Not reached, as the lesson says."
    return f"Goal not reached: {goal}." if epoch == goal.epoch else "Goal not reached."


def is_missed(trace: Trace, epoch: int) -> bool:
    """Whether an epoch does not come to what the lesson says that it comes to."""
    goal = trace.lesson.goal
    return goal is not None and not goal.fails and not trace.is_goal_met(epoch)


def is_missed_now(trace: Trace, epoch: int) -> bool:
    """Whether that is so at the goal's own epoch, where it is time to try something else."""
    return trace.lesson.goal is not None and epoch == trace.lesson.goal.epoch and is_missed(trace, epoch)


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
    loss = trace.symbols.loss
    rows = "Σ over the rows of " * (loss == LOSS)
    return f"({parameter_index + 1}) ∂{loss.name}/∂{trace.lesson.order[parameter_index].name} = {rows}{chain}"


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

"""A lesson, its training and its steps in words, as every front end says them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from engine.graph.network import Bias, Network, Parameter
from engine.graph.optimizers import SGD
from engine.graph.step import Kind, Step
from engine.graph.symbols import LOSS
from engine.graph.written import GREEK
from engine.lesson.lesson import Lesson
from engine.text.notation import ALL_DIGITS, number, with_count
from engine.trace.gradient_check import CLOSE, error_of
from engine.trace.script import Batch
from engine.trace.trace import Entry, Trace

BIASES: Mapping[Bias, str] = {"unit": "", "none": " without biases", "layer": " with one bias a layer"}
MOST_PATHS = 4  # written out in a gradient's heading
ROUNDED = "what is written is rounded, nothing is rounded on the way: ≈ stands where that can be seen"


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


def facts_in_words(lesson: Lesson) -> str:
    """`2-2-1 units, mean squared error, learning rate lr = 0.5`."""
    return ", ".join((size_in_words(lesson), loss_in_words(lesson), *training_in_words(lesson)))


def parameters_in_words(lesson: Lesson, write: Callable[[Parameter], str]) -> Iterator[str]:
    """`unit 3 (ReLU): w13 = 0.8, w23 = −0.6, b3 = 0.1`, a line for each unit; of formulas all in one. `write` has what
    each is.
    """
    def values(parameters: Iterable[Parameter]) -> str:
        return ", ".join(f"{parameter.name} = {write(parameter)}" for parameter in parameters)
    if not isinstance(lesson.model, Network):
        yield values(lesson.model.parameters.values())
        return
    network = lesson.model
    for unit in network.computed_units:
        into = (parameter for parameter in network.parameters.values() if parameter.layer == unit.layer and
                (parameter.target == unit.index or (parameter.source is None and network.bias == "layer")))
        yield f"unit {unit.number} ({network.activations[unit.layer - 1].symbol}): {values(into)}"


def claims_in_words(lesson: Lesson, pending: Collection[str] = ()) -> str:
    """`The sheet, epoch 1: ∂Loss/∂w13 = −0.0518, …`; nothing where there is none, or the lesson has other numbers.
    `pending` are the parameters whose gradients are still to be found, and not told.
    """
    if not lesson.claimed or lesson.drawn_from:
        return ""
    gradients = [f"∂{lesson.loss_name}/∂{name}" + f" = {number(value)}" * (name not in pending)
                 for name, value in sorted(lesson.claimed.items(), key=lambda item: item[0] in pending)]
    told = f"The sheet, epoch 1: {', '.join(gradients)}"
    return told + " once you have worked that out" * any(name in pending for name in lesson.claimed)


def say_sheet(trace: Trace, epoch: int, batch: int, parameter: Parameter) -> str:
    """`Somebody else found ∂Loss/∂w13 = 0.0261.`; nothing where the lesson has no such sheet."""
    value = trace.read_claim(epoch, batch, parameter)
    loss = trace.symbols.loss.name
    return "" if value is None else f"Somebody else found ∂{loss}/∂{parameter.name} = {number(value)}."


def judge_sheet(trace: Trace, epoch: int, batch: int, parameter: Parameter, gradient: float) -> str:
    """The same, and whether that is right, by the gradient as it is."""
    value = trace.read_claim(epoch, batch, parameter)
    if value is None:
        return ""
    verdict = "right" if error_of(value, gradient) <= CLOSE else "wrong"
    return f"{say_sheet(trace, epoch, batch, parameter)} That is {verdict}."


def equation(trace: Trace, entry: Entry, digits: int = 5) -> str:
    """`name = formula = numbers = value`, each part that says something new."""
    return f"{name_in_words(trace, entry)} = {entry.right_side(digits)}"


def name_in_words(trace: Trace, entry: Entry) -> str:
    """A number's name; of what an optimizer works out for a parameter with that: `m of w13`."""
    step = entry.step
    if step.kind is not Kind.MOMENT or step.parameter_index is None:
        return entry.line.name
    return f"{entry.line.name} of {trace.lesson.order[step.parameter_index].name}"


def row_of_step(trace: Trace, step: Step) -> str:
    """`, row 2`, behind the name of a number that is a row's; nothing where there is one row alone."""
    return f", row {step.row + 1}" if step.row is not None and trace.lesson.rows > 1 else ""


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


def row_in_words(trace: Trace, epoch: int, row: int, digits: int = 5) -> str:
    """`row 1: x1 = 1, x2 = 1, y = 1`, as it is in an epoch."""
    lesson = trace.lesson_at(epoch)
    values = zip([*lesson.inputs, *lesson.targets], lesson.table[row], strict=True)
    return f"row {row + 1}: " + ", ".join(f"{name} = {number(value, digits)}" for name, value in values)


def chain_in_words(trace: Trace, parameter_index: int) -> str:
    """`(1) ∂Loss/∂w13 = Σ over the rows of ∂Loss/∂A5·…`, with all paths if they are few."""
    paths = trace.chains.paths(parameter_index)
    chain = " + ".join("·".join(factor.name for factor in path) for path in paths[:MOST_PATHS])
    more = f" + … ({len(paths)} paths)" if len(paths) > MOST_PATHS else ""
    chain = f"({chain}{more})" if len(paths) > 1 else chain
    loss = trace.symbols.loss
    rows = "Σ over the rows of " * (loss == LOSS)
    return f"({parameter_index + 1}) ∂{loss.name}/∂{trace.lesson.order[parameter_index].name} = {rows}{chain}"

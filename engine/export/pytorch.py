"""A lesson as a script for PyTorch: it trains the same model from the same values, and holds every number against ours.

What of it is a lesson's own text stands in comments, but for names, which are made anew. Comments begin on the third
line, because Python looks for an encoding in those before it.
"""

import json
from collections.abc import Iterator, Mapping

from engine.export.in_words import loss_in_words, size_in_words, training_in_words
from engine.export.selection import Selection
from engine.export.torch_models import Model, data_of, model_of
from engine.graph.network import Parameter
from engine.graph.optimizers import ADAM, ADAMW, MOMENTUM, NESTEROV, RMSPROP, SGD
from engine.graph.quantity import Source
from engine.graph.symbols import LOSS
from engine.lesson.lesson import Lesson
from engine.text.printable import printable
from engine.trace.script import Batch
from engine.trace.trace import Trace

HEAD = '''\
"""A lesson of handgrad in PyTorch. Run it: nothing but PyTorch is needed.

It begins with handgrad's values, trains as the lesson does, and holds every Loss, gradient and new value against those
of handgrad: two numbers agree where they differ by no more than a billionth (1e-9) of their size, or by 1e-12.
"""
'''
IMPORTS = """
import math

import torch
{}
torch.set_default_dtype(torch.float64)  # double precision, as in handgrad
"""
OPTIMIZERS: Mapping[str, str] = {
    SGD.name: "SGD({}, lr={lr}{decay})",
    MOMENTUM.name: "SGD({}, lr={lr}, momentum={beta}{decay})",
    NESTEROV.name: "SGD({}, lr={lr}, momentum={beta}, nesterov=True{decay})",
    RMSPROP.name: "RMSprop({}, lr={lr}, alpha={alpha}, eps={epsilon}{decay})",
    ADAM.name: "Adam({}, lr={lr}, betas=({beta1}, {beta2}), eps={epsilon}{decay})",
    ADAMW.name: "AdamW({}, lr={lr}, betas=({beta1}, {beta2}), eps={epsilon}{decay})",
}
HOLD = '''
held = 0  # numbers, so far


def hold(name, found, number):
    """See that PyTorch has found handgrad's number."""
    global held
    if not math.isclose(found, number, rel_tol=1e-9, abs_tol=1e-12):
        raise AssertionError(f"{name}: PyTorch finds {found!r}, handgrad has {number!r}")
    held += 1


'''
TRAIN = '''\
def train(when, rows, loss, numbers):
    """One update by some rows: forward, backward, step. A line of numbers is a parameter, its gradient, its new value.
    """
    optimizer.zero_grad()
    found = loss_of(rows)
    hold(f"{when}, Loss", found.item(), loss)
    found.backward()
    lines = [line.split() for line in numbers.strip().split("\\n")]
    for name, gradient, _ in lines:
        tensor, place = PARAMETERS[name]
        hold(f"{when}, gradient of {name}", tensor.grad[place].item(), float(gradient))
    optimizer.step()
    with torch.no_grad():
        for name, _, new in lines:
            tensor, place = PARAMETERS[name]
            hold(f"{when}, new {name}", tensor[place].item(), float(new))
            tensor[place] = float(new)  # so that from one update to the next no rounding adds up
FIXED    print(f"{when}: Loss {loss:.6g}, all {1 + 2 * len(lines)} numbers agree")


# What handgrad has: the rows, their Loss; then of each parameter its gradient and its new value.
'''
PUT_BACK = '''\
        for name in FIXED:
            tensor, place = PARAMETERS[name]
            tensor[place] = START[name]
'''
DERIVE = '''\
def derive(when, rows, loss, numbers):
    """Forward and backward, by some rows: nothing is trained. A line of numbers is a parameter and its gradient."""
    found = loss_of(rows)
    hold(f"{when}, Loss", found.item(), loss)
    found.backward()
    lines = [line.split() for line in numbers.strip().split("\\n")]
    for name, gradient in lines:
        tensor, place = PARAMETERS[name]
        hold(f"{when}, gradient of {name}", tensor.grad[place].item(), float(gradient))
    print(f"{when}: Loss {loss:.6g}, all {1 + len(lines)} numbers agree")


# What handgrad has: the rows, their Loss; then of each parameter its gradient.
'''
END = '''
print(f"All {held} numbers are handgrad's.")
'''


def write(trace: Trace, epochs: int, selection: Selection | None = None) -> Iterator[str]:  # noqa: ARG001
    """Pieces of a script that has every number: there is no part of it to be selected."""
    lesson, model = trace.lesson, model_of(trace, epochs)
    yield HEAD
    yield f"# {printable(lesson.title)} ({lesson.id})\n"
    for words in (size_in_words(lesson), loss_in_words(lesson), *training_in_words(lesson)):
        yield f"# - {words}\n"
    yield IMPORTS.format("from torch import nn\n" * ("nn." in model.text))
    yield data_of(lesson)
    yield model.text
    yield _optimizer(lesson, model) if lesson.trains else "\n"
    yield HOLD
    yield _train(model) if lesson.trains else DERIVE
    for epoch in range(1, epochs + 1):
        for batch in trace.script.batches:
            if not trace.epoch(epoch).batches[batch.number].is_finite:
                yield f'print("epoch {epoch}: its numbers are too large, or none; no more are held against them")\n'
                yield END
                return
            yield from _numbers(trace, model, epoch, batch)
    yield END


def _optimizer(lesson: Lesson, model: Model) -> str:
    """PyTorch's own, with the lesson's settings. Decay pulls at weights alone, so these are a group of their own."""
    form = OPTIMIZERS[lesson.optimizer.name]
    if lesson.optimizer is NESTEROV and not lesson.settings["beta"]:
        form = OPTIMIZERS[MOMENTUM.name]  # without momentum, PyTorch has no Nesterov's
    groups, decay = model.tensors, ""
    if lesson.weight_decay and model.others:
        groups = (f'[\n    {{"params": [{", ".join(model.weights)}], "weight_decay": {lesson.weight_decay!r}}},\n'
                  f'    {{"params": [{", ".join(model.others)}], "weight_decay": 0.0}},\n]')
    elif lesson.weight_decay or lesson.optimizer.decouples:
        decay = f", weight_decay={lesson.weight_decay!r}"
    settings = {name: repr(value) for name, value in lesson.settings.items()}
    call = form.format(groups, lr=repr(lesson.learning_rate), decay=decay, **settings)
    fixed = f"FIXED = {json.dumps(model.fixed)}  # shown, not trained: put back after each update\n"
    return f"\n\noptimizer = torch.optim.{call}\n" + fixed * bool(model.fixed)


def _train(model: Model) -> str:
    return TRAIN.replace("FIXED", PUT_BACK if model.fixed else "")


def _numbers(trace: Trace, model: Model, epoch: int, batch: Batch) -> Iterator[str]:
    """What is held in a batch."""
    lesson, rows = trace.lesson, batch.rows

    def read(parameter: Parameter, source: Source) -> str:
        return repr(trace.read(epoch, trace.symbols.parameter(parameter, source), rows.start) + 0.0)
    when = f"epoch {epoch}" + f", batch {batch.number + 1}" * (len(trace.script.batches) > 1)
    loss = trace.read(epoch, LOSS, rows.start)
    yield (f'\n{"train" if lesson.trains else "derive"}("{when}", slice({rows.start}, {rows.stop}), {loss!r}, """\n')
    sources = [Source.GRADIENT, Source.UPDATED] if lesson.trains else [Source.GRADIENT]
    for parameter in lesson.order:
        values = (f"{read(parameter, source):<24}" for source in sources)
        yield " ".join([f"{model.names[parameter.name]:<8}", *values]).rstrip() + "\n"
    yield '""")\n'

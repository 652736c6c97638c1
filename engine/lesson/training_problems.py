"""What training may not contradict: loss and outputs, loss and targets, and how many updates there are."""

import math
from collections.abc import Iterator
from typing import Any

from engine.graph.activations import ACTIVATIONS
from engine.graph.losses import LOSSES, Loss
from engine.lesson.schema import Problem, spell
from engine.text.notation import with_count

OF_UPDATES = ("batch", "optimizer", "weight_decay")  # keys that mean nothing without any
MOST_UPDATED = 400_000  # values an epoch, all its updates together: with their moments, they take some 50 MB
EXACT = 1e-9  # what is left of 1 by targets that add up to it


def update_problems(training: dict[str, Any], rows: int, parameters: int) -> Iterator[Problem]:
    """Of the updates, of a lesson with so many rows and parameters."""
    if "learning_rate" not in training:
        for key in OF_UPDATES:
            if key in training:
                yield Problem(f"training.{key}", spell(training[key]), "a learning_rate beside it: without there are "
                              "no updates")
    batch = training.get("batch", rows)
    if batch > rows:
        yield Problem("training.batch", str(batch), f"at most {rows}, the {'row' if rows == 1 else 'rows'} there "
                      f"{'is' if rows == 1 else 'are'}")
    elif math.ceil(rows / batch) * parameters > MOST_UPDATED:
        yield Problem("training.batch", f"{batch}, which makes {with_count(math.ceil(rows / batch), 'update')} of "
                      f"{parameters} parameters an epoch", f"at most {MOST_UPDATED} new values an epoch")


def result_problems(training: dict[str, Any]) -> Iterator[Problem]:
    """Of a graph's training, which has no loss of its own."""
    if "loss" in training:
        yield Problem("training.loss", spell(training["loss"]), "none: what a graph's rows make is in graph.rows")


def loss_problems(document: dict[str, Any], loss: Loss) -> Iterator[Problem]:
    """Of a network's loss, outputs and targets."""
    output = ACTIVATIONS[document["network"]["output"]["activation"]]
    if loss.output and loss.output is not output:
        yield Problem("training.loss", f'"{loss.name}" with output "{output.name}"',
                      f'output "{loss.output.name}": {loss.name} takes {loss.takes}')
    elif output.takes_layer and loss.output is not output:
        fitting = " or ".join(f'"{other.name}"' for other in LOSSES.values() if other.output is output)
        yield Problem("training.loss", f'"{loss.name}" with output "{output.name}"', f"loss {fitting}")
    yield from _target_problems(document["data"], loss, adds_up=output.takes_layer and loss.output is output)


def _target_problems(data: dict[str, Any], loss: Loss, adds_up: bool) -> Iterator[Problem]:
    least, largest = loss.targets
    begin = len(data["inputs"])
    if adds_up and len(data["targets"]) == 1:
        yield Problem("data.targets", "a list of 1", "two or more: outputs that add up to 1")
        return
    for index, row in enumerate(data["rows"]):
        wrong = [column for column in range(begin, len(row)) if not loss.fits_target(row[column])]
        for column in wrong:
            yield Problem(f"data.rows[{index}][{column}]", spell(row[column]),
                          f'a target from {least:g} to {largest:g} with "{loss.name}"')
        if adds_up and not wrong and abs(sum(row[begin:]) - 1) > EXACT:
            yield Problem(f"data.rows[{index}]", f"targets {', '.join(map(spell, row[begin:]))}",
                          f'targets that add up to 1 with "{loss.name}"')

"""The trace as JSON (`handgrad-trace/1`), in full double precision, streamed parameter by parameter."""

import json
import math
from collections.abc import Callable, Iterator, Sequence

from engine.export.selection import Selection, whole
from engine.graph.network import Parameter, Unit
from engine.graph.optimizers import DECAYED, SGD
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Phase
from engine.graph.symbols import LOSS
from engine.trace.script import Batch
from engine.trace.trace import Trace

ROW_LOSS = Quantity("loss", Source.ROW_LOSS)


def write(trace: Trace, epochs: int, selection: Selection | None = None) -> Iterator[str]:
    """Pieces of one JSON object. A number that is not finite is null; what is not selected is left out."""
    selection = selection or whole(trace)
    yield _dump(_head(trace))[:-1] + ', "epochs": ['
    for number in range(1, epochs + 1):
        yield ",\n" if number > 1 else "\n"
        yield from _epoch(trace, number, selection)
    yield "\n]}\n"


def _head(trace: Trace) -> dict[str, object]:
    """What is the same in every epoch; of how it is trained what is not left out in most lessons. Without training the
    learning rate is null.
    """
    lesson = trace.lesson
    head: dict[str, object] = {
        "format": "handgrad-trace/1", "lesson": lesson.id, "learning_rate": lesson.learning_rate or None,
        "loss": lesson.loss.name, "form": "paths" if trace.chains.by_paths else "delta"}
    if lesson.formulas:
        head["result"] = lesson.formulas.result
    if lesson.batch:
        head["batch"] = lesson.batch
    if lesson.optimizer is not SGD:
        head["optimizer"] = {"name": lesson.optimizer.name, **lesson.settings}
    if lesson.weight_decay:
        head["weight_decay"] = lesson.weight_decay
    if fixed := lesson.fixed:
        head["fixed"] = [parameter.name for parameter in fixed]
    return head


def _epoch(trace: Trace, number: int, selection: Selection) -> Iterator[str]:
    """One pass over all rows; or several, each with its number and those of its rows."""
    batches = trace.script.batches
    if len(batches) == 1:
        some = {"row_numbers": _from_1(selection.rows)} if len(selection.rows) < trace.lesson.rows else {}
        yield from _pass(trace, number, batches[0], selection, {"epoch": number, **some})
        return
    yield _dump({"epoch": number})[:-1] + ', "batches": ['
    for batch in batches:
        yield ",\n" if batch.number else "\n"
        head = {"batch": batch.number + 1, "row_numbers": _from_1(selection.rows_of(batch))}
        yield from _pass(trace, number, batch, selection, head)
    yield "\n]}"


def _pass(trace: Trace, number: int, batch: Batch, selection: Selection, head: dict[str, object]) -> Iterator[str]:
    """Forward, backward, update over some rows; `head` comes first."""
    lesson, rows = trace.lesson, selection.rows_of(batch)
    whole_head = {**head, "parameters": {parameter.name: _parameter(trace, number, batch, parameter)
                                         for parameter in selection.parameters_of(lesson)},
                  "loss": _plain(trace.read(number, LOSS, batch.rows.start))}
    if Phase.FORWARD in selection.phases:
        whole_head["rows"] = [_row(trace, number, row, selection) for row in rows]
    yield _dump(whole_head)[:-1]
    if Phase.BACKWARD in selection.phases:
        yield ', "gradients": {'
        for k, index in enumerate(selection.parameters):
            gradient = _gradient(trace, number, batch, index, rows)
            yield (",\n " if k else "\n ") + _dump({lesson.order[index].name: gradient})[1:-1]
        yield "}"
    if Phase.UPDATE in selection.phases:
        yield ', "update": ' + _dump({lesson.order[index].name: _update(trace, number, batch, index)
                                      for index in selection.parameters})
    yield "}"


def _parameter(trace: Trace, epoch: int, batch: Batch, parameter: Parameter,
               source: Source = Source.PARAMETER) -> float | int | None:
    """A parameter's number in a batch: its value before the update, or another of its numbers."""
    return _plain(trace.read(epoch, trace.symbols.parameter(parameter, source), batch.rows.start))


def _update(trace: Trace, epoch: int, batch: Batch, parameter_index: int) -> dict[str, object]:
    """What becomes of a parameter; `state` has what its optimizer works out for it."""
    before, gradient, after = (_parameter(trace, epoch, batch, trace.lesson.order[parameter_index], source)
                               for source in (Source.PARAMETER, Source.GRADIENT, Source.UPDATED))
    moments = [trace.updates.moment(parameter_index, k).quantity for k in trace.updates.moments_of(parameter_index)]
    state = {moment.name: _plain(trace.read(epoch, moment, batch.rows.start))
             for moment in moments if moment.name != DECAYED}
    return {"before": before, "gradient": gradient, "after": after, **({"state": state} if state else {})}


def _row(trace: Trace, epoch: int, row: int, selection: Selection) -> dict[str, object]:
    lesson = trace.lesson
    numbers: dict[str, object] = {"inputs": [_plain(x) for x in lesson.inputs_of(row)],
                                  "targets": [_plain(y) for y in lesson.targets_of(row)]}
    if lesson.formulas:
        numbers["values"] = {node.quantity.name: _plain(trace.read(epoch, node.quantity, row))
                             for node in trace.graph.nodes if selection.has(node.quantity.name)}
    else:
        numbers |= _units(trace, epoch, row, selection)
    if selection.has(LOSS.name):
        numbers["loss"] = _plain(trace.read(epoch, ROW_LOSS, row))
    return numbers


def _units(trace: Trace, epoch: int, row: int, selection: Selection) -> dict[str, dict[str, float | int | None]]:
    """Z and A of every unit, an input's A included."""
    layers, symbols = trace.lesson.network.layers, trace.symbols

    def values(letter: str, of: Callable[[Unit], Quantity], first_layer: int) -> dict[str, float | int | None]:
        return {str(unit.number): _plain(trace.read(epoch, of(unit), row)) for layer in layers[first_layer:]
                for unit in layer if selection.has(f"{letter}{unit.number}")}
    return {"Z": values("Z", symbols.Z, 1), "A": values("A", symbols.A, 0)}


def _gradient(trace: Trace, epoch: int, batch: Batch, parameter_index: int, rows: Sequence[int]) -> dict[str, object]:
    gradient, written = _parameter(trace, epoch, batch, trace.lesson.order[parameter_index], Source.GRADIENT), []
    chains = trace.chains_at(batch)
    for row in rows:
        paths = [{"product": _plain(trace.read(epoch, chains.product_quantity(parameter_index, path), row)),
                  "factors": [{"name": factor.name, "formula": factor.formula,
                               "value": _plain(trace.read(epoch, factor.quantity, row))} for factor in factors]}
                 for path, factors in enumerate(chains.paths(parameter_index))]
        written.append({"product": _plain(trace.read(epoch, chains.product_quantity(parameter_index, -1), row)),
                        "paths": paths})
    return {"gradient": gradient, "rows": written}


def _from_1(rows: Sequence[int]) -> list[int]:
    return [row + 1 for row in rows]


def _plain(value: float) -> float | int | None:
    """A number as JSON can hold it: whole ones without a point."""
    value = float(value)
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

"""The trace as JSON (`handgrad-trace/1`), in full double precision, streamed parameter by parameter."""

import json
import math
from collections.abc import Iterator

from engine.export.selection import LOSS, Selection, whole
from engine.graph.quantity import Source
from engine.graph.step import Phase
from engine.trace.trace import Trace


def write(trace: Trace, epochs: int, selection: Selection | None = None) -> Iterator[str]:
    """Pieces of one JSON object. A number that is not finite is null; what is not selected is left out."""
    lesson, selection = trace.lesson, selection or whole(trace)
    head = {"format": "handgrad-trace/1", "lesson": lesson.id, "learning_rate": lesson.learning_rate,
            "loss": lesson.loss.name, "form": "paths" if trace.chains.by_paths else "delta"}
    yield _dump(head)[:-1] + ', "epochs": ['
    for number in range(1, epochs + 1):
        yield ",\n" if number > 1 else "\n"
        yield from _epoch(trace, number, selection)
    yield "\n]}\n"


def _epoch(trace: Trace, number: int, selection: Selection) -> Iterator[str]:
    lesson, symbols = trace.lesson, trace.symbols
    parameters = [lesson.order[index] for index in selection.parameters]

    def values(source: Source) -> dict[str, object]:
        return {p.name: _plain(trace.read(number, symbols.parameter(p, source), None)) for p in parameters}

    head: dict[str, object] = {"epoch": number, "parameters": values(Source.PARAMETER),
                               "loss": _plain(trace.epoch(number).loss)}
    if len(selection.rows) < lesson.rows:
        head["row_numbers"] = [row + 1 for row in selection.rows]
    if Phase.FORWARD in selection.phases:
        head["rows"] = [_row(trace, number, row, selection) for row in selection.rows]
    yield _dump(head)[:-1]
    if Phase.BACKWARD in selection.phases:
        yield ', "gradients": {'
        for k, index in enumerate(selection.parameters):
            name = lesson.order[index].name
            yield (",\n " if k else "\n ") + _dump({name: _gradient(trace, number, index, selection)})[1:-1]
        yield "}"
    if Phase.UPDATE in selection.phases:
        before, gradient, after = (values(source) for source in (Source.PARAMETER, Source.GRADIENT, Source.UPDATED))
        update = {name: {"before": before[name], "gradient": gradient[name], "after": after[name]} for name in before}
        yield ', "update": ' + _dump(update)
    yield "}"


def _row(trace: Trace, epoch: int, row: int, selection: Selection) -> dict[str, object]:
    lesson, layers = trace.lesson, trace.lesson.network.layers
    batch = trace.epoch(epoch).batch_of(row)
    arrays, at = batch.arrays, row - batch.rows.start

    def values(source: Source, letter: str, first_layer: int) -> dict[str, object]:
        return {str(u.number): _plain(arrays[source][u.layer][at, u.index]) for layer in layers[first_layer:]
                for u in layer if selection.has(f"{letter}{u.number}")}

    numbers: dict[str, object] = {
        "inputs": [_plain(x) for x in lesson.inputs_of(row)],
        "targets": [_plain(y) for y in lesson.targets_of(row)],
        "Z": values(Source.Z, "Z", 1), "A": values(Source.A, "A", 0)}
    if selection.has(LOSS):
        numbers["loss"] = _plain(arrays[Source.ROW_LOSS][0][at, 0])
    return numbers


def _gradient(trace: Trace, epoch: int, parameter_index: int, selection: Selection) -> dict[str, object]:
    gradient = trace.symbols.parameter(trace.lesson.order[parameter_index], Source.GRADIENT)
    rows = []
    for row in selection.rows:
        paths = [{"product": _plain(trace.read(epoch, trace.chains.product_quantity(parameter_index, path), row)),
                  "factors": [{"name": factor.name, "formula": factor.formula,
                               "value": _plain(trace.read(epoch, factor.quantity, row))} for factor in factors]}
                 for path, factors in enumerate(trace.chains.paths(parameter_index))]
        rows.append({"product": _plain(trace.read(epoch, trace.chains.product_quantity(parameter_index, -1), row)),
                     "paths": paths})
    return {"gradient": _plain(trace.read(epoch, gradient, None)), "rows": rows}


def _plain(value: float) -> float | int | None:
    """A number as JSON can hold it: whole ones without a point."""
    value = float(value)
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)

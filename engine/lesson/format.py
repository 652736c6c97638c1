"""What a lesson file may say: its schema, and what its parts may not contradict."""

import json
import re
from collections.abc import Iterator
from typing import Any

from engine.graph.activations import ACTIVATIONS
from engine.graph.expression import aliases, functions
from engine.graph.losses import LOSSES, Loss
from engine.graph.network import Network
from engine.graph.step import MOST_EPOCHS, Kind, Phase
from engine.lesson.schema import (
    FLAG,
    POSITIVE,
    REAL,
    Check,
    Problem,
    join_keys,
    line,
    list_of,
    matching,
    one_of,
    paragraph,
    satisfying,
    spell,
    table,
    table_of,
    whole,
)
from engine.text.notation import with_count
from engine.text.printable import suggestion

MOST_UNITS, MOST_HIDDEN, MOST_ROWS = 64, 8, 1024

NAME: Check = satisfying(
    lambda value: isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,11}", value) is not None,
    "a name of 1 to 12 letters, digits and _, a letter first",
    {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]{0,11}$"})
SEED: Check = table({"seed": whole(0, 2**32 - 1)})
EVERY: Check = table_of(REAL, "a table of all parameters, or seed = 7")


def _parameters(value: object, key: str) -> Iterator[Problem]:
    """A seed alone, or a value for each name; whether these are the network's is checked later."""
    if isinstance(value, dict) and "seed" in value and len(value) > 1:
        return iter([Problem(key, f"seed and {len(value) - 1} more", "either seed alone or every parameter")])
    return (SEED if isinstance(value, dict) and "seed" in value else EVERY)(value, key)


ANY_NAME: Check = satisfying(lambda value: isinstance(value, str), "a parameter's name", {"type": "string"})
ID: Check = matching(r"[a-z0-9-]{1,60}", "lower-case letters, digits and hyphens, 60 at most")
NOTE: Check = table({"text": paragraph(400)}, {
    "phase": one_of(phase.value for phase in Phase), "kind": one_of(kind.value for kind in Kind),
    "parameter": ANY_NAME, "row": whole(1, MOST_ROWS), "unit": whole(1, 10_000), "factor": whole(1, 100),
    "epoch": whole(1, MOST_EPOCHS)})


def lesson_schema() -> Check:
    """What a lesson file must be, with the activations and losses that there are."""
    activation = one_of(ACTIVATIONS)
    layer = table({"units": whole(1, MOST_UNITS), "activation": activation})
    return table({
        "format": whole(1, 1),
        "id": ID,
        "title": line(60),
        "data": table({
            "inputs": list_of(NAME, 1, MOST_UNITS, "column names"),
            "targets": list_of(NAME, 1, MOST_UNITS, "column names"),
            "rows": list_of(list_of(REAL, 2, 2 * MOST_UNITS, "numbers"), 1, MOST_ROWS, "rows"),
        }),
        "network": table({"output": table({"activation": activation})},
                         {"hidden": list_of(layer, 0, MOST_HIDDEN, "layers")}),
        "parameters": Check(_parameters, {"anyOf": [SEED.json, EVERY.json]}),
        "training": table({"loss": one_of(LOSSES), "learning_rate": POSITIVE},
                          {"order": list_of(ANY_NAME, 1, 10**6, "parameter names")}),
    }, {
        "introduction": paragraph(2000),
        "goal": table({"epoch": whole(1, MOST_EPOCHS)}, {
            "rows_right": whole(1, MOST_ROWS), "loss_below": POSITIVE, "fails": FLAG}),
        "requires": list_of(ID, 1, 10, "lessons' ids"),
        "next": ID,
        "notes": list_of(NOTE, 1, 200, "notes"),
    })


def as_json_schema() -> str:
    """The same as a JSON Schema, for editors; what its parts may not contradict is left to `handgrad check`."""
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A lesson for handgrad",
                       **lesson_schema().json}, indent=1, ensure_ascii=False)


def network_of(document: dict[str, Any]) -> Network:
    """The network that a document describes, once that part of it is sound."""
    data, layers = document["data"], document["network"].get("hidden", [])
    return Network(
        (len(data["inputs"]), *(layer["units"] for layer in layers), len(data["targets"])),
        tuple(ACTIVATIONS[layer["activation"]] for layer in [*layers, document["network"]["output"]]))


def problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Every problem: what the schema finds, then the contradictions among those parts that are sound."""
    found = list(lesson_schema()(document, ""))
    yield from found

    def sound(*keys: str) -> bool:
        return not any(f"{problem.key}.".startswith((f"{key}.", f"{key}[")) or key.startswith(f"{problem.key}.")
                       for problem in found for key in keys)

    if sound("data.inputs", "data.targets"):
        if isinstance(rows := document["data"].get("rows"), list):
            yield from _row_problems(document["data"], [row if isinstance(row, list) else None for row in rows])
        if sound("network"):
            network = network_of(document)
            yield from _name_problems(document["data"], network)
            if isinstance(document.get("parameters"), dict):
                yield from _parameter_problems(document["parameters"], network)
            if sound("training.order") and "order" in document["training"]:
                yield from _order_problems(document["training"]["order"], network)
            if sound("notes", "data"):
                yield from _note_problems(document, network)
    if "goal" in document and sound("goal", "data"):
        yield from _goal_problems(document["goal"], document["data"])
    if sound("data", "network.output", "training.loss"):
        yield from _loss_problems(document, LOSSES[document["training"]["loss"]])


def _row_problems(data: dict[str, Any], rows: list[list[object] | None]) -> Iterator[Problem]:
    names = data["inputs"] + data["targets"]
    for index, row in enumerate(rows):
        if row is not None and len(row) != len(names):
            yield Problem(f"data.rows[{index}]", with_count(len(row), "number"), f"{len(names)}: {', '.join(names)}")


def _name_problems(data: dict[str, Any], network: Network) -> Iterator[Problem]:
    reserved = {f"{letter}{unit.number}" for layer in network.layers for unit in layer for letter in "ZA"}
    calculator = {*functions(), *aliases()}  # which reads Sig as sig
    reserved |= {*network.parameters, "Loss", "lr", "n", "e", *calculator}
    seen: set[str] = set()
    for group in ("inputs", "targets"):
        for column, name in enumerate(data[group]):
            if name in seen:
                yield Problem(f"data.{group}[{column}]", spell(name), "a name that no other column has")
            is_taken = name in reserved or name.lower() in calculator
            if is_taken and not (group == "inputs" and name == f"A{column + 1}"):
                yield Problem(f"data.{group}[{column}]", spell(name), "a name that no number of the network has")
            seen.add(name)


def _note_problems(document: dict[str, Any], network: Network) -> Iterator[Problem]:
    limits = {"row": len(document["data"]["rows"]), "unit": sum(network.sizes)}
    for index, note in enumerate(document.get("notes", [])):
        if (name := note.get("parameter")) is not None and name not in network.parameters:
            yield Problem(f"notes[{index}].parameter", spell(name), "a parameter of the network")
        for key, most in limits.items():
            if note.get(key, 1) > most:
                yield Problem(f"notes[{index}].{key}", str(note[key]), f"a {key} from 1 to {most}")


def _goal_problems(goal: dict[str, Any], data: dict[str, Any]) -> Iterator[Problem]:
    if "rows_right" not in goal and "loss_below" not in goal:
        yield Problem("goal", "nothing to reach", "rows_right or loss_below")
    if goal.get("rows_right", 0) > len(data["rows"]):
        yield Problem("goal.rows_right", str(goal["rows_right"]), f"at most {len(data['rows'])}, the rows there are")
    targets = [target for row in data["rows"] for target in row[len(data["inputs"]):]]
    if "rows_right" in goal and any(target not in (0, 1) for target in targets):
        yield Problem("goal.rows_right", "targets that are not 0 or 1", "loss_below, where no row is right or wrong")


def _loss_problems(document: dict[str, Any], loss: Loss) -> Iterator[Problem]:
    output = ACTIVATIONS[document["network"]["output"]["activation"]]
    if loss.output and loss.output is not output:
        yield Problem("training.loss", f'"{loss.name}" with output "{output.name}"',
                      f'output "{loss.output.name}": {loss.name} takes {loss.takes}')
    least, largest = loss.targets
    for index, row in enumerate(document["data"]["rows"]):
        for column in range(len(document["data"]["inputs"]), len(row)):
            if not loss.fits_target(row[column]):
                yield Problem(f"data.rows[{index}][{column}]", spell(row[column]),
                              f'a target from {least:g} to {largest:g} with "{loss.name}"')


def _parameter_problems(given: dict[str, object], network: Network) -> Iterator[Problem]:
    if "seed" in given:
        return
    known = list(network.parameters)
    for name in known:
        if name not in given:
            yield Problem(join_keys("parameters", name), "missing", "a finite number (or for all of them: seed = 7)")
    for name in given:
        if name not in network.parameters:
            yield Problem(join_keys("parameters", name), "unknown parameter",
                          f"one of {known[0]} to {known[-1]}" + suggestion(name, known[:100]))


def _order_problems(order: list[str], network: Network) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(order):
        if name not in network.parameters:
            yield Problem(f"training.order[{index}]", spell(name), "a parameter of the network")
        elif name in seen:
            yield Problem(f"training.order[{index}]", f"{spell(name)} again", "every parameter once")
        seen.add(name)
    for name in network.parameters:
        if name not in seen:
            yield Problem("training.order", f"{name} is missing", "every parameter once")

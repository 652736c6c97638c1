"""What a lesson file may say: its schema, and what its parts may not contradict."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from engine.graph.activations import ACTIVATIONS
from engine.graph.functions import aliases, functions
from engine.graph.losses import LOSSES, Loss
from engine.graph.network import Network
from engine.graph.step import MOST_EPOCHS, Kind, Phase
from engine.lesson.schema import (
    FLAG,
    MISSING,
    POSITIVE,
    REAL,
    UNKNOWN_KEY,
    Check,
    Problem,
    homes_of,
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
    tables_in_lists,
    whole,
)
from engine.text.names import is_name, one_spelling
from engine.text.notation import with_count
from engine.text.printable import SUGGESTED

MOST_UNITS, MOST_HIDDEN, MOST_ROWS = 64, 8, 1024
MOST_ALONE, MOST_LISTED, MOST_COMPARED, WIDEST_NAME = 3, 12, 100, 12  # names; columns
OTHER_WORDS = {"lr": "learning_rate", "eta": "learning_rate"}  # for keys
PARAMETER = r'"?[bw]\d+(,\d+)?"?'  # as its name is spelled

NAME: Check = satisfying(
    lambda value: isinstance(value, str) and is_name(value, WIDEST_NAME),
    "a name of 1 to 12 letters, digits and _, a letter first",
    {"type": "string", "pattern": r"^[^\x00-@\[-`{-\x7f][^\x00-/:-@\[-^`{-\x7f]{0,11}$"})  # letters beyond ASCII: any
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


@cache
def lists_of_tables() -> tuple[str, ...]:
    """The tables of which a lesson may have many, each begun in two brackets."""
    return tuple(tables_in_lists(lesson_schema().json))


def network_of(document: dict[str, Any]) -> Network:
    """The network that a document describes, once that part of it is sound."""
    data, layers = document["data"], document["network"].get("hidden", [])
    return Network(
        (len(data["inputs"]), *(layer["units"] for layer in layers), len(data["targets"])),
        tuple(ACTIVATIONS[layer["activation"]] for layer in [*layers, document["network"]["output"]]))


def problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Every problem: what the schema finds, then the contradictions among those parts that are sound."""
    schema = lesson_schema()
    found = list(schema(document, ""))
    yield from (_with_home(problem, schema) for problem in found)

    def sound(*keys: str) -> bool:
        return not any(f"{problem.key}.".startswith((f"{key}.", f"{key}[")) or key.startswith(f"{problem.key}.")
                       for problem in found for key in keys)

    if sound("data.inputs", "data.targets"):
        if sound("network"):
            network = network_of(document)
            yield from _name_problems(document["data"], network)
            if isinstance(document.get("parameters"), dict):
                yield from _parameter_problems(document["parameters"], network)
            if sound("training.order") and "order" in document["training"]:
                yield from _order_problems(document["training"]["order"], network)
            if sound("notes", "data"):
                yield from _note_problems(document, network)
        if isinstance(rows := document["data"].get("rows"), list):
            wrong_rows = list(_row_problems(document["data"], [row if isinstance(row, list) else None for row in rows]))
            found += wrong_rows  # so that nothing is said of numbers in wrong columns
            yield from wrong_rows
    if "goal" in document and sound("goal", "data"):
        yield from _goal_problems(document["goal"], document["data"])
    if sound("data", "network.output", "training.loss"):
        yield from _loss_problems(document, LOSSES[document["training"]["loss"]])


def _with_home(problem: Problem, schema: Check) -> Problem:
    """Of a key in a wrong table: which is the right one; unless another key of this table is nearly the same."""
    if problem.found != UNKNOWN_KEY or SUGGESTED in problem.expected:
        return problem
    name = problem.key.rpartition(".")[2]
    if re.fullmatch(PARAMETER, name):
        return problem._replace(expected="it in [parameters]")
    homes = list(homes_of(OTHER_WORDS.get(name, name), schema.json))
    if not homes:
        return problem
    if "" in homes:
        return problem._replace(expected="it at the top, before the first [table]")
    return problem._replace(expected=f"{OTHER_WORDS.get(name, 'it')} in {' or '.join(homes)}")


def _row_problems(data: dict[str, Any], rows: list[list[object] | None]) -> Iterator[Problem]:
    names = data["inputs"] + data["targets"]
    for index, row in enumerate(rows):
        if row is not None and len(row) != len(names):
            yield Problem(f"data.rows[{index}]", with_count(len(row), "number"), f"{len(names)}: {', '.join(names)}")


def _name_problems(data: dict[str, Any], network: Network) -> Iterator[Problem]:
    reserved = {f"{letter}{unit.number}" for layer in network.layers for unit in layer for letter in "ZA"}
    calculator = {name.casefold() for name in (*functions(), *aliases())}  # which reads Sig as sig
    reserved |= {*network.parameters, "Loss", "lr", "n", "e", *calculator}
    seen: set[str] = set()
    for group in ("inputs", "targets"):
        for column, written in enumerate(data[group]):
            name = one_spelling(written)
            if name in seen:
                yield Problem(f"data.{group}[{column}]", spell(written), "a name that no other column has")
            is_taken = name in reserved or name.casefold() in calculator
            if is_taken and not (group == "inputs" and name == f"A{column + 1}"):
                yield Problem(f"data.{group}[{column}]", spell(written), "a name that no number of the network has")
            seen.add(name)


def _note_problems(document: dict[str, Any], network: Network) -> Iterator[Problem]:
    limits = {"row": len(document["data"]["rows"]), "unit": sum(network.sizes)}
    for index, note in enumerate(document.get("notes", [])):
        if (name := note.get("parameter")) is not None and name not in network.parameters:
            yield Problem(f"notes[{index}].parameter", spell(name),
                          f"a parameter of the network{_near_name(name, network.parameters, ())}")
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
    known, unknown = list(network.parameters), [name for name in given if name not in network.parameters]
    if slips := _comma_slips(unknown, known):
        yield _comma_problem(slips)
        unknown = [name for name in unknown if name not in slips]
    explained = {*given, *slips.values()}
    missing = [name for name in known if name not in explained]
    for first, *others in [missing] if len(missing) > MOST_ALONE else [[name] for name in missing]:
        yield Problem(join_keys("parameters", first), MISSING + f", as are {_cut(others)}" * bool(others),
                      "a finite number (or for all of them: seed = 7)")
    for index, name in enumerate(unknown):
        names = "a parameter of the network" if index else f"one of {_list_names(known, missing)}"
        yield Problem(join_keys("parameters", name), "unknown parameter",
                      f"{names}{_near_name(name, missing, unknown)}")


def _comma_slips(unknown: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Unknown names that differ from a weight's in its comma only, each with that."""
    plain = {name.replace(",", ""): name for name in known if name[0] == "w"}
    return {name: right for name in unknown if (right := plain.get(name.replace(",", "")))}


def _comma_problem(slips: dict[str, str]) -> Problem:
    """One problem for all names in which the comma is missing, or should not be."""
    name, right = next(iter(slips.items()))
    more = f", as {len(slips) - 1} more" * (len(slips) > 1)
    found, rule = ("without a comma", "past 9 units every weight's name has one") if "," in right else (
        "with a comma", "up to 9 units no name has one")
    return Problem(join_keys("parameters", name), f"a name {found}{more}", f"{join_keys('', right)}; {rule}")


def _near_name(name: str, names: Iterable[str], unknown: Sequence[str]) -> str:
    """Which parameter an unknown name may mean: one of the same letters and digits, or else the only one left."""
    def letters(spelling: str) -> list[str]:
        return sorted(spelling.lower().replace(",", ""))
    left = _some(names)
    near = [other for other in left if letters(other) == letters(name)]
    if not near and len(unknown) == len(left) == 1 and left[0][0] == name[:1]:
        near = left
    return f'{SUGGESTED}"{near[0]}"?' if near else ""


def _order_problems(order: list[str], network: Network) -> Iterator[Problem]:
    missing = [name for name in network.parameters if name not in set(order)]
    unknown = [name for name in order if name not in network.parameters]
    seen: set[str] = set()
    for index, name in enumerate(order):
        if name not in network.parameters:
            yield Problem(f"training.order[{index}]", spell(name),
                          f"a parameter of the network{_near_name(name, missing, unknown)}")
        elif name in seen:
            yield Problem(f"training.order[{index}]", f"{spell(name)} again", "every parameter once")
        seen.add(name)
    if missing:
        said = f"{_cut(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        yield Problem("training.order", said, "every parameter once")


def _list_names(known: list[str], missing: list[str]) -> str:
    """The names that there are; where they are many, those that are still missing, or how many there are of these."""
    if len(known) <= MOST_LISTED:
        return ", ".join(known)
    between = f"{known[0]} to {known[-1]}"
    if not missing:
        return f"{between}, which are all given"
    return f"{between}; missing: {_cut(missing)}"


def _cut(names: Sequence[str]) -> str:
    """Names, the first of them where they are many, and how many more there are."""
    more = f" and {len(names) - MOST_LISTED} more" * (len(names) > MOST_LISTED)
    return ", ".join(names[:MOST_LISTED]) + more


def _some(names: Iterable[str]) -> list[str]:
    """As many as are compared with a name that is unknown."""
    return list(islice(names, MOST_COMPARED))

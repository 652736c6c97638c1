"""What a lesson file may say: its schema. What its parts may not contradict stands in `contradictions`."""

import json
from collections.abc import Iterator
from functools import cache

from engine.graph.activations import ACTIVATIONS
from engine.graph.losses import LOSSES
from engine.graph.optimizers import DECAY, OPTIMIZERS, Optimizer
from engine.graph.step import MOST_EPOCHS, Kind, Phase
from engine.lesson.schema import (
    FLAG,
    MISSING,
    POSITIVE,
    REAL,
    Check,
    Problem,
    is_real,
    join_keys,
    line,
    list_of,
    matching,
    one_of,
    paragraph,
    satisfying,
    table,
    table_of,
    tables_in_lists,
    whole,
)
from engine.text.names import is_name

MOST_UNITS, MOST_HIDDEN, MOST_ROWS, MOST_FORMULAS = 64, 8, 1024, 64
WIDEST_NAME = 12  # columns

NAME: Check = satisfying(
    lambda value: isinstance(value, str) and is_name(value, WIDEST_NAME),
    "a name of 1 to 12 letters, digits and _, a letter first",
    {"type": "string", "pattern": r"^[^\x00-@\[-`{-\x7f][^\x00-/:-@\[-^`{-\x7f]{0,11}$"})  # letters beyond ASCII: any
SEED: Check = table({"seed": whole(0, 2**32 - 1)})
EVERY: Check = table_of(REAL, "a table of all parameters, or seed = 7")
NOT_NEGATIVE: Check = satisfying(lambda value: is_real(value) and value >= 0,  # type: ignore[operator]
                                 "a finite number from 0 on", {"type": "number", "minimum": 0})
SHARE: Check = satisfying(lambda value: is_real(value) and 0 <= value < 1,  # type: ignore[operator]
                          "a number from 0 on, below 1", {"type": "number", "minimum": 0, "exclusiveMaximum": 1})
GRADIENTS: Check = table_of(REAL, "a table of gradients by their parameters' names, as { w13 = 0.25 }")
SETTINGS = {"epsilon": POSITIVE}  # of optimizers: what is no share
BIAS: Check = satisfying(lambda value: isinstance(value, bool) or value == "layer", 'true, false or "layer"',
                         {"enum": [True, False, "layer"]})
ANY_NAME: Check = satisfying(lambda value: isinstance(value, str), "a parameter's name", {"type": "string"})
MOMENTS = dict.fromkeys(moment.name for optimizer in OPTIMIZERS.values() for moment in (DECAY, *optimizer.moments))
FORMULA: Check = satisfying(lambda value: isinstance(value, str), 'a formula, as "q = a*x + b"', {"type": "string"})
NODE: Check = satisfying(lambda value: isinstance(value, str), "the name of one of the nodes", {"type": "string"})
ID: Check = matching(r"[a-z0-9-]{1,60}", "lower-case letters, digits and hyphens, 60 at most")
GRAPH: Check = table({"nodes": list_of(FORMULA, 1, MOST_FORMULAS, "formulas")},
                     {"result": NODE, "rows": one_of(("mean", "sum")), "split": FLAG})
FORMS = ("paths", "delta")  # in which the backward pass is written
GOAL: Check = table({"epoch": whole(1, MOST_EPOCHS)}, {
    "rows_right": whole(1, MOST_ROWS), "loss_below": REAL, "fails": FLAG})
NOTE: Check = table({"text": paragraph(400)}, {
    "phase": one_of(phase.value for phase in Phase), "kind": one_of(kind.value for kind in Kind),
    "parameter": ANY_NAME, "row": whole(1, MOST_ROWS), "unit": whole(1, 10_000), "factor": whole(1, 100),
    "epoch": whole(1, MOST_EPOCHS), "node": NODE, "moment": one_of(MOMENTS), "batch": whole(1, MOST_ROWS),
    "form": one_of(FORMS)})


def _parameters(value: object, key: str) -> Iterator[Problem]:
    """A seed alone, or a value for each name; whether these are the lesson's is checked later."""
    if isinstance(value, dict) and "seed" in value and len(value) > 1:
        return iter([Problem(key, f"seed and {len(value) - 1} more", "either seed alone or every parameter")])
    return (SEED if isinstance(value, dict) and "seed" in value else EVERY)(value, key)


def _settings(optimizer: Optimizer) -> Check:
    """An optimizer with settings of its own, and no others."""
    name = one_of([optimizer.name])
    return table({"name": name}, {setting: SETTINGS.get(setting, SHARE) for setting in optimizer.settings})


def _optimizer(value: object, key: str) -> Iterator[Problem]:
    """Its name, or a table of its name and some of its settings."""
    name = value.get("name") if isinstance(value, dict) else value
    if isinstance(value, dict) and isinstance(name, str) and name in OPTIMIZERS:
        return _settings(OPTIMIZERS[name])(value, key)
    if isinstance(value, dict) and "name" not in value:
        return iter([Problem(join_keys(key, "name"), MISSING, f"one of {', '.join(OPTIMIZERS)}")])
    return one_of(OPTIMIZERS)(name, join_keys(key, "name") if isinstance(value, dict) else key)


OPTIMIZER: Check = Check(_optimizer, {"anyOf": [
    {"enum": list(OPTIMIZERS)}, *(_settings(optimizer).json for optimizer in OPTIMIZERS.values())]})


def lesson_schema(is_graph: bool = True) -> Check:
    """What a lesson file must be, with the activations and losses that there are. A graph does without columns, and
    without training.
    """
    layer = table({"units": whole(1, MOST_UNITS),
                   "activation": one_of(name for name, f in ACTIVATIONS.items() if not f.takes_layer)})
    columns = list_of(NAME, 0 if is_graph else 1, MOST_UNITS, "column names")
    row = list_of(REAL, 1 if is_graph else 2, 2 * MOST_UNITS, "numbers")
    data = table({"inputs": columns, "targets": columns, "rows": list_of(row, 1, MOST_ROWS, "rows")})
    network = table({"output": table({"activation": one_of(ACTIVATIONS)})},
                    {"hidden": list_of(layer, 0, MOST_HIDDEN, "layers"), "bias": BIAS})
    training = {"loss": one_of(LOSSES), "learning_rate": POSITIVE}
    more_training = {"order": list_of(ANY_NAME, 1, 10**6, "parameter names"), "batch": whole(1, MOST_ROWS),
                     "optimizer": OPTIMIZER, "weight_decay": NOT_NEGATIVE,
                     "fixed": list_of(ANY_NAME, 0, 10**6, "parameter names")}
    words = {"format": whole(1, 1), "id": ID, "title": line(60)}
    parameters = {"parameters": Check(_parameters, {"anyOf": [SEED.json, EVERY.json]})}
    more = {"graph": GRAPH, "check": table({"gradients": GRADIENTS}), "introduction": paragraph(2000), "goal": GOAL,
            "requires": list_of(ID, 1, 10, "lessons' ids"), "next": ID, "notes": list_of(NOTE, 1, 200, "notes")}
    if is_graph:
        return table({**words, **parameters},
                     {"data": data, "network": network, "training": table({}, {**training, **more_training}), **more})
    return table({**words, "data": data, "network": network, **parameters,
                  "training": table(training, more_training)}, more)


def as_json_schema() -> str:
    """The same as a JSON Schema, for editors; what its parts may not contradict is left to `handgrad check`."""
    network = lesson_schema(is_graph=False).json
    needs = {"required": network["required"],
             "properties": {"training": {"required": network["properties"]["training"]["required"]}}}
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A lesson for handgrad",
                       **lesson_schema().json, "if": {"required": ["graph"]}, "else": needs},
                      indent=1, ensure_ascii=False)


@cache
def lists_of_tables() -> tuple[str, ...]:
    """The tables of which a lesson may have many, each begun in two brackets."""
    return tuple(tables_in_lists(lesson_schema().json))

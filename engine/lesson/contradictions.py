"""What the parts of a lesson file may not contradict: all that its schema can't see."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

from engine.graph.losses import LOSSES
from engine.late import LateModule
from engine.lesson.data_problems import column_problems, row_count, row_problems
from engine.lesson.format import lesson_schema
from engine.lesson.key_lines import table_of_key
from engine.lesson.models import network_of
from engine.lesson.parameter_problems import fixed_problems, order_problems, sheet_problems, value_problems
from engine.lesson.schema import MISSING, UNKNOWN_KEY, Check, Problem, homes_of
from engine.lesson.training_problems import loss_problems, result_problems, update_problems
from engine.lesson.word_problems import goal_problems, note_problems
from engine.text.printable import SUGGESTED

if TYPE_CHECKING:
    from engine.lesson import graph_problems
else:
    graph_problems = LateModule("engine.lesson.graph_problems")

OTHER_WORDS = {"lr": "learning_rate", "eta": "learning_rate"}  # for keys
PARAMETER = r'"?[bw]\d+(,\d+)?"?'  # as its name is spelled

Sound = Callable[..., bool]  # whether nothing is wrong so far with what stands at some keys


def problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Every problem: what the schema finds, then the contradictions among those parts that are sound."""
    is_graph = "graph" in document
    schema = lesson_schema(is_graph)
    found = list(schema(document, ""))
    yield from (_with_other_ways(problem, schema) for problem in found)

    def sound(*keys: str) -> bool:
        return not any(f"{problem.key}.".startswith((f"{key}.", f"{key}[")) or key.startswith(f"{problem.key}.")
                       for problem in found for key in keys)

    if is_graph and "network" in document:
        yield Problem("network", "beside [graph]", "one of the two")
    if "data" in document and sound("data.inputs", "data.targets"):
        wrong_rows = list(row_problems(document["data"]))
        found += wrong_rows  # so that nothing is said of numbers in wrong columns
        yield from wrong_rows
    yield from (_graph_contradictions if is_graph else _network_contradictions)(document, sound)
    if "goal" in document and sound("goal", "data", "training"):
        yield from goal_problems(document)


def _network_contradictions(document: dict[str, Any], sound: Sound) -> Iterator[Problem]:
    if sound("data.inputs", "data.targets", "network"):
        network = network_of(document)
        yield from column_problems(document["data"], network)
        if isinstance(document.get("parameters"), dict):
            yield from value_problems(document["parameters"], network)
        yield from _training_contradictions(document, sound, network.parameters, "network")
        if sound("notes", "data"):
            yield from note_problems(document, network.parameters, sum(network.sizes))
    if sound("data", "network.output", "training.loss"):
        yield from loss_problems(document, LOSSES[document["training"]["loss"]])


def _graph_contradictions(document: dict[str, Any], sound: Sound) -> Iterator[Problem]:
    if not sound("data.inputs", "data.targets", "graph", "training.optimizer") or \
            not isinstance(document.get("parameters"), dict):
        return
    found = graph_problems.problems_of(document)
    yield from found
    if not found:
        names = graph_problems.parameters_of(document)
        yield from _training_contradictions(document, sound, names, "graph")
        yield from result_problems(document.get("training", {}))
        if sound("notes", "data"):
            yield from note_problems(document, names, 0)
        if sound("data", "parameters"):
            yield from graph_problems.start_problems(document)


def _training_contradictions(document: dict[str, Any], sound: Sound, names: Collection[str],
                             whose: str) -> Iterator[Problem]:
    training = document.get("training", {})
    if sound("training.fixed"):
        yield from fixed_problems(training, names, whose)
        if sound("training.order"):
            yield from order_problems(training, names, whose)
    if "check" in document and sound("check", "training.fixed"):
        yield from sheet_problems(document, names, whose)
    if sound("training", "data"):
        yield from update_problems(training, row_count(document), len(names))


def _with_other_ways(problem: Problem, schema: Check) -> Problem:
    """Of a key in a wrong table: which is the right one; unless another key of this table is nearly the same. Of a
    network that is missing: that a graph would do.
    """
    if (problem.key, problem.found) == ("network", MISSING):
        return problem._replace(expected=f"{problem.expected}; or [graph] with nodes")
    if problem.found != UNKNOWN_KEY or SUGGESTED in problem.expected:
        return problem
    name = problem.key.rpartition(".")[2]
    if re.fullmatch(PARAMETER, name):
        return problem._replace(expected="it in [parameters]")
    here = f"[{table_of_key(problem.key)}]"
    homes = [home for home in homes_of(OTHER_WORDS.get(name, name), schema.json) if home != here]
    if not homes:
        return problem
    if "" in homes:
        return problem._replace(expected="it at the top, before the first [table]")
    return problem._replace(expected=f"{OTHER_WORDS.get(name, 'it')} in {' or '.join(homes)}")

"""What a document without problems describes: a network or formulas, the starting values, how it is trained."""

import random
from collections.abc import Mapping
from typing import Any

from engine.graph.activations import ACTIVATIONS
from engine.graph.formulas import Formulas
from engine.graph.losses import LOSSES, MEAN_OF_RESULTS, SUM_OF_RESULTS, Loss
from engine.graph.network import Bias, Network
from engine.graph.optimizers import OPTIMIZERS, SGD, Optimizer
from engine.graph.splitting import split
from engine.lesson.graph_reading import columns_of, names_to_draw, nodes_of, read_name

BIASES: Mapping[bool | str, Bias] = {True: "unit", False: "none", "layer": "layer"}


def model_of(document: dict[str, Any]) -> Network | Formulas:
    """What it calculates."""
    return formulas_of(document) if "graph" in document else network_of(document)


def network_of(document: dict[str, Any]) -> Network:
    """The network that a document describes, once that part of it is sound."""
    data, network = document["data"], document["network"]
    layers = network.get("hidden", [])
    return Network(
        (len(data["inputs"]), *(layer["units"] for layer in layers), len(data["targets"])),
        tuple(ACTIVATIONS[layer["activation"]] for layer in [*layers, network["output"]]),
        BIASES[network.get("bias", True)])


def formulas_of(document: dict[str, Any]) -> Formulas:
    """The graph that a document describes."""
    graph, given, columns = document["graph"], document["parameters"], columns_of(document)
    nodes = tuple(nodes_of(document))
    names = names_to_draw(document) if "seed" in given else [read_name(name) for name in given]
    result = read_name(graph["result"]) if "result" in graph else nodes[-1].name
    return Formulas(columns, tuple(names), split(nodes, (*columns, *names)) if graph.get("split") else nodes,
                    result, graph.get("rows", "mean") == "mean")


def starting_values(document: dict[str, Any], model: Network | Formulas) -> dict[str, float]:
    """What each parameter begins with."""
    given = document["parameters"]
    if "seed" in given:
        return draw_parameters(model, given["seed"])
    return {(name if isinstance(model, Network) else read_name(name)): float(given[name]) for name in given}


def draw_parameters(model: Network | Formulas, seed: int) -> dict[str, float]:
    """Starting parameters from a seed, the same on every machine: one decimal, from −1 to 1, never 0."""
    generator = random.Random(seed)  # noqa: S311  (numbers for an exercise, not for secrets)
    tenths = [t for t in range(-10, 11) if t]
    return {name: tenths[int(generator.random() * len(tenths))] / 10 for name in model.parameters}


def loss_of(document: dict[str, Any]) -> Loss:
    """What the rows make together: a network's loss, of a graph the mean or the sum of the results."""
    if "graph" in document:
        return SUM_OF_RESULTS if document["graph"].get("rows") == "sum" else MEAN_OF_RESULTS
    return LOSSES[document["training"]["loss"]]


def optimizer_of(training: Mapping[str, Any]) -> tuple[Optimizer, Mapping[str, float]]:
    """By which rule it is trained, with which settings: those not given are PyTorch's."""
    given = training.get("optimizer", SGD.name)
    table = given if isinstance(given, dict) else {"name": given}
    optimizer = OPTIMIZERS[table["name"]]
    return optimizer, {name: float(table.get(name, default)) for name, default in optimizer.settings.items()}

"""What data may not contradict: rows and columns, and a network's numbers and the names of its columns."""

from collections.abc import Iterator
from typing import Any

from engine.graph.functions import aliases, functions
from engine.graph.network import Network
from engine.lesson.schema import Problem, spell
from engine.text.names import one_spelling
from engine.text.notation import with_count


def row_problems(data: dict[str, Any]) -> Iterator[Problem]:
    """Of the rows that are lists, where the columns are sound."""
    names, rows = data["inputs"] + data["targets"], data.get("rows")
    if not names:
        yield Problem("data", "no columns", "inputs or targets, or for a graph without any no [data]")
    for index, row in enumerate(rows if names and isinstance(rows, list) else ()):
        if isinstance(row, list) and len(row) != len(names):
            yield Problem(f"data.rows[{index}]", with_count(len(row), "number"), f"{len(names)}: {', '.join(names)}")


def row_count(document: dict[str, Any]) -> int:
    """How many rows there are, as far as that is sound: without data one."""
    rows = document.get("data", {}).get("rows")
    return len(rows) if isinstance(rows, list) else 1


def column_problems(data: dict[str, Any], network: Network) -> Iterator[Problem]:
    """Of the columns' names, beside a network."""
    reserved = {f"{letter}{unit.number}" for layer in network.layers for unit in layer for letter in "ZA"}
    reserved |= {*network.parameters, "Loss", "lr", "n", "e"}
    seen: set[str] = set()
    for group in ("inputs", "targets"):
        for column, written in enumerate(data[group]):
            name = one_spelling(written)
            if name in seen:
                yield Problem(f"data.{group}[{column}]", spell(written), "a name that no other column has")
            is_taken = name in reserved or is_of_calculator(name)
            if is_taken and not (group == "inputs" and name == f"A{column + 1}"):
                yield Problem(f"data.{group}[{column}]", spell(written), "a name that no number of the network has")
            seen.add(name)


def is_of_calculator(name: str) -> bool:
    """Whether the calculator, which reads Sig as sig, takes a name for one of its own."""
    return name.casefold() in {own.casefold() for own in (*functions(), *aliases())}

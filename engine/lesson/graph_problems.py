"""What a graph may not contradict: names that are taken or unknown, formulas that use what comes later, numbers that
are none. It is bounded so that any that is taken is calculated in no time worth speaking of: at most 64 nodes, split or
not, 64 parameters, and 50 000 operations in all rows together.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from engine.graph.expression import Expression, ExpressionError, Part
from engine.graph.formulas import NamedFormula
from engine.graph.functions import PRIME, functions
from engine.graph.parts import names_in
from engine.graph.splitting import split
from engine.lesson.data_problems import is_of_calculator, row_count
from engine.lesson.format import MOST_FORMULAS
from engine.lesson.graph_reading import FormulaError, columns_of, names_to_draw, nodes_of, read_name, read_node
from engine.lesson.models import formulas_of, optimizer_of, starting_values
from engine.lesson.schema import Problem, join_keys, spell
from engine.text.notation import number, with_count
from engine.text.printable import printable, suggestion

MOST_PARAMETERS, MOST_OPERATIONS = 64, 50_000
MOST_LISTED, MOST_VALUES = 12, 3  # names; of them, those told with their values
EARLIER = "data, parameters and earlier nodes"
NUMBERS = {"pi": "3.14159265", "π": "3.14159265"}  # names that are none here, and what to write


def problems_of(document: dict[str, Any]) -> list[Problem]:
    """Every problem of the first kind that there is: further ones may only follow from those. The columns, the graph
    and the optimizer must be sound, the parameters a table.
    """
    for stage in (_reading_problems, _name_problems, _use_problems, _result_problems, _size_problems):
        if found := list(stage(document)):
            return found
    return []


def start_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """The first formula that gives no number at the start, if one does, of a document that is sound otherwise."""
    formulas = formulas_of({**document, "graph": {**document["graph"], "split": False}})
    start = starting_values(document, formulas)
    for row, data in enumerate(document["data"]["rows"] if "data" in document else [()]):
        values = {**start, **dict(zip(formulas.columns, map(float, data), strict=True))}
        for index, node in enumerate(formulas.nodes):
            try:
                values[node.name] = Expression(node.root, None).compute(values)
            except ExpressionError as error:
                where = f" in row {row + 1}" * (row_count(document) > 1)
                yield Problem(_key(index), f"{_quote_formula(document, index)}{where}{_where(node, values)}: {error}",
                              "a number at the start")
                return


def parameters_of(document: dict[str, Any]) -> tuple[str, ...]:
    """The names of a graph's parameters: those given, or those that a seed draws."""
    given = document["parameters"]
    return tuple(names_to_draw(document)) if "seed" in given else tuple(map(read_name, given))


def _key(index: int) -> str:
    return f"graph.nodes[{index}]"


def _quote_formula(document: dict[str, Any], index: int) -> str:
    return printable(document["graph"]["nodes"][index].strip())


def _reading_problems(document: dict[str, Any]) -> Iterator[Problem]:
    for index, text in enumerate(document["graph"]["nodes"]):
        try:
            read_node(text)
        except FormulaError as error:
            yield Problem(_key(index), error.found, error.expected)
    for name in document["parameters"] if "seed" not in document["parameters"] else ():
        if not read_name(name):
            yield Problem(join_keys("parameters", name), "a name that no formula can use",
                          "letters, digits and _, a letter first, primes last")


def _name_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Of names that two numbers have, or that are something else's."""
    nodes, data, given = nodes_of(document), document.get("data", {}), document["parameters"]
    places = [(f"data.{group}[{index}]", name, columns_of({"data": {group: [name]}})[0])
              for group in ("inputs", "targets") for index, name in enumerate(data.get(group, ()))]
    places += [("parameters.seed" if "seed" in given else join_keys("parameters", name), name, read_name(name))
               for name in (names_to_draw(document) if "seed" in given else given)]
    places += [(_key(index), node.name, node.name) for index, node in enumerate(nodes)]
    reserved = _reserved_names(document, nodes)
    seen: set[str] = set()
    for key, written, name in places:
        if name in seen:
            yield Problem(key, f"{spell(written)} again", "a name that no other number has")
        elif name in reserved:
            yield Problem(key, spell(written), f"another name: {name} is {reserved[name]}")
        elif is_of_calculator(name.rstrip(PRIME)):
            yield Problem(key, spell(written), "another name: this one is a function's, or the learning rate's")
        seen.add(name)


def _reserved_names(document: dict[str, Any], nodes: Sequence[NamedFormula]) -> Mapping[str, str]:
    """Names that numbers of every lesson have, and what these are."""
    reserved = {"lr": "the learning rate", "n": "how many rows there are"}
    if not (row_count(document) == 1 and _result(document, nodes) == "Loss"):
        reserved["Loss"] = "what all the rows make together"
    optimizer, _ = optimizer_of(document.get("training", {}))
    if any("t" in names_in(read_node(f"{moment.name} = {moment.formula}").root) for moment in optimizer.moments):
        reserved["t"] = f"how many updates {optimizer.words} has made"
    return reserved


def _result(document: dict[str, Any], nodes: Sequence[NamedFormula]) -> str:
    written = document["graph"].get("result")
    return nodes[-1].name if written is None else read_name(written)


def _use_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Of formulas that use what is unknown, or comes later."""
    nodes, given = nodes_of(document), document["parameters"]
    places = {node.name: index for index, node in enumerate(nodes)}
    uses = {node.name: names_in(node.root) for node in nodes}
    known, told = {*columns_of(document), *map(read_name, given)}, set[str]()
    for index, node in enumerate(nodes):
        for name in uses[node.name]:
            if name in places and name not in known and places[name] >= index:
                yield Problem(_key(index), f"{_quote_formula(document, index)} uses {_lateness(node.name, name, uses)}",
                              f"{EARLIER}{_better_place(node.name, name, places, uses)}")
            elif name not in places and name not in known and "seed" not in given and name not in told:
                told.add(name)
                yield _unknown_problem(document, index, name, [*known, *islice(places, index)])


def _lateness(user: str, name: str, uses: Mapping[str, Sequence[str]]) -> str:
    """That a name comes later; if what it stands for needs the user, by which names."""
    if name == user:
        return "itself"
    return f"{name}, in a circle: {', '.join(circle)}" if (circle := _circle(user, name, uses)) else \
        f"{name}, which comes later"


def _better_place(user: str, name: str, places: Mapping[str, int], uses: Mapping[str, Sequence[str]]) -> str:
    """Where a formula that uses a later one could stand, if it could."""
    if name == user or _circle(user, name, uses):
        return ""
    return f"; it could stand behind formula {places[name] + 1}"


def _circle(user: str, name: str, uses: Mapping[str, Sequence[str]]) -> list[str]:
    """The shortest way from a node by what it uses back to it, of which the first step is to `name`; else nothing."""
    ways, seen = [[user, name]], {name}
    for way in ways:
        for used in uses.get(way[-1], ()):
            if used == user:
                return [*way, user]
            if used not in seen:
                seen.add(used)
                ways.append([*way, used])
    return []


def _unknown_problem(document: dict[str, Any], index: int, name: str, known: Collection[str]) -> Problem:
    """A name in a formula that nothing has, and what the formula may use."""
    text = _quote_formula(document, index)
    if re.search(rf"(?<!\w){re.escape(name)}\s*[(\[]", text):
        own = [function for function in functions() if not function.endswith(PRIME)]
        return Problem(_key(index), f"{text}: there is no function {name}, and no number of this name",
                       f"one of {', '.join(own)}{suggestion(name, own)}")
    listed = f": {', '.join(sorted(known))}" if 0 < len(known) <= MOST_LISTED else ""
    more = f"; for the number write {NUMBERS[name]}" if name in NUMBERS else listed + suggestion(name, known)
    return Problem(_key(index), f"{text}: unknown name {name}", f"a value for it, or {EARLIER}{more}")


def _result_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Of a result that is none, and of parameters that it does not depend on."""
    nodes, given = nodes_of(document), document["parameters"]
    uses = {node.name: names_in(node.root) for node in nodes}
    result = _result(document, nodes)
    if result not in uses:
        written = document["graph"]["result"]
        yield Problem("graph.result", spell(written), f"the name of one of the nodes{suggestion(written, uses)}")
        return
    reached, waiting = {result}, [result]
    for name in waiting:
        new = [used for used in uses.get(name, ()) if used not in reached]
        reached.update(new)
        waiting += new
    if not given or ("seed" in given and not names_to_draw(document)):
        yield Problem("parameters", "none in any formula", f"one at least that {result} depends on")
    for name in names_to_draw(document) if "seed" in given else given:
        if read_name(name) not in reached:
            key, it = ("parameters.seed", name) if "seed" in given else (join_keys("parameters", name), "it")
            yield Problem(key, f"{result} does not depend on {it}",
                          "a parameter in a formula that leads there, or none of this name")


def _size_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Of a graph that is too large."""
    nodes, rows, parameters = nodes_of(document), row_count(document), parameters_of(document)
    if len(parameters) > MOST_PARAMETERS:
        yield Problem("parameters", f"{len(parameters)} of them", f"at most {MOST_PARAMETERS} with a graph")
    operations = sum(_count_operations(node.root) for node in nodes)
    if operations * rows > MOST_OPERATIONS:
        yield Problem("graph.nodes", f"{with_count(operations, 'operation')} in {with_count(rows, 'row')}",
                      f"at most {MOST_OPERATIONS} in all rows together")
    elif document["graph"].get("split"):
        count = len(split(nodes, (*columns_of(document), *parameters)))
        if count > MOST_FORMULAS:
            yield Problem("graph.split", f"true, which makes {count} nodes", f"at most {MOST_FORMULAS}, or false")


def _count_operations(part: Part) -> int:
    """How many operations there are in a formula; one at least, to take a number over."""
    return max(1, sum(each.operation not in ("number", "name") for each in _parts(part)))


def _parts(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from _parts(inner)


def _where(node: NamedFormula, values: Mapping[str, float]) -> str:
    """With which values a formula gives no number."""
    told = [f"{name} is {number(values[name])}" for name in names_in(node.root)[:MOST_VALUES]]
    return f", where {' and '.join(told)}" if told else ""

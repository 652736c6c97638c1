"""What parameters may not contradict: their values, the order of the gradients, which of them are fixed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from engine.graph.network import Network
from engine.lesson.graph_reading import read_name
from engine.lesson.schema import MISSING, Problem, join_keys, spell
from engine.text.printable import SUGGESTED

MOST_ALONE, MOST_LISTED, MOST_COMPARED = 3, 12, 100  # names


def value_problems(given: Mapping[str, object], network: Network) -> Iterator[Problem]:
    """Of the starting values of a network."""
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
                      f"{names}{near_name(name, missing, unknown)}")


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


def near_name(name: str, names: Iterable[str], unknown: Sequence[str]) -> str:
    """Which parameter an unknown name may mean: one of the same letters and digits, or else the only one left."""
    def letters(spelling: str) -> list[str]:
        return sorted(spelling.lower().replace(",", ""))
    left = _some(names)
    near = [other for other in left if letters(other) == letters(name)]
    if not near and len(unknown) == len(left) == 1 and left[0][0] == name[:1]:
        near = left
    return f'{SUGGESTED}"{near[0]}"?' if near else ""


def order_problems(training: Mapping[str, Any], names: Collection[str], whose: str) -> Iterator[Problem]:
    """Of the gradients' order, in which every one of `names` stands that is not fixed; `whose` parameters these are."""
    if "order" not in training:
        return
    order, fixed = training["order"], {read_name(name) for name in training.get("fixed", ())}
    once = "every parameter once" if not fixed else "every parameter once that is not fixed"
    spelled = [read_name(name) for name in order]
    missing = [name for name in names if name not in {*spelled, *fixed}]
    unknown = [name for name in spelled if name not in names]
    seen: set[str] = set()
    for index, (name, written) in enumerate(zip(spelled, order, strict=True)):
        key = f"training.order[{index}]"
        if name not in names:
            yield Problem(key, spell(written), f"a parameter of the {whose}{near_name(written, missing, unknown)}")
        elif name in seen:
            yield Problem(key, f"{spell(written)} again", once)
        elif name in fixed:
            yield Problem(key, f"{spell(written)}, which is fixed", once)
        seen.add(name)
    if missing:
        yield Problem("training.order", f"{_cut(missing)} {'is' if len(missing) == 1 else 'are'} missing", once)


def fixed_problems(training: Mapping[str, Any], names: Collection[str], whose: str) -> Iterator[Problem]:
    """Of the parameters that are not trained."""
    fixed = {read_name(name) for name in training.get("fixed", ())}
    for index, written in enumerate(training.get("fixed", ())):
        if read_name(written) not in names:
            left = [name for name in names if name not in fixed]
            yield Problem(f"training.fixed[{index}]", spell(written),
                          f"a parameter of the {whose}{near_name(written, left, ())}")
    if names and fixed.issuperset(names):
        yield Problem("training.fixed", "every parameter", "one at least that is trained")


def sheet_problems(document: dict[str, Any], names: Collection[str], whose: str) -> Iterator[Problem]:
    """Of the gradients that somebody else has worked out."""
    given, fixed = document["check"]["gradients"], set(map(read_name, document.get("training", {}).get("fixed", ())))
    if not given:
        yield Problem("check.gradients", "no gradient", "one at least, as { w13 = 0.25 }")
    for written in given:
        key, name = join_keys("check.gradients", written), read_name(written)
        if name not in names:
            yield Problem(key, "unknown parameter", f"a parameter of the {whose}{near_name(written, names, ())}")
        elif name in fixed:
            yield Problem(key, "a parameter that is fixed", "one that is trained: no other has a gradient")


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

"""What the names in the catalogue of mistakes stand for at a step: `Z`, `b`, `w_other`, `sums_multiplied` …

A variable has one value, or several with a word each for which is which (another unit's Z: Z4). At a step where one
means nothing it is missing, and the mistakes that need it do not apply.
"""

import math
from collections.abc import Callable, Iterator, Mapping

from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind
from engine.graph.symbols import LOSS, RATE
from engine.learner.knowledge import IDEAS, skill_name
from engine.trace.trace import Entry, Trace
from engine.tutor.any_variables import AnyVariables
from engine.tutor.formula_variables import FormulaVariables
from engine.tutor.network_variables import NetworkVariables
from engine.tutor.numbers import Alternative, Found, Instead, Numbers, Variables, one, subject
from engine.tutor.operations import Scope
from engine.tutor.update_variables import UpdateVariables


def idea_of(trace: Trace, entry: Entry) -> str:
    """What the number of a step is about, in a sentence that is true of its lesson."""
    step, optimizer = entry.step, trace.lesson.optimizer
    if step.kind is Kind.MOMENT:
        return entry.why
    if step.kind is Kind.UPDATE:
        return IDEAS["update"] if trace.updates.is_plain else optimizer.idea
    return IDEAS[_kind_of_idea(trace, entry)]


def _kind_of_idea(trace: Trace, entry: Entry) -> str:
    """The kind of number that it is: where an idea does not hold for all of a kind, which of them."""
    lesson, kind, rows = trace.lesson, subject(entry), trace.script.batches[entry.step.batch].rows
    match kind:
        case "delta":
            return _kind_of_delta(trace, entry)
        case "product" if entry.step.path < 0 < len(trace.chains.paths(entry.step.parameter_index or 0)) - 1:
            return "path_sum"
        case "loss":
            terms = lesson.terms_of(len(rows))
            if len(rows) == 1 and lesson.loss.divisor(terms) == 1:
                return "one_loss"
            return "loss_sum" if not lesson.loss.is_mean else "loss" if terms == len(rows) else "loss_of_outputs"
        case "gradient" if len(rows) == 1:
            return "one_gradient"
        case "loss_slope" if len(rows) == 1:
            return "one_loss_slope"
        case "net_input" if lesson.network.bias == "none":
            return "net_input_alone"
        case "activation" | "slope" if lesson.network.activations[entry.line.quantity.layer - 1].takes_layer:
            return f"softmax_{kind}"
    return kind


def _kind_of_delta(trace: Trace, entry: Entry) -> str:
    lesson, quantity = trace.lesson, entry.line.quantity
    if lesson.formulas:
        users = trace.graph.users(trace.graph.adjoint_of(entry.step.node or 0))
        return "mean" if list(users) == [LOSS] else "adjoint"
    if quantity.layer < lesson.network.last:
        return "delta"
    return "softmax_delta" if lesson.loss.delta_formula else "output_delta"


def skill_of(trace: Trace, entry: Entry) -> str:
    """The skill that a step takes: see the words of the knowledge."""
    return skill_name(subject(entry), VariableReader(trace, entry.epoch).family(entry))


class VariableReader:
    """Reads the variables of the steps of one epoch; of some quantities something else than their true values."""

    def __init__(self, trace: Trace, epoch: int, instead: Instead | None = None) -> None:
        self.trace, self.epoch, self.lesson, self._instead = trace, epoch, trace.lesson, instead

    def scopes(self, entry: Entry, any_too: bool = True) -> Iterator[Scope]:
        """All that a mistake can be made at in a step: the number as a whole, and each operation of a formula in it;
        last what it has as any number has it.
        """
        yield Scope(subject(entry), self.family(entry), self.variables(entry))
        if self.lesson.formulas:
            yield from FormulaVariables(self._numbers(entry), entry).operation_scopes()
        if any_too:
            yield from AnyVariables(self._numbers(entry), entry).scopes()

    def variables(self, entry: Entry) -> Variables:
        """The variables of a step's number as a whole."""
        numbers, kind = self._numbers(entry), subject(entry)
        loss, n = self.lesson.loss, numbers.terms
        constants = {"n": n, "d": loss.divisor(n), "half": 0.5 if loss.is_half else 1.0}
        found = {name: [Alternative(float(value))] for name, value in constants.items()}
        if n > 1:
            found["several"] = [Alternative(float(n))]
        if n > 2:
            found["many"] = [Alternative(float(n))]
        for name, alternatives in self._readers(numbers, entry).get(kind, _nothing)():
            found.setdefault(name, []).extend(alternatives)
        return found

    def family(self, entry: Entry) -> str:
        """The name of the activation, loss, optimizer or of its number that a step is about; of a slope, what kind of
        formula it is of; of a sum over paths, what makes them several.
        """
        kind = subject(entry)
        if kind in ("moment", "update"):
            return UpdateVariables(self._numbers(entry), entry).family
        if kind in ("row_loss", "loss", "loss_slope"):
            return self.lesson.loss.name
        if self.lesson.formulas:
            return FormulaVariables(self._numbers(entry), entry).family if kind == "partial" else "graph"
        network = self.lesson.network
        if kind in ("activation", "slope"):
            return network.activations[entry.line.quantity.layer - 1].name
        if kind == "delta" and entry.line.quantity.layer == network.last and self.lesson.loss.delta_formula:
            return self.lesson.loss.name
        if kind == "net_input":
            return "no bias" if network.bias == "none" else "bias"
        if kind in ("product", "gradient"):
            return "softmax" if network.activations[-1].takes_layer else "layer" * (network.bias == "layer")
        return ""

    def _numbers(self, entry: Entry) -> Numbers:
        return Numbers(self.trace, self.epoch, entry.step, self._instead)

    def _readers(self, numbers: Numbers, entry: Entry) -> Mapping[str, Callable[[], Found]]:
        kinds = FormulaVariables if self.lesson.formulas else NetworkVariables
        chain = _ChainVariables(numbers, entry)
        return {**kinds(numbers, entry).readers, **chain.readers, **UpdateVariables(numbers, entry).readers}


def _nothing() -> Found:
    return iter(())


class _ChainVariables:
    """The variables of what a chain's factors come to, whatever they are."""

    def __init__(self, numbers: Numbers, entry: Entry) -> None:
        self._numbers, self._entry = numbers, entry
        self._index = entry.step.parameter_index or 0
        self.readers: Mapping[str, Callable[[], Found]] = {"product": self._product, "gradient": self._gradient}

    def _path(self, path: int, row: int | None = None) -> float:
        """The product of a path, of all of them together where it is −1."""
        return self._numbers.read(Quantity("", Source.PRODUCT, i=self._index, j=path), row)

    def _product(self) -> Found:
        path, paths = self._entry.step.path, self._numbers.chains.paths(self._index)
        if path < 0 < len(paths) - 1:
            yield one("path_sum", self._entry.value)
            yield from self._of_paths([Alternative(self._path(each), f"path {each + 1}")
                                       for each in range(len(paths))])
            return
        yield one("product", self._entry.value)
        factors = paths[max(path, 0)]
        values = [self._numbers.read(factor.quantity) for factor in factors]
        yield one("factor_sum", sum(values))
        yield "without", [Alternative(math.prod(values[:k] + values[k + 1:]), factor.name)
                          for k, factor in enumerate(factors)]

    def _gradient(self) -> Found:
        rows, count = self._numbers.rows, len(self._numbers.rows)
        paths = self._numbers.chains.paths(self._index)
        sums = [[sum(self._numbers.read(factor.quantity, row) for row in rows) for factor in path] for path in paths]
        yield one("gradient", self._entry.value)
        yield one("sums_multiplied", sum(math.prod(columns) for columns in sums))
        yield one("means_multiplied", sum(math.prod(total / count for total in columns) for columns in sums))
        products = self._numbers.row_products(self._index)
        yield "row_product", products
        if count > 2:  # of two one is left alone
            yield "left_out", products
        yield from self._of_step()
        if len(paths) > 1:
            yield from self._of_paths([Alternative(sum(self._path(path, row) for row in rows), f"path {path + 1}")
                                       for path in range(len(paths))])

    def _of_step(self) -> Found:
        """What the update will need."""
        if self._numbers.lesson.trains:
            yield one("w", self._numbers.read(self._numbers.symbols.parameter(self._numbers.lesson.order[self._index])))
            yield one("lr", self._numbers.read(RATE))

    def _of_paths(self, paths: list[Alternative]) -> Found:
        """Of two paths it is the same whether one is left out or the other stands alone: each has the word for it
        that fits why there are several.
        """
        yield "path", paths
        if len(paths) > 2 or self._are_paths_of_units:
            yield "path_left_out", paths
        if len(paths) > 2 or not self._are_paths_of_units:
            yield "one_path", paths

    @property
    def _are_paths_of_units(self) -> bool:
        """Whether there are several because a unit flows into several others."""
        lesson = self._numbers.lesson
        return not lesson.formulas and not lesson.network.is_joined and lesson.network.bias != "layer"

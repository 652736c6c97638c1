"""Every step of the script as a line of a worksheet: name = formula = numbers = value, and why."""


from engine.graph.line import Line
from engine.graph.quantity import Formula, Source
from engine.graph.step import Kind, Step
from engine.trace.chain import Chains
from engine.trace.updates import Updates

DELTA_FORM = "δ is ∂Loss/∂Z of a unit, found once for all paths that lead through it."


class Lines:
    """The lines of a batch of rows, made from the chains and the updates."""

    def __init__(self, chains: Chains, updates: Updates, rows: range) -> None:
        self.chains, self.graph, self.updates, self.rows = chains, chains.graph, updates, rows

    def line(self, step: Step) -> Line:
        """The line of any step."""
        match step:
            case Step(kind=Kind.DELTA, node=int(adjoint)):
                return self.graph.adjoint(adjoint)
            case Step(node=int(node)):
                return self.graph.line(node)
            case Step(kind=Kind.FACTOR, parameter_index=int(parameter_index), path=path, factor=int(factor)):
                return self.chains.paths(parameter_index)[path][factor]
            case Step(kind=Kind.PRODUCT, parameter_index=int(parameter_index), path=path, row=int(row)):
                return self.product(parameter_index, path, row)
            case Step(kind=Kind.GRADIENT, parameter_index=int(parameter_index)):
                return self.gradient(parameter_index)
            case Step(kind=Kind.MOMENT, parameter_index=int(parameter_index), moment=int(moment)):
                return self.updates.moment(parameter_index, moment)
            case Step(kind=Kind.UPDATE, parameter_index=int(parameter_index)):
                return self.updates.update(parameter_index)
            case _:
                return self.loss()

    def loss(self) -> Line:
        """The rows put together: those of this batch, where the graph is that of the first batch of its size."""
        line = self.graph.loss
        assert line is not None  # noqa: S101
        rows = [part.row for part in line.numbers.quantities if part.row is not None]
        ahead = self.rows.start - rows[0] if rows else 0
        return line if not ahead else line._replace(numbers=line.numbers.replace(
            lambda part: part if part.row is None else part._replace(row=part.row + ahead)))

    def _gradient_name(self, parameter_index: int) -> str:
        return f"∂{self.graph.symbols.loss.name}/∂{self.chains.order[parameter_index].name}"

    def product(self, parameter_index: int, path: int, row: int) -> Line:
        """A path's factors multiplied, or (path −1) the row's products added over its paths."""
        paths, name = self.chains.paths(parameter_index), self._gradient_name(parameter_index)
        if path < 0 < len(paths) - 1:
            terms = [self.chains.product_quantity(parameter_index, index, row) for index in range(len(paths))]
            numbers = Formula.join(" + ", (Formula((term,)) for term in terms))
            return Line("sum of paths", self.chains.product_quantity(parameter_index, -1, row), str(numbers), numbers,
                        lambda _: f"{self._share(row)} {name}: the sum over its paths.")
        factors = paths[max(path, 0)]
        numbers = Formula.join("·", (Formula((factor.quantity,)) for factor in factors), most=20)
        return Line("product" if len(paths) == 1 else f"product of path {path + 1}",
                    self.chains.product_quantity(parameter_index, path if len(paths) > 1 else -1, row),
                    "·".join(factor.name for factor in factors), numbers,
                    lambda _: f"{self._share(row)} {name}" + (f" by path {path + 1}" * (len(paths) > 1))
                    + ": the factors multiplied.")

    def _share(self, row: int) -> str:
        return f"What row {row + 1} adds to" if self.graph.loss else "What goes into"

    def gradient(self, parameter_index: int) -> Line:
        """The rows' products added up; of formulas with one row alone the product itself."""
        terms = Formula.join(" + ", (Formula((self.chains.product_quantity(parameter_index, -1, row),))
                                     for row in self.rows))
        gradient = self.graph.symbols.parameter(self.chains.order[parameter_index], Source.GRADIENT)
        if self.graph.loss is None:
            has_paths = len(self.chains.paths(parameter_index)) > 1
            return Line(gradient.name, gradient, "sum of paths" if has_paths else "product", terms, lambda _:
                        "All paths are added: that is it." if has_paths else "There is one path: its product is it.")
        return Line(gradient.name, gradient, "Σ of the rows' products", terms,
                    lambda _: "The gradient is the SUM of the rows' products: multiply first, then add.")

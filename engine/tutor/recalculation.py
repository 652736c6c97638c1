"""Numbers worked out again, with something wrong in one or several of those that they are made of."""

from collections.abc import Callable, Collection, Iterable, Sequence

from engine.graph.quantity import Quantity
from engine.trace.trace import Trace
from engine.tutor.working import Number

OPERANDS_EACH = 10  # as many as are looked at, for each number that is wanted
Place = tuple[Number, int | None]  # a number in a row; what belongs to all rows is in none


class TrueNumbers:
    """What the numbers of a batch are, in an epoch."""

    def __init__(self, trace: Trace, epoch: int, rows: Sequence[int]) -> None:
        self.trace, self.epoch, self.rows = trace, epoch, rows
        self._known: dict[tuple[Number | Quantity, int], float] = {}

    def read(self, number: Number | Quantity, row: int) -> float:
        """One of them."""
        key = (number, row)
        if key not in self._known:
            quantity = number if isinstance(number, Quantity) else number.line.quantity._replace(row=None)
            self._known[key] = self.trace.read(self.epoch, quantity, row)
        return self._known[key]


class Recalculation:
    """What becomes of the numbers that depend on wrong ones. `touched` are those that do, and the wrong ones; `wrong`
    gives what a number is in a row instead of what its rule says, None where it is that.
    """

    def __init__(self, truth: TrueNumbers, touched: Collection[Number],
                 wrong: Callable[["Recalculation", Number, int | None], float | None]) -> None:
        self._truth, self._touched, self._wrong = truth, touched, wrong
        self._found: dict[Place, float] = {}

    def read(self, number: Number | Quantity, row: int) -> float:
        """A number. Raises ExpressionError where it is none."""
        if isinstance(number, Quantity) or number not in self._touched:
            return self._truth.read(number, row)
        place = (number, row if number.is_of_row else None)
        if place not in self._found:
            wrong = self._wrong(self, *place)
            self._found[place] = self.work_out(number, row) if wrong is None else wrong
        return self._found[place]

    def work_out(self, number: Number, row: int) -> float:
        """A number by its rule, from what its operands are now; so it is, until it is said to be wrong."""
        value = number.rule(lambda operand: self.read(operand, row),
                            lambda operand: [self.read(operand, each) for each in self._truth.rows])
        return self._found.setdefault((number, row if number.is_of_row else None), value)


class Way:
    """The numbers that one number is worked out from, nearest first, at most so many."""

    def __init__(self, asked: Number, most: int) -> None:
        self._users: dict[Number, list[Number]] = {asked: []}
        self.before: list[Number] = []
        ahead, looked_at = [asked], 0
        for number in ahead:
            looked_at += len(number.operands)
            if looked_at > OPERANDS_EACH * most:
                break
            for operand in number.operands:
                if operand not in self._users:
                    if len(self.before) >= most:
                        continue
                    self._users[operand] = []
                    self.before.append(operand)
                    ahead.append(operand)
                self._users[operand].append(number)

    def count_operands(self, wrong: Iterable[Number]) -> int:
        """How many numbers are read to work all that depends on some out again."""
        return sum(len(number.operands) + 1 for number in self.reach(wrong))

    def reach(self, wrong: Iterable[Number]) -> set[Number]:
        """The numbers that depend on some of them, with these."""
        ahead = list(wrong)
        found = set(ahead)
        for number in ahead:
            new = [user for user in self._users[number] if user not in found]
            found.update(new)
            ahead += new
        return found

"""A lesson's every step, by index, any epoch: lines with the numbers filled in.

Epochs are computed when first asked for. Checkpoints of the parameters are kept at equal distances, at most
MOST_CHECKPOINTS of them: when they get more, every other one goes. So any epoch is quick to reach again, and memory
stays flat.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from engine.chain import Chains, Line
from engine.functions import Array
from engine.lesson import Lesson
from engine.lines import Lines
from engine.network import Parameter
from engine.notation import number
from engine.passes import Epoch, Passes, copies
from engine.quantity import Quantity, Source
from engine.script import Script, Step
from engine.symbols import Symbols

MOST_EPOCHS = 1_000_000  # the last epoch that can be gone to
MOST_CHECKPOINTS = 256
MOST_CHECKPOINT_NUMBERS = 1_000_000  # of large networks there are fewer
MOST_KEPT_EPOCHS = 8  # with all their arrays
MOST_KEPT_NUMBERS = 4_000_000
KEPT_LOSSES = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A step with its numbers: the line, the value, the line's numbers written out, the reason."""

    epoch: int
    step: Step
    line: Line
    value: float
    substitution: str
    why: str

    def sides(self, value: str) -> list[str]:
        """Name, formula, numbers, and the value as written: each that says something new."""
        return [side for side, _ in groupby((self.line.name, self.line.formula, self.substitution, value))]


class Trace:
    """Any step of any epoch of a lesson."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.symbols = Symbols(lesson)
        self.chains = Chains(self.symbols)
        self.lines = Lines(self.symbols, self.chains)
        self.script = Script(self.chains)
        self._passes = self._new_passes(lesson.parameters())
        self._next = 1  # the epoch that the passes' parameters belong to
        self._stride = 1
        work = lesson.rows * len(lesson.network.parameters)
        self._part = max(1, min(1000, 2_000_000 // work))  # epochs that take some hundredths of a second
        self._checkpoints = {1: lesson.parameters()}
        self._most_checkpoints = max(8, min(MOST_CHECKPOINTS,
                                            MOST_CHECKPOINT_NUMBERS // len(lesson.network.parameters)))
        numbers = 5 * lesson.rows * sum(lesson.network.sizes) + 3 * len(lesson.network.parameters)
        self._most_epochs = max(2, min(MOST_KEPT_EPOCHS, MOST_KEPT_NUMBERS // numbers))
        self._epochs: OrderedDict[int, Epoch] = OrderedDict()
        self._losses: dict[int, float] = {}

    def epoch(self, number: int) -> Epoch:
        """All numbers of an epoch, from 1. Raises IndexError past MOST_EPOCHS."""
        if not 1 <= number <= MOST_EPOCHS:
            raise IndexError(number)
        if number not in self._epochs:
            for _ in self.train_towards(number):
                pass
            self._keep(self._passes.epoch(number))
            self._next = number + 1
            self._note_checkpoint(self._next, self._passes)
        self._epochs.move_to_end(number)
        return self._epochs[number]

    def is_near(self, number: int) -> bool:
        """Whether an epoch is there, or a few parts of training away."""
        return number in self._epochs or number - self._start_for(number) <= 4 * self._part

    def train_towards(self, number: int) -> Iterator[int]:
        """Train until the epoch's parameters are there, a part at a time; yields the epoch reached so far.

        Between the parts other epochs can be asked for: they don't turn this training back.
        """
        if (reached := self._start_for(number)) == number == self._next:
            return
        passes = self._new_passes(self._passes.parameters if reached == self._next else self._checkpoints[reached])
        while reached < number:
            part = min(number - reached, self._stride - (reached - 1) % self._stride, self._part)
            passes.train(part)
            reached += part
            self._note_checkpoint(reached, passes)
            yield reached
        self._passes, self._next = passes, number

    def read(self, epoch: int, quantity: Quantity, row: int | None) -> float:
        """The value of any quantity in an epoch, in a row (from 0) where it has one."""
        numbers, at = self.epoch(epoch), row or 0
        if quantity.source is not Source.PRODUCT:
            return numbers.read(quantity, at)
        at = at if quantity.row is None else quantity.row
        return self.chains.product(quantity.i, quantity.j, lambda factor: numbers.read(factor, at))

    def parameter_now(self, epoch: int, steps: int, parameter: Parameter) -> float:
        """A parameter as it stands after so many steps of an epoch: the new value once it is updated."""
        is_updated = self.script.backward_end + self.symbols.place[parameter.name] < steps
        source = Source.UPDATED if is_updated else Source.PARAMETER
        return self.read(epoch, self.symbols.parameter(parameter, source), None)

    def entry(self, epoch: int, index: int, digits: int = 5) -> Entry:
        """The step at an index of an epoch, its numbers filled in, to that many digits in the substitution."""
        step = self.script.step(index)
        line = self.lines.line(step)

        def read(quantity: Quantity) -> float:
            return self.read(epoch, quantity, step.row)
        return Entry(epoch, step, line, read(line.quantity),
                     line.numbers.substituted(lambda quantity: number(read(quantity), digits)), line.why(read))

    def losses(self, first: int, last: int) -> list[float]:
        """The Loss of each epoch from the first to the last."""
        return [self._losses[epoch] if epoch in self._losses else self.epoch(epoch).loss
                for epoch in range(first, last + 1)]

    def _new_passes(self, parameters: Sequence[Array]) -> Passes:
        lesson = self.lesson
        return Passes(lesson.network, lesson.loss, lesson.X, lesson.Y, lesson.learning_rate, parameters)

    def _start_for(self, number: int) -> int:
        """From which epoch to train towards another: where the passes are, or the nearest checkpoint before it."""
        nearest = max(epoch for epoch in self._checkpoints if epoch <= number)
        return self._next if nearest <= self._next <= number else nearest

    def _keep(self, epoch: Epoch) -> None:
        self._epochs[epoch.number] = epoch
        if len(self._losses) >= KEPT_LOSSES:
            self._losses.clear()
        self._losses[epoch.number] = epoch.loss
        while len(self._epochs) > self._most_epochs:
            self._epochs.popitem(last=False)

    def _note_checkpoint(self, number: int, passes: Passes) -> None:
        """The parameters are those of an epoch: keep them if it is time for a checkpoint."""
        if (number - 1) % self._stride == 0 and number not in self._checkpoints:
            self._checkpoints[number] = copies(passes.parameters)
            if len(self._checkpoints) > self._most_checkpoints:
                self._stride *= 2
                self._checkpoints = {epoch: parameters for epoch, parameters in self._checkpoints.items()
                                     if (epoch - 1) % self._stride == 0}

"""The parameters on their way through the epochs, with what their optimizer keeps: those kept at equal distances, and
the memory that all trainings of a lesson and of what branches off it share.

When the checkpoints get more than there is room for, every other one goes.
"""

from collections import OrderedDict
from collections.abc import Iterator
from weakref import ReferenceType, WeakSet, ref

from engine.graph.epoch import Epoch
from engine.graph.numeric import np
from engine.graph.passes import Passes, State, Table
from engine.graph.rule import Rule
from engine.lesson.lesson import Lesson
from engine.trace.losses import Losses

LEAST_CHECKPOINTS, MOST_CHECKPOINTS = 4, 256  # of one training
MOST_CHECKPOINT_NUMBERS = 1_000_000  # of large networks there are fewer
LEAST_KEPT_EPOCHS, MOST_KEPT_EPOCHS = 3, 8  # with all their arrays: this one, the one before, and without the change
MOST_KEPT_NUMBERS = 4_000_000
WORK_OF_A_NETWORK = 50  # about, of a small one, as formulas count it


def passes_like(lesson: Lesson) -> int:
    """As how many passes of a small network an epoch takes, about: of many batches, and of large formulas."""
    return len(lesson.batches) * (1 + (lesson.formulas.work // WORK_OF_A_NETWORK if lesson.formulas else 0))


def moment_count(lesson: Lesson) -> int:
    """How many numbers are worked out for each parameter before it moves."""
    return len(lesson.optimizer.moments_with(lesson.weight_decay)) if lesson.trains else 0


def first_state(lesson: Lesson) -> State:
    """The parameters that a lesson starts with, and no update yet."""
    return State.first(lesson.parameters(), moment_count(lesson))


def new_passes(lesson: Lesson, state: State | None = None, first: int = 1) -> Passes:
    """A lesson's calculation from an epoch on, with what the one before it left; at first, from its start."""
    return Passes(lesson.model, lesson.loss, Table(lesson.X, lesson.Y, lesson.batches), _rule_of(lesson),
                  state or first_state(lesson), first)


def _rule_of(lesson: Lesson) -> Rule | None:
    """How its parameters move, if they do: those of its order, and what decays pulls at weights."""
    if not lesson.trains:
        return None
    trained = {parameter.name for parameter in lesson.order}
    moves, decays = (np.concatenate([array.ravel() for array in lesson.parameters(marks)]) for marks in (
        {name: float(name in trained) for name in lesson.start},
        {name: float(lesson.decays(parameter)) for name, parameter in lesson.model.parameters.items()}))
    return Rule(lesson.optimizer, lesson.learning_rate, {**lesson.optimizer.settings, **lesson.settings},
                lesson.weight_decay, moves, decays)


def _numbers_of_rows(lesson: Lesson) -> int:
    """How many numbers an epoch keeps of all rows."""
    if lesson.formulas:
        return lesson.rows * (2 * len(lesson.formulas.nodes) + len(lesson.formulas.partials))
    joint = lesson.network.sizes[-1] ** 2 if lesson.network.activations[-1].takes_layer else 0
    return lesson.rows * (5 * sum(lesson.network.sizes) + joint)


class Memory:
    """One budget, however many histories there are: the epochs used last, the one training whose arrays are at work,
    how many checkpoints each may have.
    """

    def __init__(self, lesson: Lesson) -> None:
        of_state = max(1, len(lesson.model.parameters) * (1 + moment_count(lesson)))
        numbers = _numbers_of_rows(lesson) + len(lesson.batches) * 2 * of_state
        self.most_epochs = max(LEAST_KEPT_EPOCHS, min(MOST_KEPT_EPOCHS, MOST_KEPT_NUMBERS // numbers))
        self._most_checkpoints = MOST_CHECKPOINT_NUMBERS // of_state  # of all together
        self._epochs: OrderedDict[tuple[ReferenceType[object], int], Epoch] = OrderedDict()
        self._trainings: WeakSet[Training] = WeakSet()
        self._at_work: ReferenceType[Training] | None = None

    def epoch(self, history: object, number: int) -> Epoch | None:
        """A history's epoch, if it is kept; now it is the one used last."""
        found = self._epochs.get(key := (ref(history), number))
        if found:
            self._epochs.move_to_end(key)
        return found

    def keep(self, history: object, epoch: Epoch) -> None:
        """Keep an epoch instead of one that was not used for longest; first go those of branches that are no more."""
        for key in [key for key in self._epochs if key[0]() is None]:
            del self._epochs[key]
        self._epochs[ref(history), epoch.number] = epoch
        while len(self._epochs) > self.most_epochs:
            self._epochs.popitem(last=False)

    @property
    def most_checkpoints(self) -> int:
        """How many each training may have."""
        share = self._most_checkpoints // max(1, len(self._trainings))
        return max(LEAST_CHECKPOINTS, min(MOST_CHECKPOINTS, share))

    def add(self, training: "Training") -> None:
        """One training more: the others have less room from now on."""
        self._trainings.add(training)
        for each in self._trainings:
            each.thin_out()

    def set_to_work(self, training: "Training") -> None:
        """A training works in its arrays now; the one before lets go of its own."""
        before = self._at_work() if self._at_work else None
        if before is not None and before is not training:
            before.rest()
        self._at_work = ref(training)


class Training:
    """From an epoch on, with the state that it begins with."""

    def __init__(self, lesson: Lesson, first: int, start: State, memory: Memory) -> None:
        self._lesson, self._first, self._memory = lesson, first, memory
        self._next = first  # the epoch that the state belongs to
        self._resting = start  # it itself, while nothing is at work
        self._passes: Passes | None = None
        self._stride = 1
        self._checkpoints = {first: self._resting}
        self.losses = Losses(first)
        memory.add(self)

    @property
    def state(self) -> State:
        """That of the epoch that is reached."""
        return self._passes.state if self._passes else self._resting

    def start_for(self, number: int) -> int:
        """From which epoch to train towards another: the one reached, or the nearest checkpoint before it."""
        nearest = max(epoch for epoch in self._checkpoints if epoch <= number)
        return self._next if nearest <= self._next <= number else nearest

    def towards(self, number: int, most: int) -> Iterator[int]:
        """Train until an epoch's state is there, at most so many epochs at a time."""
        if (reached := self.start_for(number)) == number == self._next:
            return
        state = self.state if reached == self._next else self._checkpoints[reached]
        passes = new_passes(self._lesson, state, reached)
        while reached < number:
            begun, end = reached, min(reached + most, number)
            while reached < end:
                part = min(end - reached, self._stride - (reached - self._first) % self._stride)
                passes.train(part)
                reached += part
                self._note_checkpoint(reached, passes)
            self.losses.note(begun, passes.take_losses())
            yield reached
        self._work_with(passes, number)

    def epoch(self) -> Epoch:
        """The epoch whose state is there, with all its numbers."""
        passes = self._passes or new_passes(self._lesson, self._resting, self._next)
        epoch = passes.epoch(self._next)
        self.losses.note(self._next, np.array([epoch.loss]))
        self._work_with(passes, self._next + 1)
        self._note_checkpoint(self._next, passes)
        return epoch

    def rest(self) -> None:
        """Keep the state alone, and none of the arrays it works with."""
        self._resting, self._passes = self.state, None

    def thin_out(self) -> None:
        """Let every other checkpoint go until there is room for them."""
        while len(self._checkpoints) > self._memory.most_checkpoints:
            self._stride *= 2
            self._checkpoints = {epoch: state for epoch, state in self._checkpoints.items()
                                 if (epoch - self._first) % self._stride == 0}

    def _work_with(self, passes: Passes, number: int) -> None:
        self._passes, self._next = passes, number
        self._memory.set_to_work(self)

    def _note_checkpoint(self, number: int, passes: Passes) -> None:
        """The state is that of an epoch: keep it if it is time for a checkpoint."""
        if (number - self._first) % self._stride == 0 and number not in self._checkpoints:
            self._checkpoints[number] = passes.state
            self.thin_out()

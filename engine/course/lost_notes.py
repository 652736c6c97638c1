"""Notes of a lesson that are never shown: no step has all that they ask for, or another note is always more precise."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from engine.lesson.lesson import Lesson
from engine.lesson.notes import Note
from engine.lesson.schema import Problem, spell
from engine.trace.trace import Trace

MOST_LOST = 20  # told in one go
MOST_NAMED = 8  # of what could stand there instead
ASKED = [name for name in Note._fields if name not in ("text", "epoch")]  # any epoch has all steps
Place = tuple[Trace, int]  # a step, by its index


def lost_notes(lesson: Lesson) -> Iterator[Problem]:
    """A warning for each note that is never shown, however the chains are written."""
    if lesson.notes:
        by_paths = Trace(lesson)
        found = _lost_notes(lesson.notes, [by_paths, by_paths.in_form("delta")])
        yield from islice(found, MOST_LOST)
        if next(found, None):
            yield Problem("notes", f"more that are never shown; these are the first {MOST_LOST}")


def _lost_notes(notes: Sequence[Note], traces: Sequence[Trace]) -> Iterator[Problem]:
    for index, note in enumerate(notes):
        if not (places := list(_places(traces, note))):
            yield _explain(traces, note, _key(index))
        for number, other in enumerate(notes):
            is_first = (-other.precision, number) < (-note.precision, index)
            if places and is_first and _is_always_there(other, note, places):
                yield Problem(_key(index), f"never shown: note {number + 1} stands wherever it could",
                              "a note that asks for more than that one")
                break


def _key(index: int) -> str:
    return f"notes[{index}]"


def _is_always_there(other: Note, note: Note, places: Sequence[Place]) -> bool:
    """Whether another note has a place wherever a note has; of rows, parameters and epochs these are samples."""
    asks_no_more = all(getattr(other, name) in (None, getattr(note, name)) for name in ("row", "parameter", "epoch"))
    return asks_no_more and all(trace.has_place(other, note.epoch or 1, index) for trace, index in places)


def _explain(traces: Sequence[Trace], note: Note, key: str) -> Problem:
    """Which of the things that it asks for contradict each other, and what one of them would have to be."""
    asked = _contradiction(traces, note)
    core = _without(note, *set(ASKED) - asked.keys())
    fitting = {name: _fitting(traces, core, name) for name in asked}

    def is_worse(name: str) -> tuple[bool, int]:
        return name == "parameter" and fitting[name] != [None], len(fitting[name])  # of parameters there are samples
    name = min(fitting, key=is_worse)
    found = " and ".join(f"{each} = {spell(value)}" for each, value in asked.items())
    return Problem(key, f"never shown: no step has {found}", _expect(name, fitting[name]))


def _contradiction(traces: Sequence[Trace], note: Note) -> Mapping[str, object]:
    """What a note without a place asks for, but only those things that it takes for it to have none."""
    for name in ASKED:
        if next(_places(traces, fewer := _without(note, name)), None) is None:
            note = fewer
    return {name: value for name in ASKED if (value := getattr(note, name)) is not None}


def _without(note: Note, *names: str) -> Note:
    return Note(**{name: value for name, value in note._asdict().items() if name not in names})


def _fitting(traces: Sequence[Trace], note: Note, name: str) -> list[object]:
    """What one of the things that a note asks for could be."""
    places = _places(traces, _without(note, name))
    return list(dict.fromkeys(trace.place(1, index)[name] for trace, index in places))


def _expect(name: str, values: Sequence[object]) -> str:
    """`factor = 1 to 5`, `phase = "backward"`, `no row`."""
    numbers = sorted(value for value in values if isinstance(value, int))
    if numbers:
        return f"{name} = {numbers[0]}" + f" to {numbers[-1]}" * (len(numbers) > 1)
    words = [spell(value) for value in values if value is not None]
    return f"{name} = {' or '.join(words[:MOST_NAMED])}" if words else f"no {name}"


def _places(traces: Sequence[Trace], note: Note) -> Iterator[Place]:
    """Steps at which a note could be shown: of rows and parameters that it doesn't name, samples."""
    return ((trace, index) for trace in traces for index in _samples(trace, note)
            if trace.has_place(note, note.epoch or 1, index))


def _samples(trace: Trace, note: Note) -> Iterator[int]:
    """Steps of the note's row, or of the first of its batch: every node, and the chains of the note's parameter and of
    one weight and one bias of each layer, or of all of a graph; of several paths of a chain the longest.
    """
    script, chains, batches = trace.script, trace.chains, trace.script.batches
    row = note.row - 1 if note.row else batches[min(note.batch or 1, len(batches)) - 1].rows.start
    batch = script.batch_of(row)
    yield from range(script.value_index(row, 0), script.row_loss_index(row) + 1)
    yield batch.loss_index
    if batch.plan.row_adjoints:
        yield from range(script.adjoint_index(row, 0), script.adjoint_index(row, batch.plan.row_adjoints))
    kinds = {parameter.name if trace.lesson.formulas or parameter.name == note.parameter else
             (parameter.layer, parameter.source is None): k for k, parameter in enumerate(trace.lesson.order)}
    for k in kinds.values():
        if chains.by_paths:
            lengths = chains.lengths(k)
            start = script.chain_index(k, row, lengths.index(max(lengths)), 0)
            yield from range(start, start + max(lengths))
        yield script.chain_index(k, row, -1, None)
        yield batch.gradient_index(k)
        if trace.lesson.trains:
            yield from range(batch.update_index(k, 0), batch.update_index(k) + 1)

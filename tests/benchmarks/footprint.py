"""What a session costs, beside others: `python tests/benchmarks/footprint.py [RUNS]`.

All in one run, taking turns; medians, and in brackets the ratio to the floor app. Beside handgrad stand an empty
Textual app, a floor app (three bordered panels and a footer, about 40 cells written a key), vim and less where they are
installed; beside the engine, PyTorch (eager) where it is.
"""

import select
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module, util
from pathlib import Path
from shutil import which

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "helpers")]

from sessions import RIGHT, Running

from engine.lesson.lesson import load
from engine.trace.many_starts import ManyStarts
from engine.trace.training import new_passes
from terminal import COMMAND

KEYS, FLOOD, CROWD, STARTS = 60, 2000, 30, 1000
IDLE_SECONDS, CROWD_SECONDS, CROWD_KEY = 60, 20, 0.25  # every CROWD_KEY seconds a key
QUIET_SECONDS = 2.0  # after which nothing more is to come
Numbers = dict[str, float]


def commands() -> dict[str, list[str]]:
    """What is measured, by name; the floor app first."""
    python, floor = sys.executable, str(HERE / "baselines" / "floor_app.py")
    found = {"floor app": [python, floor],
             "handgrad": [str(COMMAND), "play", "and-gate", "--at", "1:0"],
             "at 1:29": [str(COMMAND), "play", "and-gate", "--at", "1:29"],
             "floor + NumPy": [python, floor, "numpy"],
             "empty app": [python, str(HERE / "baselines" / "empty_app.py")]}
    for name, arguments in (("vim", ["-u", "NONE", "-N"]), ("less", [])):
        if path := which(name):
            found[name] = [path, *arguments, str(HERE / "footprint.py")]
    return found


def one_session(command: list[str]) -> Numbers:
    """Its start, some keys, its memory, a flood of keys."""
    with Running(command) as session:
        numbers = {"first full frame, ms": session.first_frame().milliseconds}
        answers = [session.key() for _ in range(KEYS)]
        return numbers | {
            "key to settled screen, ms": statistics.median(answer.milliseconds for answer in answers),
            "bytes a key": statistics.median(answer.size for answer in answers),
            "memory (PSS), MB": session.memory(),
            f"{FLOOD} keys at once, ms": session.keys_at_once(FLOOD).milliseconds}


def idle(named: dict[str, list[str]]) -> dict[str, Numbers]:
    """What each does in a minute in which nobody types, all at the same time."""
    sessions = {name: Running(command) for name, command in named.items()}
    for session in sessions.values():
        session.first_frame()
    before = {name: (session.processor_time(), session.wakeups()) for name, session in sessions.items()}
    sizes = dict.fromkeys(sessions, 0)
    end = time.monotonic() + IDLE_SECONDS
    while (left := end - time.monotonic()) > 0:
        for name, session in sessions.items():
            if select.select([session], [], [], left / len(sessions))[0]:
                sizes[name] += session.read()
    found = {name: {"idle minute: CPU, ms": session.processor_time() - before[name][0],
                    "idle minute: wakeups": session.wakeups() - before[name][1],
                    "idle minute: bytes": float(sizes[name])} for name, session in sessions.items()}
    for session in sessions.values():
        session.close()
    return found


def crowd(command: list[str]) -> Numbers:
    """Thirty sessions at once, each pressing a key every quarter of a second: how long until each screen stands still,
    and what the last session takes of memory.
    """
    sessions = [Running(command) for _ in range(CROWD)]
    for session in sessions:
        session.first_frame()
    pressed: dict[int, float] = {}
    settled: dict[int, float] = {}
    times: list[float] = []
    due = sorted((CROWD_KEY * turn + CROWD_KEY * at / CROWD, at)
                 for at in range(CROWD) for turn in range(int(CROWD_SECONDS / CROWD_KEY)))
    begun = time.perf_counter()
    for moment, at in due:
        while (left := begun + moment - time.perf_counter()) > 0:
            for session in select.select(sessions, [], [], left)[0]:
                session.read()
                settled[sessions.index(session)] = time.perf_counter()
        if at in pressed:
            times.append(1000 * (settled.get(at, time.perf_counter()) - pressed[at]))
            settled.pop(at, None)  # none by now: as long as until the next key
        pressed[at] = time.perf_counter()
        sessions[at].send(RIGHT)
    memory = sessions[-1].memory()
    for session in sessions:
        session.close()
    return {f"{CROWD} at work: p95 of a key, ms": statistics.quantiles(times, n=20)[-1],
            f"the {CROWD}th session (PSS), MB": memory}


def sit_down(command: list[str]) -> Numbers:
    """Thirty sessions started at once, as a class that sits down: how long until a first frame stands."""
    begun = time.perf_counter()
    sessions = [Running(command) for _ in range(CROWD)]
    shown = dict.fromkeys(sessions, begun)
    while (ready := select.select(sessions, [], [], QUIET_SECONDS)[0]) or begun in shown.values():
        for session in ready:
            session.read()
            shown[session] = time.perf_counter()
    for session in sessions:
        session.close()
    return {f"{CROWD} started at once: median first frame, ms": 1000 * (statistics.median(shown.values()) - begun)}


def engines() -> dict[str, tuple[Callable[[int], object], int, int]]:
    """Who trains the AND lesson: how, how many epochs in one go, how many starts at once."""
    lesson = load("and-gate")
    one = new_passes(lesson)
    many = ManyStarts(lesson, [lesson.start] * STARTS)
    found = {"one start": (one.train, 5000, 1), f"{STARTS} starts at once": (many.train, 100, STARTS)}
    return found | ({"PyTorch, eager, one start": (torch_eager(), 300, 1)} if util.find_spec("torch") else {})


def torch_eager() -> Callable[[int], object]:
    """The same in PyTorch, on one thread, as its users write it."""
    torch, lesson = import_module("torch"), load("and-gate")
    torch.set_num_threads(1)
    X, Y = torch.tensor(lesson.X), torch.tensor(lesson.Y)

    def train(epochs: int) -> None:
        first, second = (torch.tensor(array, requires_grad=True) for array in lesson.parameters()[1:])
        for _ in range(epochs):
            hidden = torch.relu(X @ first[:-1] + first[-1])
            loss = ((Y - torch.sigmoid(hidden @ second[:-1] + second[-1])) ** 2).mean()
            gradients = torch.autograd.grad(loss, (first, second))
            with torch.no_grad():
                first -= lesson.learning_rate * gradients[0]
                second -= lesson.learning_rate * gradients[1]
    return train


def train(runs: int) -> None:
    """Print epochs per second; each epoch of each start counts."""
    contenders = engines()
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(runs):
        for name, (work, epochs, starts) in contenders.items():
            begun = time.perf_counter()
            work(epochs)
            rates[name].append(epochs * starts / (time.perf_counter() - begun))
    print("\ntraining the AND lesson, epochs/s")
    first = statistics.median(rates["one start"])
    for name, found in rates.items():
        print(f"  {name:<32}{statistics.median(found):>14,.0f}{statistics.median(found) / first:>10.3f} x")


def main(runs: int) -> None:
    """Measure and print."""
    named, results = commands(), {}
    for _ in range(runs):
        for name, command in named.items():
            results.setdefault(name, []).append(one_session(command))
    table = {name: {row: statistics.median(run[row] for run in found) for row in found[0]}
             for name, found in results.items()}
    for name, numbers in idle(named).items():
        table[name] |= numbers
    starts: dict[str, list[Numbers]] = {}
    for _ in range(runs):
        for name in ("floor app", "handgrad", "empty app"):
            starts.setdefault(name, []).append(sit_down(named[name]))
    for name in ("floor app", "handgrad", "empty app"):
        table[name] |= crowd(named[name]) | {row: statistics.median(start[row] for start in starts[name])
                                             for row in starts[name][0]}
    print(f"{'':44}" + "".join(f"{name:>18}" for name in table))
    for row, floor in table["floor app"].items():
        print(f"{row:44}" + "".join(
            f"{numbers[row]:>10.1f}" + (f"{f'({numbers[row] / floor:.2f})' if floor else '':>8}")
            if row in numbers else " " * 18 for numbers in table.values()))
    train(2 * runs + 1)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

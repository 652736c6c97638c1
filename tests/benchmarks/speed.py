"""How fast the engine and the screen are: `python tests/benchmarks/speed.py`.

Everything is measured in one run, the contenders taking turns; medians are printed, and ratios to the first of each
group. What a step writes is measured in a real pseudo-terminal.
"""

import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

from engine.export import WRITERS
from engine.trace.cursor import Cursor
from engine.trace.training import new_passes
from engine.walk.walk import Walk
from lessons import and_trace
from scalar_autograd import train
from terminal import Terminal
from tui.view import glance, glance_picture
from tui.view.canvas import Canvas
from tui.view.layout import picture

ROUNDS = 7


def by_numpy(epochs: int) -> None:
    lesson = and_trace().lesson
    new_passes(lesson).train(epochs)


def by_single_numbers(epochs: int) -> None:
    lesson = and_trace().lesson
    rows = [[*map(float, x), *map(float, y)] for x, y in zip(lesson.X, lesson.Y, strict=True)]
    train([2, 2, 1], ["relu", "sigmoid"], "mse", rows, lesson.start, 0.5, epochs)


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def compare(title: str, unit: str, contenders: dict[str, tuple[Callable[[], object], int]]) -> None:
    """Print how many units a second each contender does, and how many times the first's."""
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, (work, amount) in contenders.items():
            rates[name].append(amount / seconds(work))
    medians = {name: statistics.median(found) for name, found in rates.items()}
    first = next(iter(medians.values()))
    print(f"\n{title}")
    for name, median in medians.items():
        print(f"  {name:<42}{median:>12,.0f} {unit}/s{median / first:>9.2f} x")


def step_bytes() -> None:
    """What a step writes to the terminal, beside the whole screen."""
    print("\nbytes written to a terminal of 80×24 in 256 colours, median")
    with Terminal("play", "and-gate", "--at", "1:0") as terminal:
        whole = len(terminal.written_until("q quit"))
        sizes = [len(terminal.press("right")) for _ in range(80)]
    for name, size in (("the first screen", whole), ("a step", statistics.median(sizes))):
        print(f"  {name:<42}{size:>12,.0f} B{size / whole:>11.2f} x")


def glance_pictures() -> None:
    """Training at a glance at epoch 100 000, whose curve is summed up each time, beside the lesson there."""
    trace = and_trace()
    walk = Walk(trace, Cursor(100_000, 38))
    for _ in trace.history.train_losses(100_000):
        pass
    compare("training at a glance in epoch 100 000, 80×24", "pictures", {
        "the lesson": (lambda: picture(walk, 80, 24), 1),
        "curve and map": (lambda: glance_picture.picture(glance.begin(walk), walk, 80, 24, str, Canvas), 1)})


def main() -> None:
    """Print the tables."""
    compare("training the AND lesson", "epochs", {
        "one number at a time (the tests' autograd)": (lambda: by_single_numbers(50), 50),
        "handgrad, all rows at once": (lambda: by_numpy(5000), 5000)})
    trace = and_trace()
    compare("writing the trace", "numbers", {
        kind: (lambda kind=kind: sum(map(len, islice(WRITERS[kind](trace, 20), None))), 20 * trace.script.length)
        for kind in ("text", "json", "csv")})
    compare("the picture of a step", "pictures", {
        f"{width}×{height}": (lambda size=(width, height): [picture(Walk(trace, Cursor(1, step)), *size)
                                                           for step in range(40, 60)], 20)
        for width, height in ((80, 24), (120, 40))})
    glance_pictures()
    print(f"\n100 000 epochs of the AND lesson: {seconds(lambda: by_numpy(100_000)):.1f} s")
    step_bytes()


if __name__ == "__main__":
    main()

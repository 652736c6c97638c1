"""How well the tutor knows its learners, and how fast it answers: `python tests/benchmarks/tutor.py [SEEDS]`.

Learners simulated from every mistake of the catalogue, at five significant digits, on the AND lesson, on SEEDS draws
of new numbers (50), on deeper networks, on the course, and by both forms on SEEDS/2 random networks of every family
(biases, losses, batches, optimizers, decay) and random graphs of formulas; right answers with 3 to 16 digits, as
fractions and as formulas. Then the time from Enter to the settled screen beside that of a plain step, in a real
pseudo-terminal.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

from families import ALL_FAMILIES, any_family
from random_graphs import random_graph
from simulated_learners import Score, score

from engine.lesson.lesson import Lesson, load, shipped_lessons
from engine.tutor.starting_values import draw_starting_values
from lessons import and_trace, seeded
from terminal import Terminal

MOST_STEPS = 60  # of each epoch of those that are looked at in both forms


def print_scores(seeds: int) -> None:
    """A line for each group of lessons."""
    lesson = and_trace().lesson
    groups = {
        "the AND lesson": map(score, [lesson]),
        f"{seeds} draws of new numbers": map(score, (draw_starting_values(lesson, seed) for seed in range(seeds))),
        "2-2-2, 2-2-2-1 and 3-2-2-1 networks": map(score, [
            seeded([2, 2, 2], ["tanh", "sigmoid"]), seeded([2, 2, 2, 1], ["relu", "tanh", "sigmoid"]),
            seeded([3, 2, 2, 1], ["leaky_relu", "sigmoid", "linear"])]),
        "the course": in_both_forms(map(load, shipped_lessons())),
        f"{seeds // 2} networks of every family": in_both_forms(
            any_family(random.Random(seed), *ALL_FAMILIES[seed % len(ALL_FAMILIES)]) for seed in range(seeds // 2)),
        f"{seeds // 2} graphs of formulas": in_both_forms(
            random_graph(random.Random(seed)).lesson for seed in range(seeds // 2)),
    }
    print(f"{'':38}{'mistakes traced':>24}{'right answers accepted':>26}")
    for name, results in groups.items():
        total = Score()
        for result in results:
            total.traced, total.wrong = total.traced + result.traced, total.wrong + result.wrong
            total.accepted, total.right = total.accepted + result.accepted, total.right + result.right
        print(f"{name:38}{total.traced:>14} / {total.wrong:>7}{total.accepted:>16} / {total.right:>7}", flush=True)


def in_both_forms(lessons: Iterable[Lesson]) -> Iterator[Score]:
    """Scores by paths and by δ, of steps spread over an epoch."""
    return (score(lesson, MOST_STEPS, form) for lesson in lessons for form in ("paths", "delta"))


def milliseconds(terminal: Terminal, key: str) -> float:
    """From a key to the last byte of its answer."""
    begun = last = time.perf_counter()
    terminal.child.send(key)
    while terminal.piece(0.06):
        last = time.perf_counter()
    return 1000 * (last - begun)


def print_latency() -> None:
    """Enter on a wrong answer, beside a plain step, taking turns."""
    with Terminal("play", "and-gate", "--at", "1:29") as walk, Terminal("play", "and-gate", "--at", "1:29") as drill:
        for terminal in (walk, drill):
            terminal.until("q quit")
        drill.press("p", "0", ".", "5")
        steps, verdicts = [], []
        for turn in range(40):
            drill.press("\x7f", str(3 + turn % 5))  # another wrong answer, so that the verdict is another
            steps.append(milliseconds(walk, "\x1b[C"))
            verdicts.append(milliseconds(drill, "\r"))
    step, verdict = statistics.median(steps), statistics.median(verdicts)
    print(f"\na plain step {step:.1f} ms, a verdict {verdict:.1f} ms: {verdict / step:.2f} x")


if __name__ == "__main__":
    print_scores(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
    print_latency()

"""Whether the judge can be trusted, and how fast it is: `python tests/benchmarks/tutor.py [PART …] [--seeds N]`.

Parts, all of them if none is named:

misconceptions  every mistake that can be made of a factor, made in every row, worked out by hand in plain Python, typed
                with 5 digits as a row's product, as gradient and as new value: the share that is named with the number
                in which it was made, and how many passed as right. Of AND with 50 draws of new numbers, of random deep
                networks, by δ, of softmax, of formulas
wrong           right numbers times 1 ± 10^−u, u from 0.3 to 3, or an update with as much of its step, over every
                question of the course: how many passed that are further off than they may be
right           right numbers with 3 to 16 digits, as fractions, percent, formulas: how many were refused
names           numbers near the size of the right one that come from no mistake: the share that is called one
samples         every question's own answers (engine/tutor/sample_answers.py), of the course and of random lessons
time            of a verdict on a wrong number, over the course and in the largest networks; then in a real terminal,
                from Enter to the settled screen, beside a plain step
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

from families import ALL_FAMILIES, any_family
from misconception_trials import try_factors_of_a_graph, try_misconceptions
from number_trials import try_false_names, try_right_answers, try_samples, try_wrong_numbers
from random_graphs import random_graph
from trials import Trial, questions_of

from engine.lesson.lesson import Lesson, load, parse, shipped_lessons
from engine.trace.trace import Trace
from engine.tutor.sample_answers import write
from engine.tutor.starting_values import draw_starting_values
from engine.tutor.tutor import Tutor
from lessons import seeded, toml
from terminal import Terminal

OF_A_LESSON = 60  # misconceptions tried, each in three places
MOST_STEPS, WHOLLY = 100, 12  # of each form whose own answers are judged; all of them
WRONG, RIGHT, NAMES = 20_000, 100_000, 10_000
EXAMPLES = 12
UNITS, HIDDEN_LAYERS, ROWS = 64, 8, 1024
DEEP = ([2, 2, 2, 1], ["relu", "tanh", "sigmoid"]), ([3, 3, 2], ["tanh", "sigmoid"]), \
    ([2, 3, 2, 2, 1], ["sigmoid", "leaky_relu", "softplus", "linear"])


def course() -> list[Lesson]:
    return [load(name) for name in shipped_lessons()]


def show(name: str, trial: Trial) -> None:
    """A line, and what did not hold, the most frequent first."""
    other = f" ({trial.other_name} by another name for the same)" * bool(trial.other_name)
    held = f"{trial.held:>8} / {trial.count:<8}{100 * trial.share:7.2f} %"
    print(f"{name:44}{held}   passed as right {trial.passed}{other}", flush=True)
    for what, count in trial.missed.most_common(EXAMPLES):
        print(f"    {count:6}  {what}: {trial.examples[what]}")


def misconceptions(seeds: int) -> None:
    draw = random.Random(1)
    lesson = load("and-gate")

    def in_all(lessons: Iterable[Lesson], attempt: Callable[[Lesson], Trial]) -> Trial:
        return sum(map(attempt, lessons), Trial())
    deep = [seeded(sizes, activations, seed=seed) for seed in range(seeds // 5) for sizes, activations in DEEP]
    show(f"AND, {seeds} draws of new numbers", in_all(
        (draw_starting_values(lesson, seed) for seed in range(seeds)),
        lambda each: try_misconceptions(each, draw, OF_A_LESSON)))
    show(f"{len(deep)} deep networks", in_all(deep, lambda each: try_misconceptions(each, draw, OF_A_LESSON)))
    show("the same by δ", in_all(deep, lambda each: try_misconceptions(each, draw, OF_A_LESSON, "delta")))
    show("softmax", in_all(
        (draw_starting_values(load(name), seed) for name in ("softmax", "cross-entropy") for seed in range(seeds // 5)),
        lambda each: try_misconceptions(each, draw, OF_A_LESSON)))
    show("lessons of formulas", in_all(
        (each for each in course() if each.formulas), lambda each: try_factors_of_a_graph(each, draw, OF_A_LESSON)))


def every_question() -> list[tuple[Tutor, int]]:
    return [question for lesson in course() for question in questions_of(lesson)]


def wrong(_seeds: int) -> None:
    show("wrong numbers by chance, held", try_wrong_numbers(every_question(), random.Random(2), WRONG))


def right(_seeds: int) -> None:
    show("right answers, accepted", try_right_answers(every_question(), random.Random(3), RIGHT))


def names(_seeds: int) -> None:
    show("numbers of no mistake, not called one", try_false_names(every_question(), random.Random(4), NAMES))


def samples(seeds: int) -> None:
    show("the course", sum((try_samples(lesson, MOST_STEPS, WHOLLY) for lesson in course()), Trial()))
    families = [any_family(random.Random(seed), *ALL_FAMILIES[seed % len(ALL_FAMILIES)]) for seed in range(seeds // 2)]
    show(f"{seeds // 2} networks of every family",
         sum((try_samples(lesson, MOST_STEPS, WHOLLY) for lesson in families), Trial()))
    graphs = [random_graph(random.Random(seed)).lesson for seed in range(seeds // 2)]
    show(f"{seeds // 2} graphs of formulas",
         sum((try_samples(lesson, MOST_STEPS, WHOLLY) for lesson in graphs), Trial()))


def times_of(trace: Trace, draw: random.Random, count: int) -> Iterator[float]:
    """Milliseconds for a verdict on a wrong number, at questions drawn over the epoch."""
    tutor = Tutor(trace)
    tutor.judge(1, 0, "7.7777")
    for _ in range(count):
        index = draw.randrange(trace.script.length)
        typed = write((trace.entry(1, index).value or 1.0) * draw.uniform(1.2, 2), 5)
        begun = time.perf_counter()
        tutor.judge(1, index, typed)
        yield 1000 * (time.perf_counter() - begun)


def of_shape(sizes: list[int], activations: list[str], rows: int) -> Lesson:
    """A network with as many rows as it takes, each on a line of its own."""
    draw = random.Random(6)
    table = [[draw.uniform(-1, 1) for _ in range(sizes[0] + sizes[-1])] for _ in range(rows)]
    return parse(toml(sizes, activations, "mse", table, 7).replace("], [", "],\n["), "large.toml")


def times(_seeds: int) -> None:
    draw, found, slowest = random.Random(5), list[float](), ("", 0.0)
    for lesson in course():
        here = [each for form in ("paths", "delta") for each in times_of(Trace(lesson).in_form(form), draw, 40)]
        found += here
        slowest = max(slowest, (lesson.id, max(here)), key=lambda pair: pair[1])
    print(f"a verdict, over the course: median {statistics.median(found):.1f} ms, "
          f"worst {max(found):.1f} ms (in {slowest[0]})")
    deep, activations = [2, *[UNITS] * HIDDEN_LAYERS, 1], [*["tanh"] * HIDDEN_LAYERS, "sigmoid"]
    largest = {f"{UNITS} units x {HIDDEN_LAYERS} layers, {rows} rows": of_shape(deep, activations, rows)
               for rows in (1, 4)}
    largest[f"2-2-1, {ROWS} rows"] = of_shape([2, 2, 1], ["tanh", "sigmoid"], ROWS)
    for name, lesson in largest.items():
        here = sorted(times_of(Trace(lesson), draw, 40))
        print(f"a verdict, {name}: median {statistics.median(here):.1f} ms, worst {here[-1]:.1f} ms", flush=True)
    print_latency()


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
    print(f"in a terminal: a plain step {step:.1f} ms, a verdict {verdict:.1f} ms: {verdict / step:.2f} x")


PARTS = {"misconceptions": misconceptions, "wrong": wrong, "right": right, "names": names, "samples": samples,
         "time": times}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all of them")
    parser.add_argument("--seeds", type=int, default=50, metavar="N", help="draws of new numbers (50)")
    options = parser.parse_args()
    if unknown := {*options.part} - {*PARTS}:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for part in options.part or PARTS:
        PARTS[part](options.seeds)

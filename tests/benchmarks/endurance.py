"""What must never go wrong, tried at length: `python tests/benchmarks/endurance.py [WHAT …] [SEED]`.

    answers   100 000 random and hostile answers to questions of the AND lesson: the slowest is printed
    kills     200 times `kill -9` at a random moment of a practised lesson: at most one answer may be lost
    lessons   100 000 hostile lesson files, half of them graphs: refused in clear lines, or played; the
              slowest is printed, and the memory
    progress  10 000 hostile progress files: set aside, or opened
    files     5 000 folders of progress with files of any kind, owner and mode, four accounts at once: nothing goes
    fuzz      60 sessions of the real app, with any keys, pastes, resizes and signals
    bytes     a million raw bytes, random and as terminals send them, bent: 25 000 to a session; the screen likewise
    keys      a million keys and 10 000 resizes, to a session of 25 000 each; the screen is a fresh start's then
    walks     24 random lessons of every shape, 24 of the newer families of networks and 24 of formulas, 2 000 random
              moves in each, drawn at 80×24 and 120×40, every cell watched
    faults    300 functions of ours that raise, each in a session: it ends with 70, restored, the place kept
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

import fuzz
import hostile
import hostile_files
import hostile_lessons
import hostile_progress
import raising
import walks
from families import any_family
from random_graphs import random_graph

from engine.graph import numeric
from engine.learner.progress_folder import read_progress, save_progress
from engine.tutor.tutor import Tutor
from engine.walk.actions import Answer, SetMode
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import and_trace, any_lesson
from terminal import Terminal
from tui.view.layout import picture

RIGHT = ("0.3", "0.3", "0.9", "0.9", "0.89", "0.70889", "0.08474", "0.9", "0.9", "0.4", "0.4", "0.2")
SENT_TO_A_SESSION = 25_000  # keys, bytes
SHAPES = {"lessons of every shape": any_lesson, "networks of every family": any_family,
          "lessons of formulas": lambda draw: random_graph(draw).lesson}
MOST_MILLISECONDS, MOST_SECONDS_FOR_A_LESSON, MOST_MEGABYTES = 50, 1.0, 200


def try_answers(count: int, seed: int) -> bool:
    """Judge hostile answers to every kind of question; returns whether none took too long."""
    numeric.load()  # as the app does behind its first frame
    tutor, draw = Tutor(and_trace()), random.Random(seed)
    slowest, which, reasons = 0.0, "", dict[str, int]()
    for answer in hostile.answers(seed, count):
        begun = time.perf_counter()
        verdict = tutor.judge(1, draw.randrange(tutor.trace.script.length), answer)
        took = 1000 * (time.perf_counter() - begun)
        reasons[verdict.reason] = reasons.get(verdict.reason, 0) + 1
        if took > slowest:
            slowest, which = took, answer
    print(f"{count} hostile answers, seed {seed}: slowest {slowest:.1f} ms ({which[:30]!r}); {reasons}")
    return slowest <= MOST_MILLISECONDS


def steps_reached() -> list[int]:
    """The steps where a learner stands after each of the answers: what is known meanwhile is filled in."""
    walk, found = act(Walk(and_trace()), SetMode("practise")), [0]
    for answer in RIGHT:
        walk = act(walk, Answer(answer))
        found.append(walk.cursor.step)
    return sorted(set(found))


def try_kills(count: int, seed: int) -> bool:
    """Kill a practising session; returns whether its file always loaded and no settled answer was lost."""
    draw, behind, damaged, stands = random.Random(seed), [0, 0], 0, steps_reached()
    for kill in range(count):
        with tempfile.TemporaryDirectory() as state:
            os.environ["XDG_STATE_HOME"] = state
            given = draw.randrange(1, len(RIGHT) + 1)
            with Terminal("play", "and-gate", "--at", "1:0") as terminal:
                terminal.until("q quit")
                terminal.press("p")
                for answer in RIGHT[:given]:
                    terminal.child.send(f"{answer}\r")
                    terminal.piece(draw.choice((0.0, 0.005, 0.02, 0.2)))
                terminal.read(0.0 if draw.random() < 0.5 else 0.3)
                shown = next((k for k, step in enumerate(stands) if f" · {step}/239" in terminal.text()), 0)
                terminal.child.kill(9)
                terminal.end()
            kept, messages = read_progress()
            damaged += bool(messages) or (kept.bookmark is None and shown > 1)
            lost = shown - (stands.index(kept.bookmark.cursor.step) if kept.bookmark else 0)
            if lost > 1:
                print(f"kill {kill}: {lost} answers behind")
            behind[lost > 1] += 1
    print(f"{count} kills, seed {seed}: {behind[0]} at most one answer behind, {behind[1]} further; {damaged} damaged")
    return not behind[1] and not damaged


def draw(walk: Walk) -> str:
    """The screen of a walk."""
    return picture(walk, 80, 24).text()


def try_lessons(count: int, seed: int) -> bool:
    """Read hostile lessons; returns whether none took too long or too much."""
    slowest, results = 0.0, dict[str, int]()
    half = count // 2
    for text in chain(hostile_lessons.BY_HAND.values(), hostile_lessons.mutations(seed, count - half),
                      hostile_lessons.mutated_graphs(seed, half)):
        begun = time.perf_counter()
        result = hostile_lessons.tried(text, draw)
        slowest = max(slowest, time.perf_counter() - begun)
        results[result] = results.get(result, 0) + 1
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} hostile lessons, seed {seed}: slowest {1000 * slowest:.0f} ms, at most {most:.0f} MB; {results}")
    return slowest <= MOST_SECONDS_FOR_A_LESSON and most <= MOST_MEGABYTES


def try_walks(count: int, seed: int) -> bool:
    """Walk random lessons; returns whether nothing stood on anything else."""
    found = list[str]()
    for of_what, make in SHAPES.items():
        faults = [fault for k in range(24) for fault in walks.walk(1000 * seed + k, count, make)]
        print(f"24 {of_what}, {count} moves each, seed {seed}: {len(faults)} faults", *faults, sep="\n  ", flush=True)
        found += faults
    return not found


def try_fuzz(count: int, seed: int) -> bool:
    """Do anything to the real app; returns whether it lived through it."""
    faults = [fault for k in range(count) if (fault := fuzz.run(1000 * seed + k, 150))]
    print(f"{count} sessions of 150 keys, pastes, resizes, signals, seed {seed}: {len(faults)} faults", *faults)
    return not faults


def try_keys(count: int, seed: int) -> bool:
    """Flood sessions with keys and resizes; returns whether each came to the screen of a fresh start."""
    return _try_sessions("keys", count, seed, lambda seed, keys: fuzz.flood(seed, keys, keys // 100))


def try_bytes(count: int, seed: int) -> bool:
    """Send sessions raw bytes; returns the same."""
    return _try_sessions("raw bytes", count, seed, fuzz.bombard)


def _try_sessions(sent: str, count: int, seed: int, run: Callable[[int, int], str]) -> bool:
    faults = []
    for k in range(count // SENT_TO_A_SESSION):
        with tempfile.TemporaryDirectory() as state:
            os.environ["XDG_STATE_HOME"] = state
            if fault := run(1000 * seed + k, SENT_TO_A_SESSION):
                faults.append(fault)
    print(f"{count} {sent}, seed {seed}: {len(faults)} faults", *faults, sep="\n")
    return not faults


def try_progress(count: int, seed: int) -> bool:
    """Bend progress files; returns whether each was set aside or opened, and none took too long."""
    slowest, results = 0.0, dict[str, int]()
    with tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state
        save_progress(hostile_progress.KEPT)
        for content in hostile_progress.mutations(seed, count):
            begun = time.perf_counter()
            result = hostile_progress.tried(content, draw)
            slowest = max(slowest, time.perf_counter() - begun)
            results[result] = results.get(result, 0) + 1
    print(f"{count} hostile progress files, seed {seed}: slowest {1000 * slowest:.0f} ms; {results}")
    return slowest <= MOST_SECONDS_FOR_A_LESSON


def try_faults(count: int, seed: int) -> bool:
    """Let functions of ours raise, one a session; returns whether each ended as it should."""
    wrong = []
    for k in range(count):
        with tempfile.TemporaryDirectory() as state:
            os.environ["XDG_STATE_HOME"] = state
            if what := raising.run(1000 * seed + k):
                wrong.append(what)
    print(f"{count} functions that raise, seed {seed}: {len(wrong)} ends that are wrong", *wrong, sep="\n")
    return not wrong


def try_files(count: int, seed: int) -> bool:
    """Go on, as several accounts, in folders that nobody should have; returns whether nothing went. Only root can."""
    if os.geteuid() != 0:
        print("files: only root can act as other accounts; not tried")
        return True
    faults, results = list[str](), Counter[str]()
    for k in range(count):
        with tempfile.TemporaryDirectory() as state:
            os.chmod(state, 0o755)
            os.environ["XDG_STATE_HOME"] = state
            try:
                results.update(hostile_files.tried(1_000_000 * seed + k, Path(state)))
            except AssertionError as error:
                faults.append(f"folder {k}: {error}")
    print(f"{count} folders of progress, seed {seed}: {len(faults)} faults; {dict(results)}", *faults, sep="\n  ")
    return not faults


TRIALS = {"answers": (try_answers, 100_000), "kills": (try_kills, 200), "lessons": (try_lessons, 100_000),
          "progress": (try_progress, 10_000), "files": (try_files, 5_000), "fuzz": (try_fuzz, 60),
          "bytes": (try_bytes, 1_000_000), "keys": (try_keys, 1_000_000), "walks": (try_walks, 2_000),
          "faults": (try_faults, 300)}

if __name__ == "__main__":
    chosen = [argument for argument in sys.argv[1:] if argument in TRIALS] or list(TRIALS)
    number = next((int(argument) for argument in sys.argv[1:] if argument.isdecimal()), 1)
    results = [trial(count, number) for trial, count in map(TRIALS.__getitem__, chosen)]
    sys.exit(not all(results))

"""What must never go wrong, tried at length: `python tests/benchmarks/endurance.py [KILLS] [ANSWERS] [SEED]`.

ANSWERS (100 000) random and hostile answers to questions of the AND lesson: the slowest is printed. Then KILLS (200)
times `kill -9` at a random moment of a practised lesson: the file must load, at most one answer behind.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "helpers"))

import hostile

from engine import progress
from engine.learner import Learner
from engine.session import Session
from engine.tutor import Tutor
from lessons import and_trace
from terminal import Terminal
from tui.practice import Practice

RIGHT = ("0.3", "0.3", "0.9", "0.9", "0.89", "0.70889", "0.08474", "0.9", "0.9", "0.4", "0.4", "0.2")
MOST_MILLISECONDS = 50


def try_answers(count: int, seed: int) -> bool:
    """Judge hostile answers to every kind of question; returns whether none took too long."""
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


def places() -> list[int]:
    """The steps where a learner stands after each of the answers: what is known meanwhile is filled in."""
    session = Session(and_trace())
    practice, found = Practice(Tutor(session.trace), Learner()), [0]
    for answer in RIGHT:
        practice.prompt.text = answer
        session = practice.answer(session)
        found.append(session.cursor.step)
    return sorted(set(found))


def try_kills(count: int, seed: int) -> bool:
    """Kill a practising session; returns whether its file always loaded and no settled answer was lost."""
    draw, behind, damaged, stands = random.Random(seed), [0, 0], 0, places()
    for kill in range(count):
        with tempfile.TemporaryDirectory() as state:
            os.environ["XDG_STATE_HOME"] = state
            given = draw.randrange(1, len(RIGHT) + 1)
            with Terminal("play", "and-gate") as terminal:
                terminal.until("q quit")
                terminal.press("p")
                for answer in RIGHT[:given]:
                    terminal.child.send(f"{answer}\r")
                    terminal.piece(draw.choice((0.0, 0.005, 0.02, 0.2)))
                terminal.read(0.0 if draw.random() < 0.5 else 0.3)
                shown = next((k for k, step in enumerate(stands) if f" · {step}/239" in terminal.text()), 0)
                terminal.child.kill(9)
                terminal.end()
            kept, message = progress.load()
            damaged += bool(message) or (kept.place is None and shown > 1)
            lost = shown - (stands.index(kept.place.cursor.step) if kept.place else 0)
            if lost > 1:
                print(f"kill {kill}: {lost} answers behind")
            behind[lost > 1] += 1
    print(f"{count} kills, seed {seed}: {behind[0]} at most one answer behind, {behind[1]} further; {damaged} damaged")
    return not behind[1] and not damaged


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    kills, answers, chosen = given + [200, 100_000, 1][len(given):]
    sys.exit(not (try_answers(answers, chosen) & try_kills(kills, chosen)))

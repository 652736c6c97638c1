"""The real app in a pseudo-terminal, with anything done to it that can be done: keys, pastes, resizes, signals."""

import random
import signal

import hostile
from processes import processor_time

from engine.lesson.lesson import shipped_lessons
from terminal import KEYS, Terminal

LETTERS = "hjklnNeEgudvptcfwozZsxmia+-?123456789 \t"
SIZES = ((80, 24), (120, 40), (80, 23), (40, 10), (1, 1), (200, 60), (79, 24))
MOVES = (KEYS["right"], KEYS["left"], KEYS["up"], KEYS["down"], "\x1b[5~", "\x1b[6~", KEYS["home"], KEYS["end"],
         *"hjklnNeEu 123456789")
COMMANDS = (*"pvdcfwimsa?+-gz", "\t", "\r", "\x1b")
CHUNK, RARE = 250, 0.02  # keys written at once; how many of them are commands
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"


def run(seed: int, events: int) -> str:
    """Do that many things to it; returns what went wrong, or nothing. It must live all the time, and end when asked."""
    draw = random.Random(seed)
    with Terminal("play", draw.choice(list(shipped_lessons())), "--at", "1:0") as terminal:
        terminal.until("q quit")
        for _ in range(events):
            _do(draw, terminal)
            terminal.piece(0.005)
            if not terminal.child.isalive():
                return f"seed {seed}: it ended on its own:\n{terminal.text()}"
        terminal.resize(80, 24)
        terminal.child.send("\x03")
        terminal.child.send("\x03")
        rest = terminal.rest()
        code = terminal.end()
        return f"seed {seed}: exit code {code}\n{rest[-2000:]}" if code != 130 or "Traceback" in rest else ""


def _do(draw: random.Random, terminal: Terminal) -> None:
    match draw.randrange(12):
        case 0:
            terminal.resize(*draw.choice(SIZES))
        case 1:
            text = "".join(character for character in draw.choice(hostile.answers(draw.randrange(999), 5))
                           if character not in "\x03\x1a\x1c\ud800")[:300]
            terminal.child.send((PASTE + text + PASTE_END).encode("utf-8", "replace"))
        case 2:
            terminal.child.send(draw.choice(("0.3", "-1/8", "A5", "w13=2", "4:29", "b", "zz")) + "\r")
        case 3:
            terminal.child.send("\x1b")
        case 4:
            terminal.child.kill(signal.SIGWINCH)
        case 5 | 6:
            terminal.child.send(KEYS[draw.choice(list(KEYS))] * draw.choice((1, 1, 5, 40)))
        case _:
            terminal.child.send(draw.choice(LETTERS) * draw.choice((1, 1, 3)))


def flood(seed: int, keys: int, resizes: int) -> str:
    """That many keys and changes of size, as fast as they are taken; returns what went wrong, or nothing.

    It must live; and the screen must be the one of a fresh start at the same place.
    """
    draw = random.Random(seed)
    with Terminal("play", draw.choice(list(shipped_lessons())), "--at", "1:0") as terminal:
        terminal.until("q quit")
        for number in range(keys // CHUNK):
            terminal.child.send("".join(draw.choice(COMMANDS if draw.random() < RARE else MOVES)
                                        for _ in range(CHUNK)))
            for _ in range(resizes * (number + 1) // (keys // CHUNK) - resizes * number // (keys // CHUNK)):
                terminal.child.setwinsize(*draw.choice(SIZES)[::-1])
            while terminal.take(0.01):
                pass
            if not terminal.child.isalive():
                return f"seed {seed}: it ended on its own after {number * CHUNK} keys"
        afterwards = _at_rest(terminal)
        terminal.child.send("q")
        if (code := terminal.end()) != 0:
            return f"seed {seed}: exit code {code}"
    with Terminal() as terminal:
        terminal.until("quit")
        fresh = _at_rest(terminal)
    return "" if afterwards == fresh else f"seed {seed}: afterwards\n{afterwards}\nfresh\n{fresh}"


def _at_rest(terminal: Terminal) -> str:
    """The screen at 80×24 when all that was under way is left."""
    for _ in range(5):
        terminal.child.send("\x1b")
        terminal.take(0.3)
    _settle(terminal)
    for size in ((81, 24), (80, 24)):
        terminal.resize(*size)
        terminal.read(1)
    return terminal.text()


def _settle(terminal: Terminal) -> None:
    """Wait until it writes nothing and computes nothing; waking up now and then does not count."""
    before = -1
    while terminal.take(1) or before != (before := round(processor_time(terminal.child.pid)) // 20):
        pass

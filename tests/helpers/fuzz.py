"""The real app in a pseudo-terminal, with anything done to it that can be done: keys, pastes, resizes, signals."""

import random
import signal

import hostile

from engine.lesson import shipped
from terminal import KEYS, Terminal

LETTERS = "hjklnNeEgudvptcfwozZsxmia+-?123456789 \t"
SIZES = ((80, 24), (120, 40), (80, 23), (40, 10), (1, 1), (200, 60), (79, 24))
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"


def run(seed: int, events: int) -> str:
    """Do that many things to it; returns what went wrong, or nothing. It must live all the time, and end when asked."""
    draw = random.Random(seed)
    with Terminal("play", draw.choice(list(shipped()))) as terminal:
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

"""The real app in a pseudo-terminal, with anything done to it that can be done: keys, pastes, resizes, signals."""

import random
import re
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hostile
from processes import processor_time
from recordings import RECORDINGS

from engine.lesson.lesson import shipped_lessons
from terminal import KEYS, Terminal

LETTERS = "hjklnNeEgudvptcfwozZsxmia+-?123456789 \t"
SIZES = ((80, 24), (120, 40), (80, 23), (40, 10), (1, 1), (200, 60), (79, 24))
MOVES = (KEYS["right"], KEYS["left"], KEYS["up"], KEYS["down"], "\x1b[5~", "\x1b[6~", KEYS["home"], KEYS["end"],
         *"hjklnNeEu 123456789")
COMMANDS = (*"pvdcfwimsa?+-gz", "\t", "\r", "\x1b")
CHUNK, RARE = 250, 0.02  # keys written at once; how many of them are commands
UNREACHED = "f24", b"\x1b[57387u"  # a key, and how it is reported
LEAVING = re.compile(rb"[\x03\x11\x1a]|(?<=\x1b\[)(99|113|122|57387)(?=[:;u])")  # ctrl+c, ctrl+q, ctrl+z, and that key
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
    return _compared(seed, afterwards)


def bombard(seed: int, count: int, **environment: str) -> str:
    """That many raw bytes, as no terminal should send them; returns what went wrong, or nothing.

    What a session alone knows, and no file, has no key meanwhile: the screen must be the one of a fresh start.
    """
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "handgrad" / "config.toml"
        settings.parent.mkdir()
        settings.write_text("".join(f'keys.{command} = "{key}"\n' for command, key in
                                    (("quit", UNREACHED[0]), ("digits", "f23"), ("others", "f22"), ("signs", "f21"))))
        environment |= {"XDG_CONFIG_HOME": folder}
        data, answers = raw(draw, count), draw.random() < 0.5
        with Terminal("play", draw.choice(list(shipped_lessons())), "--at", "1:0", answers=answers,
                      **environment) as terminal:
            terminal.until("F24 quit")
            if not answers:
                data = data.replace(b"R", b"Q")  # nor those that it has not asked for
            for piece in _split(draw, data):
                terminal.child.send(piece)
                terminal.answer(terminal.take(draw.choice((0, 0, 0.01))))
                if not terminal.child.isalive():
                    return f"seed {seed}: it ended on its own, at {piece!r}:\n{terminal.text()}"
            try:
                afterwards = _at_rest(terminal)
            except FileNotFoundError:  # there is no such process any more
                return f"seed {seed}: it ended on its own:\n{terminal.text()}"
            terminal.child.send(UNREACHED[1])
            if (code := terminal.end()) != 0:
                return f"seed {seed}: exit code {code}"
        return _compared(seed, afterwards, **environment)


def raw(draw: random.Random, count: int) -> bytes:
    """Random bytes, and what terminals send: as it is, bent, cut off; without what would end the session."""
    recording = draw.choice(list(RECORDINGS.values()))
    pieces = bytearray()
    while len(pieces) < count:
        piece = bytearray(draw.choice(recording))
        for _ in range(draw.choice((0, 0, 1, 3))):
            at = draw.randrange(len(piece) + 1)
            piece[at:at + draw.randrange(3)] = draw.choice((draw.randbytes(draw.randrange(3)), b":", b";", b"9" * 9))
        pieces += piece if draw.random() < 0.8 else draw.randbytes(draw.randrange(1, 30))
    return LEAVING.sub(b"1", bytes(pieces[:count]))


def _split(draw: random.Random, data: bytes) -> Iterator[bytes]:
    while data:
        size = draw.choice((1, 2, 5, 40, 400))
        yield data[:size]
        data = data[size:]


def _compared(seed: int, afterwards: str, **environment: str) -> str:
    """What is other than on a fresh start, or nothing."""
    with Terminal(**environment) as terminal:
        terminal.until("handgrad")
        fresh = _resized(terminal)
    return "" if afterwards == fresh else f"seed {seed}: afterwards\n{afterwards}\nfresh\n{fresh}"


def _at_rest(terminal: Terminal) -> str:
    """The screen at 80×24 when all that was under way is left."""
    for _ in range(2):  # what waits to be obeyed comes first
        for _ in range(8):
            terminal.child.send("\x1b")
            terminal.piece(0.3)
        _settle(terminal)
    return _resized(terminal)


def _resized(terminal: Terminal) -> str:
    """The screen at 80×24, drawn anew."""
    for size in ((81, 24), (80, 24)):
        terminal.resize(*size)
        terminal.read(1)
    return terminal.text()


def _settle(terminal: Terminal) -> None:
    """Wait until it writes nothing and computes nothing; waking up now and then does not count."""
    before = -1
    while terminal.piece(1) or before != (before := round(processor_time(terminal.child.pid)) // 20):
        pass

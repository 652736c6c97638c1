"""Lesson files that nobody should write: shipped ones with something in them changed, and some made by hand."""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from graph_lessons import GRAPHS, MORE_OF_A_NETWORK

from engine.export.text_trace import write_text
from engine.lesson.lesson import Lesson, LessonError, parse, shipped_lessons
from engine.trace.trace import Trace
from engine.walk.walk import Walk

Show = Callable[[Walk], str]  # what a learner sees of it

BITS = (
    "nan", "inf", "-inf", "1e308", "1e400", "-0.0", "0", "-1", "9" * 400, "true", '""', '"x"', "[]", "[[]]", "{}",
    "[1, [2, [3]]]", "1979-05-27", "'\\u001b[2J'", '"\\u001b[2J"', '"\\u202e"', '"\\u0000"', '"[bold]"', '"[/]"',
    '"{0}%s"', '"w1,3"', "0x10", "1_000", '"é漢字"', "\x1b[31m", "\u202e", "\ufeff", "#", "=", "]", "[", "{", "}",
    "'''", "\\", "\n", "[[notes]]\n",
    "[network]\n", "units = 64", "units = 0", "seed = 7", "__class__")
BITS_OF_FORMULAS = (
    "(", ")", "*", "/0", "^", "^x", "ln(", "exp(", "sqrt(", "relu'(", "a", "x", "q", "L", "Loss", "lr", "n", "t", "e",
    "′", "'", " = ", "^99", "1e300*", "-", ";", "w1,2", '", "', "u1", '"u1 = 1", ', "softmax(", "y", "0", "1,5", "σ",
    "split = true\n",
    "[graph]\n", "[data]\n", 'optimizer = "adam"\n', "batch = 1\n", "fixed = []\n", 'bias = "layer"\n', '"softmax"')


def mutations(seed: int, count: int) -> Iterator[str]:
    """Shipped lessons, changed."""
    texts = [path.read_text("utf-8") for path in shipped_lessons().values()]
    return _mutations(random.Random(seed), count, texts, BITS)


def mutated_graphs(seed: int, count: int) -> Iterator[str]:
    """Lessons with formulas, and one with all that may be said of a network, changed."""
    draw, texts = random.Random(seed), [*GRAPHS, MORE_OF_A_NETWORK]
    for text in _mutations(draw, count, texts, (*BITS, *BITS_OF_FORMULAS * 2)):
        yield text if draw.random() < 0.4 else _with_other_words(draw, draw.choice(texts))


def _with_other_words(draw: random.Random, text: str) -> str:
    """Some words and signs behind the title with others of the text, or with bits, in their place."""
    words = re.findall(r"[\w.']+|[^\w.']", text)
    for _ in range(draw.randint(1, 4)):
        k = draw.randrange(words.index("title") + 8, len(words))
        words[k] = draw.choice((*words, *BITS_OF_FORMULAS)) if words[k].strip() else words[k]
    return "".join(words)


def _mutations(draw: random.Random, count: int, texts: Sequence[str], bits: Sequence[str]) -> Iterator[str]:
    """Texts with one to four changes: pieces cut out, doubled, swapped, or others put in their place."""
    for _ in range(count):
        text = draw.choice(texts)
        for _ in range(draw.randint(1, 4)):
            start = draw.randrange(len(text) + 1)
            end = min(len(text), start + draw.choice((0, 1, 1, 3, 10, 80)))
            match draw.randrange(6):
                case 0:
                    text = text[:start] + text[end:]
                case 1:
                    text = text[:end] + text[start:]
                case 2:
                    text = text[:start] + draw.choice(bits) + text[end:]
                case 3:
                    text = _with_another_value(draw, text)
                case 4:
                    other = draw.choice(texts)
                    at = draw.randrange(len(other))
                    text = text[:start] + other[at:at + draw.choice((10, 100, 1000))] + text[end:]
                case _:
                    odd = chr(draw.choice((0, 7, 27, 127, 0x202E, 0x1F600, draw.randrange(0xD000))))
                    text = text[:start] + odd + text[end:]
        yield text


def _with_another_value(draw: random.Random, text: str) -> str:
    """One line's value replaced."""
    lines = text.split("\n")
    k = draw.randrange(len(lines))
    if " = " in lines[k]:
        lines[k] = lines[k].partition(" = ")[0] + " = " + draw.choice(BITS)
    return "\n".join(lines)


OF_A_FILE = ("empty", "nested too deeply", "and more")  # what is said of no part of it
GOOD = shipped_lessons()["and-gate"].read_text("utf-8")
LAYERS = ", ".join(['{ units = 64, activation = "tanh" }'] * 8)
LARGE = GOOD.replace('[{ units = 2, activation = "relu" }]', f"[{LAYERS}]")
BY_HAND = {
    "nothing": "", "blanks": " \n\t\n", "a byte-order mark": "\ufeff" + GOOD, "NUL": "a\0b", "an escape": "\x1b[2J = 1",
    "deep lists": "x = " + "[" * 900 + "]" * 900, "deeper lists": "x = " + "[\n" * 20_000,
    "deep tables": "x = " + "{a = " * 300 + "1", "a long line": "x = " + "1" * 100_000,
    "a dotted key": "a." * 900 + "b = 1", "many keys": "".join(f"k{k} = 1\n" for k in range(3000)),
    "a key twice": GOOD + "\nw13 = 1\n", "a table twice": GOOD + "\n[data]\n",
    "markup": GOOD.replace("AND gate, by hand", "[bold red]AND[/] [link=x]"),
    "a huge number": GOOD.replace("0.8", "9" * 5000), "names with commas": GOOD.replace('"x1"', '"x1,x2"'),
    "bidirectional": GOOD.replace("AND gate", "\u202eetag DNA"),
    "64 units in 8 layers": LARGE.split("[parameters]")[0]
    + '[parameters]\nseed = 1\n[training]\nloss = "mse"\nlearning_rate = 1e300\n',
    "1024 rows": GOOD.replace("[[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 0]]",
                              "[" + ",\n".join(["[1, 0, 1]"] * 1024) + "]"),
    "a huge rate": GOOD.replace("learning_rate = 0.5", "learning_rate = 1e307"),
    "huge data": GOOD.replace("[1, 1, 1]", "[1e308, -1e308, 1]"),
}


def in_words(walk: Walk) -> str:
    """The title and the first steps, without a screen."""
    return "".join(islice(write_text(walk.trace, 1), 40))


def tried(text: str, show: Show = in_words) -> str:
    """What becomes of a lesson file: it is `refused`, in clear lines, each of which names a key or a line of it, or
    `plays`; and nothing of it reaches a terminal that a terminal would obey. Raises AssertionError.
    """
    if not (lesson := _read(text)):
        return "refused"
    trace = Trace(lesson)
    trace.entry(1, trace.script.length - 1)
    assert is_harmless(show(Walk(trace)))
    return "plays"


def read(text: str) -> str:
    """The same of one that is not played: it is `refused` or `is read`."""
    return "is read" if _read(text) else "refused"


def _read(text: str) -> Lesson | None:
    try:
        return parse(text, "x.toml")
    except LessonError as error:
        said = str(error)
        assert all(line.startswith("x.toml: ") for line in said.split("\n")), said
        assert is_harmless(said), said
        for problem in error.problems:
            assert problem.key or problem.found.startswith(OF_A_FILE), said
            assert problem.line <= text.count("\n") + 1, said
        return None


def is_harmless(text: str) -> bool:
    """Whether text has nothing that moves a terminal's cursor or turns its writing round."""
    return not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text.replace("\n", ""))

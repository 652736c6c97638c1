"""Answers that nobody should give: long, nested, not numbers, of other alphabets, names of Python's insides."""

import random

PIECES = (
    *"0123456789.,+-*/^()[]·−×′²ση= \t\0\x1b\x07\r", "9**9**9", "1/0", "nan", "inf", "1e999", "-1e-999", "0e999",
    "__class__",
    "__import__('os')", "lambda:0", "().__class__", "exp(", "sig(", "relu′(", "ln(", "Z3", "A5", "w13", "w1,13",
    "y", "x1", "n", "lr", "𝟏", "٣", "½", "\u202e", "\u0301", "\ud800", "é", "漢字", "👩‍💻", "[/bold]",
    "\x1b[2J", "{0}", "%s", "'", '"',
)


def answers(seed: int, count: int) -> list[str]:
    """Random ones, the same for a seed; some very long, some deeply nested."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        match draw.randrange(20):
            case 0:
                found.append(draw.choice("([−-+") * draw.randrange(1, 3000))
            case 1:
                found.append(draw.choice(PIECES) * draw.randrange(1, 500))
            case 2:
                depth = draw.randrange(1, 60)
                found.append("sig(" * depth + "1" + ")" * depth)
            case _:
                found.append("".join(draw.choices(PIECES, k=draw.randrange(1, 14))))
    return found

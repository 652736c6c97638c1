"""Progress files that nobody should have: kept ones, bent; and what becomes of them."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hostile_lessons import Show, in_words

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Occurrence, Progress
from engine.learner.progress_folder import progress_path, read_progress, save_progress
from engine.lesson.lesson import LessonError
from engine.text.printable import is_plain
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change
from engine.walk.opening import reopen_walk

KEPT = Progress(Bookmark("and-gate", Cursor(2, 40), 3, "by hand", {40: "0.5", 41: ""}, "delta",
                      (Change(1, "w13", 0.5), Change(2, "y", 1.0, 3)), 4, mistakes={"one-minus-only": 3},
                      last_made={"one-minus-only": Occurrence("∂A5/∂Z5", 2, 1, "0.29111 is 1−A.", "weight", 1, 0)}),
                Knowledge().observe("slope relu", True).observe("weight", False))
VALUES = (None, True, -1, 0, 10**40, 1e308, float("nan"), float("inf"), "", "x", "\x1b[2J", "../../etc/passwd", "1:1",
          [], {}, [[[]]], "w13", "practise", "tanh")


def mutations(seed: int, count: int) -> Iterator[bytes]:
    """Random ones, the same for a seed: of the text, and of what it says."""
    draw = random.Random(seed)
    text = progress_path("and-gate").read_text("utf-8")
    for _ in range(count):
        if draw.random() < 0.3:
            content = bytearray(text.encode())
            for _ in range(draw.randrange(1, 4)):
                at = draw.randrange(len(content))
                content[at:at + draw.randrange(3)] = draw.randbytes(draw.randrange(3))
            yield bytes(content)
        else:
            document = json.loads(text)
            for _ in range(draw.randrange(1, 4)):
                _bend(draw, document)
            yield json.dumps(document).encode()


def _bend(draw: random.Random, document: Any) -> None:
    """Another value somewhere, or none."""
    keys = list(document) if isinstance(document, dict) else list(range(len(document)))
    if not keys:
        return
    key = draw.choice(keys)
    if isinstance(document[key], dict | list) and draw.random() < 0.8:
        _bend(draw, document[key])
    elif draw.random() < 0.2:
        del document[key]
    else:
        document[key] = deepcopy(draw.choice(VALUES))  # or the next bend would be in them


def tried(content: bytes, show: Show = in_words) -> str:
    """What becomes of a file: set aside, or a place that opens; afterwards the walk is kept as ever."""
    path = progress_path("and-gate")
    path.write_bytes(content)
    kept, messages = read_progress()
    assert bool(messages) != bool(kept.bookmark), messages
    assert [each.read_bytes() for each in path.parent.iterdir()] == [content]
    result = "set aside"
    if kept.bookmark:
        try:
            assert show(reopen_walk(kept.bookmark._replace(lesson="and-gate")))
            assert all(is_plain(str(each)) for last in kept.bookmark.last_made.values() for each in last)
            result = "opened"
        except LessonError as error:
            result = f"refused: {error}"
    save_progress(KEPT)
    asides = list(path.parent.glob("*.set-aside-*"))
    assert [aside.read_bytes() for aside in asides] == [content] * len(messages)
    for aside in asides:
        aside.unlink()
    return result

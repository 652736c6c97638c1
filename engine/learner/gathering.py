"""What several files hold as one: what is in place, and what was set aside."""

import time
from collections.abc import Sequence

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Progress
from engine.learner.progress_file import Kept


def one_of_each(found: Sequence[Kept]) -> list[Kept]:
    """Of what was read in the order in which it was saved, each lesson's together, by its key."""
    lessons = dict[str, Kept]()
    for kept in found:
        key = kept.bookmark.key
        lessons[key] = kept.merge(lessons.pop(key)) if key in lessons else kept
    return list(lessons.values())


def put_together(found: Sequence[Kept]) -> Progress:
    """All of it as one learner's progress."""
    knowledge = Knowledge()
    for kept in found:
        knowledge = knowledge.merge(kept.knowledge)
    lessons = one_of_each(found)
    if not lessons:
        return Progress()
    return Progress(lessons[-1].bookmark, knowledge, {kept.bookmark.key: kept.bookmark for kept in lessons},
                    max(0, lessons[-1].saved - time.time_ns()))

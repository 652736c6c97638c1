"""What several files hold as one: files of one lesson, written by several sessions, or by a handgrad of before."""

import time
from collections.abc import Sequence

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Progress
from engine.learner.progress_file import Kept


def one_of_each(found: Sequence[Kept]) -> list[Kept]:
    """Of what was read in the order in which it was saved, each lesson's together. What a handgrad of before has kept
    of a file is of the lesson that the file was found to be since.
    """
    lessons = dict[str, Kept]()
    identities = {kept.bookmark.lesson: kept.bookmark.identity for kept in found if kept.bookmark.identity}
    for kept in found:
        place = kept.bookmark
        if not place.identity and place.lesson in identities:
            kept = kept._replace(bookmark=place._replace(identity=identities[place.lesson]))
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

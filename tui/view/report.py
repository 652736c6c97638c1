"""What a learner knows, as a table for people and as JSON for programs."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain

from engine.learner.knowledge import WORDS, Knowledge
from engine.learner.progress import Progress
from engine.lesson.lesson import load, shipped_lessons
from engine.text.notation import with_count
from engine.text.printable import printable
from engine.tutor.skills import skills_of


def _list_skills(knowledge: Knowledge) -> Mapping[str, str]:
    """What the skills are called that were asked, or that a lesson of the course asks for."""
    of_course = _skills_of_course()
    return {name: words for name, words in WORDS.items() if knowledge.skill(name).attempts or name in of_course}


@cache
def _skills_of_course() -> frozenset[str]:
    """The skills that the course's lessons take."""
    return frozenset(chain.from_iterable(skills_of(load(name)) for name in shipped_lessons()))


def as_text(progress: Progress) -> str:
    """A line for each skill: how likely it is known, from how many first attempts, and what that means."""
    bookmark, knowledge = progress.bookmark, progress.knowledge
    where = "nowhere yet" if bookmark is None else \
        f"{printable(bookmark.lesson, 200)}, {bookmark.cursor}, {bookmark.mode}"
    lines = [f"You are at: {where}", "", f"{'skill':<24}{'known':>6}  first attempts right", ""]
    for name, words in _list_skills(knowledge).items():
        skill = knowledge.skill(name)
        known = f"{skill.known:.0%}" if skill.attempts else ""
        evidence = f"{skill.right} of {skill.attempts}" if skill.attempts else "not asked yet"
        lines.append(f"{words:<24}{known:>6}  {evidence}" + ", mastered" * knowledge.is_mastered(name))
    return "\n".join([*lines, "", _what_next(knowledge)])


def _what_next(knowledge: Knowledge) -> str:
    unknown = [words for name, words in _list_skills(knowledge).items()
               if not knowledge.is_mastered(name) and name != "delta"]
    return f"what next: practise {unknown[0]}" if unknown else "what next: a lesson that is new to you"


def as_sentences(progress: Progress) -> Iterator[str]:
    """The same for ears: each line one thing, and nothing in columns."""
    skills = _list_skills(progress.knowledge)
    for name, words in skills.items():
        skill = progress.knowledge.skill(name)
        if skill.attempts:
            attempts = with_count(skill.attempts, "first attempt")
            yield f"{words}: {skill.known:.0%} known, {skill.right} of {attempts} right"
    if others := [words for name, words in skills.items() if not progress.knowledge.skill(name).attempts]:
        yield f"not asked yet: {'; '.join(others)}"
    yield _what_next(progress.knowledge)


def as_json(progress: Progress, **more: object) -> str:
    """One object: the place, and the skills by name; and more, if there is more."""
    bookmark, knowledge = progress.bookmark, progress.knowledge
    return json.dumps({
        "format": "handgrad-progress/1",
        "place": None if bookmark is None else {
            "lesson": bookmark.lesson, "epoch": bookmark.cursor.epoch, "step": bookmark.cursor.step,
            "numbers": bookmark.seed, "mode": bookmark.mode},
        "skills": {name: {"known": knowledge.skill(name).known, "attempts": knowledge.skill(name).attempts,
                          "right": knowledge.skill(name).right, "mastered": knowledge.is_mastered(name)}
                   for name in WORDS}, **more})

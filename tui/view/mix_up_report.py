"""What a learner mixes up, told from their own answers: for screens, for ears, and as JSON."""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from engine.course.standing import own_standings
from engine.learner.knowledge import Knowledge, kind_of, words_of
from engine.learner.mix_ups import MixUp, mix_ups
from engine.learner.progress import Bookmark, Occurrence, Progress
from engine.learner.progress_file import Kept
from engine.lesson.lesson import Lesson
from engine.text.printable import printable
from engine.trace.cursor import START
from engine.tutor.mistakes import records_of
from engine.tutor.skills import skills_of

NONE_YET = "No mistake of yours has been named yet. When one is, it is told here, with the number that you gave."
ALL_BEHIND = "All of this is behind you."
UNKNOWN = "a mistake that this handgrad does not know"
LONGEST_TITLE = 60
WIDTH, INDENT = 79, "  "

How = Callable[[str, Bookmark | None], str]  # how to be asked, by a command's id; and in which lesson, if in another


def paragraphs(progress: Progress, how: How, here: Lesson | None = None) -> Iterator[Sequence[str]]:
    """What to do next; then each mistake with its details, a line each. `here` is the lesson in hand."""
    found = mix_ups(progress)
    yield [_next(found[0], progress, how, here) if found else NONE_YET]
    yield from map(_tell, found)


def _next(first: MixUp, progress: Progress, how: How, here: Lesson | None) -> str:
    if first.is_behind:
        return ALL_BEHIND
    skill, in_hand = _skill(first), progress.bookmark
    was_here = in_hand is not None and in_hand.key == first.place.key
    is_here = here is not None and (was_here or any(skill in (each, kind_of(each)) for each in skills_of(here)))
    command = "practise_all" if progress.knowledge.is_mastered(skill) else "practise"
    where = "" if is_here else f" in {_title_of(first.place)}"
    return f"Next: practise {_name(skill)}{where}: {how(command, None if is_here else first.place)}."


def _tell(found: MixUp) -> Sequence[str]:
    """`∂A/∂Z of sig: 4 times, last on row 3 in epoch 2 of AND gate, by hand.`, then what it was, and is."""
    last, idea = found.last, _idea(found)
    times = "once" if found.times == 1 else f"{found.times} times"
    return [f"{_name(_skill(found))}: {times}, {_where(found)}.",
            *([f"For {last.name} your {last.said.removesuffix(idea).rstrip()}"] if last else []),
            *([f"Remember: {idea}"] if idea else []), *_since(found)]


def _idea(found: MixUp) -> str:
    """What to remember: what was told with it; else what each record says that it may have been, if that is one."""
    ideas = ideas_of(found.id, found.last)
    told = [idea for idea in ideas if found.last and found.last.said.endswith(idea)]
    return told[0] if told else ideas[0] if len(ideas) == 1 else ""


def ideas_of(mistake: str, last: Occurrence | None) -> Sequence[str]:
    """What each record says of a mistake that it may have been, made last as it was."""
    records = records_of(mistake, last.skill if last else "")
    return list(dict.fromkeys(record.idea for record in records)) or [UNKNOWN]


def _where(found: MixUp) -> str:
    """`last on row 3 in epoch 2 of AND gate, by hand`, or `not since epoch 2 of …`."""
    last, title = found.last, _title_of(found.place)
    if last is None:
        return f"{'last ' * (found.times > 1)}in {title}"
    epoch = f"epoch {last.epoch} of {title}"
    if found.is_behind:
        return f"not since {epoch}"
    row = "" if last.row is None else f"on row {last.row} "
    return f"{'last ' * (found.times > 1)}{row}in {epoch}"


def _since(found: MixUp) -> Iterator[str]:
    """`Behind you: since then right 3 times in a row.`; nothing where it was not asked since."""
    begins = "Behind you: since then right" if found.is_behind else "Since then right"
    if found.attempts and found.attempts == found.right:
        yield f"{begins} {'once' if found.right == 1 else f'{found.right} times in a row'}."
    elif found.attempts and not found.right:
        yield "Since then not right yet."
    elif found.attempts:
        yield f"{begins} {found.right} of {found.attempts} times."


def as_text(progress: Progress, how: How) -> str:
    """In lines of text, details below what they are of."""
    return "\n\n".join("\n".join([
        textwrap.fill(first, WIDTH), *(textwrap.fill(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
                                      for text in details)]) for first, *details in paragraphs(progress, how))


def as_data(progress: Progress) -> list[dict[str, Any]]:
    """For JSON."""
    return [{"mistake": each.id, "count": each.times, "skill": _skill(each), "behind": each.is_behind,
             "lesson": each.place.key, "name": each.last and each.last.name, "epoch": each.last and each.last.epoch,
             "row": each.last and each.last.row, "said": each.last and each.last.said,
             "since": {"attempts": each.attempts, "right": each.right}} for each in mix_ups(progress)]


def _skill(found: MixUp) -> str:
    """That of the number in which it was made; where that is not known, the kind of number in which it always is."""
    if found.last:
        return found.last.skill
    kinds = {record.at for record in records_of(found.id)}
    return kinds.pop() if len(kinds) == 1 else ""


def _name(skill: str) -> str:
    return words_of(skill) or "a number"


def _title_of(place: Bookmark) -> str:
    return _title(place.lesson, place.identity)


@lru_cache(maxsize=100)  # a page asks at every key
def _title(lesson: str, identity: str) -> str:
    standing, = own_standings([Kept(Bookmark(lesson, START, identity=identity), Knowledge(), 0)])
    return printable(standing.title, LONGEST_TITLE)

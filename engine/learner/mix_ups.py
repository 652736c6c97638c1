"""What a learner mixes up: their mistakes in all lessons together, and whether they have been right since."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.learner.knowledge import Knowledge
from engine.learner.progress import LARGEST_COUNT, Bookmark, Occurrence, Progress

RIGHT_SINCE = 3  # first attempts at the same skill, from which on a mistake is behind a learner


class MixUp(NamedTuple):
    """A mistake by its id, how many times it was made, and in which lesson last; where in it, if that is known. Since
    then there were so many `attempts` at the same skill, and of these so many were `right`.
    """

    id: str
    times: int
    place: Bookmark
    last: Occurrence | None = None
    attempts: int = 0
    right: int = 0

    @property
    def is_behind(self) -> bool:
        """Whether it has not been made for a while."""
        return self.right >= RIGHT_SINCE


def mix_ups(progress: Progress) -> list[MixUp]:
    """Those in hand before those behind; of these and of those first what was made most, and of that what was made
    last.
    """
    places = list(progress.bookmarks.values())[::-1]  # saved last first
    names = dict.fromkeys(name for place in places for name in (*list(place.last_made)[::-1], *place.mistakes))
    found = [_mix_up(name, [place for place in places if name in place.mistakes], progress.knowledge) for name in names]
    return sorted(found, key=lambda each: (each.is_behind, -each.times))


def _mix_up(name: str, places: Sequence[Bookmark], knowledge: Knowledge) -> MixUp:
    times = min(sum(place.mistakes[name] for place in places), LARGEST_COUNT)
    place = next((place for place in places if name in place.last_made), places[0])
    last = place.last_made.get(name)
    if last is None:
        return MixUp(name, times, place)
    skill = knowledge.skill(last.skill)
    return MixUp(name, times, place, last, max(skill.attempts - last.attempts, 0), max(skill.right - last.right, 0))

"""How often a learner has turned to the columns of a table that have no room."""

from typing import NamedTuple

from tui.view.canvas import Hint


class Turns(NamedTuple):
    """How often the learner has turned to the columns that have no room, and how many screens show all of them (0: as
    many as a table has pages). A table with fewer pages than another stays at its last, until all turn back at once.
    """

    presses: int = 0
    screens: int = 0

    def page(self, pages: int) -> int:
        """Which of a table's pages is shown, from 0."""
        return min(self.presses % (self.screens or pages), pages - 1)

    def hints(self, pages: int, others: Hint) -> list[Hint]:
        """How to see a table's other pages, in words that are given, or to come back; nothing while it stays."""
        sign, words = others
        following = self._replace(presses=self.presses + 1).page(pages)
        if following == self.page(pages):
            return []
        return [(sign, words if following else f"{'back':<{len(words)}}")]

"""Tables that are too wide for a page, in parts below each other."""

from collections.abc import Iterator, Sequence


def parts(widths: Sequence[float], room: float) -> list[range]:
    """Which columns stand beside each other: in as few parts as there is room for, evenly filled; one column at least.
    """
    fewest = len(list(_fill(widths, room)))
    return list(_fill(widths, min(room, sum(widths) / fewest + max(widths))))


def _fill(widths: Sequence[float], room: float) -> Iterator[range]:
    """As many as fit into each."""
    start, left = 0, room
    for k, width in enumerate(widths):
        if width > left and k > start:
            yield range(start, k)
            start, left = k, room
        left -= width
    yield range(start, len(widths))

"""Training at a glance, in words: of an epoch, and with another rate or optimizer beside."""

from collections.abc import Iterator

from engine.trace.variants import VariantError, parse_variant
from engine.walk.movement import check_cursor, parse_cursor
from engine.walk.walk import ActionError, Walk
from tui.view import glance
from tui.view.glance_words import say_all


def training(walk: Walk, value: str = "") -> Iterator[str]:
    """How the Loss goes, and what the maps show, in the epoch in hand or the one that is asked for: `4`; `adam` or
    `lr = 0.1` stands beside. Raises ActionError.
    """
    seen = glance.begin(walk)
    if value[:1].isdecimal():
        seen = glance.look_at(seen, check_cursor(walk.trace, parse_cursor(value)).epoch, walk)
    elif value:
        try:
            seen = seen._replace(variants=(parse_variant(value, seen.lesson),))
        except VariantError as error:
            raise ActionError(f"training: {error}") from None
    for curve in glance.curves(seen, walk) if seen.lesson.trains else ():
        for _ in curve.history.train_losses(seen.last):
            pass
    walk.trace.epoch(seen.epoch)
    first, *others = say_all(seen, walk)
    yield f"epoch {seen.epoch}: {first}" if seen.lesson.trains else first
    yield from others

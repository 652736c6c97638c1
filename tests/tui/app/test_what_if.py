"""What if: what stands beside a change, and far out."""

import io
import re

from screens import shown
from textual import events

from engine.learner.progress import Bookmark
from engine.text.notation import number
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change
from engine.walk.actions import GoTo, WhatIf
from engine.walk.opening import arrive, open_walk
from engine.walk.transition import act
from tui.app.app import HandgradApp
from tui.plain.plain_mode import PlainWalk
from tui.view.layout import picture


def test_beside_a_change_stands_the_loss_without_it_also_of_drawn_numbers() -> None:
    walk = act(open_walk(Bookmark("and-gate", Cursor(2, 0), seed=3)), WhatIf("w13 = 2"))
    assert walk.own
    without = number(walk.own.epoch(2).loss)
    assert f"Without what you changed: {without}" in picture(walk, 80, 24).text()
    said: list[str] = []
    PlainWalk(act(walk, GoTo(Cursor(2, 40))), said.append).run(io.StringIO("what if w23 = 1\n"),
                                                                          prompt=lambda: None)
    assert any(f", without what you changed {without}" in line for line in said)
    assert "esson's" not in "".join(said)


async def test_far_out_other_numbers_are_trained_for_aside() -> None:
    """Undone, and made again on the way: what is trained then is the branch that is meant."""
    changes = (Change(5, "w13", 0.5), Change(6, "lr", 0.1))
    app = HandgradApp(arrive(open_walk(Bookmark("and-gate", Cursor(20_000, 40), changes=changes))))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in "zZ":  # the second before the first has anything trained
            app.screen.post_message(events.Key(key, key))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "epoch 20000" in shown(app)
        assert (app.walk.cursor, app.walk.changes) == (Cursor(20_000, 40), changes)


def test_the_place_gives_way_to_what_was_changed() -> None:
    """Which is said nowhere else; phase and row are."""
    walk = act(open_walk(Bookmark("and-gate", Cursor(1, 50))), WhatIf("w13 = -0.25"))
    head = picture(walk, 80, 24).text().split("\n")[0]
    assert re.fullmatch(r" handgrad  watch  what if w13 = −0\.25 +epoch 1 · \(1\) w13 · row 4/4 · 50/239", head)

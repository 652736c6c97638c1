"""A picture depends on the place alone, not on the way there."""

import random
from contextlib import suppress

from engine.trace.cursor import Cursor
from engine.walk.actions import Do, GoTo, Move, ToEdge, ToGradient, WhatIf
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from lessons import and_trace
from tui.view.layout import picture

UNITS = ("step", "block", "section", "gradient", "epoch")


def screen(session: Walk) -> str:
    return picture(session, 80, 24).text()


def test_ten_thousand_random_moves_then_a_go_to_show_what_going_there_directly_shows() -> None:
    generator = random.Random(20)
    wanderer = Walk(and_trace())
    for _ in range(10_000):
        move = Move(generator.choice(UNITS), generator.choice([1, 1, -1]))
        actions = [move, ToEdge(generator.choice(["start", "end"])), ToGradient(generator.randint(1, 9)),
                   Do.TOGGLE_DERIVATION, Do.RETURN, GoTo(Cursor(generator.randint(1, 60), generator.randint(0, 239)))]
        with suppress(ActionError):
            wanderer = act(wanderer, generator.choice([move, *actions]))
    if wanderer.derivation:
        wanderer = act(wanderer, Do.TOGGLE_DERIVATION)
    for place in (Cursor(1, 38), Cursor(4, 29), Cursor(7, 239), Cursor(60, 100), wanderer.cursor):
        came, went = act(wanderer, GoTo(place)), act(Walk(and_trace()), GoTo(place))
        assert (came.cursor, came.derivation) == (went.cursor, went.derivation)
        assert screen(came) == screen(went)


def test_also_where_there_is_room_for_the_losses_of_the_epochs_before() -> None:
    wanderer = and_trace()
    for epoch in (1, 40, 3000, 7, 12):
        picture(Walk(wanderer, Cursor(epoch, 100)), 120, 50)
    assert picture(Walk(wanderer, Cursor(12, 38)), 120, 50).text() == \
        picture(Walk(and_trace(), Cursor(12, 38)), 120, 50).text()


def test_epochs_before_a_change_show_their_own_numbers() -> None:
    changed = act(act(Walk(and_trace(), Cursor(3, 0)), WhatIf("y row 2 = 1")), WhatIf("lr = 2"))
    update = screen(act(changed, GoTo(Cursor(1, 239))))
    assert "w13   0.8      −  0.5·(−0.01520)   =   0.80760" in update
    assert "the learning rate lr is 0.5" in update


def test_a_picture_does_not_turn_training_back() -> None:
    """While a far epoch is on its way, pictures may need other epochs: for the losses of the last ones."""
    trace = and_trace()
    session = Walk(trace, Cursor(900, 5))
    way = trace.train_towards(900_000)
    reached = [next(way) for _ in range(3)]
    picture(session, 120, 50)
    assert next(way) > reached[-1] > reached[0]

"""A picture depends on the place alone, not on the way there."""

import random
from contextlib import suppress

from engine.trace.cursor import Cursor
from engine.walk.session import (
    ActionError,
    GoTo,
    Move,
    Return,
    Session,
    ToEdge,
    ToggleDerivation,
    ToGradient,
    WhatIf,
    act,
)
from lessons import and_trace
from tui.view.layout import picture

UNITS = ("step", "block", "section", "gradient", "epoch")


def screen(session: Session) -> str:
    return picture(session, 80, 24).text()


def test_ten_thousand_random_moves_then_a_go_to_show_what_going_there_directly_shows() -> None:
    generator = random.Random(20)
    wanderer = Session(and_trace())
    for _ in range(10_000):
        move = Move(generator.choice(UNITS), generator.choice([1, 1, -1]))
        actions = [move, ToEdge(generator.choice(["start", "end"])), ToGradient(generator.randint(1, 9)),
                   ToggleDerivation(), Return(), GoTo(Cursor(generator.randint(1, 60), generator.randint(0, 239)))]
        with suppress(ActionError):
            wanderer = act(wanderer, generator.choice([move, *actions]))
    if wanderer.derivation:
        wanderer = act(wanderer, ToggleDerivation())
    for place in (Cursor(1, 38), Cursor(4, 29), Cursor(7, 239), Cursor(60, 100), wanderer.cursor):
        came, went = act(wanderer, GoTo(place)), act(Session(and_trace()), GoTo(place))
        assert (came.cursor, came.derivation) == (went.cursor, went.derivation)
        assert screen(came) == screen(went)


def test_also_where_there_is_room_for_the_losses_of_the_epochs_before() -> None:
    wanderer = and_trace()
    for epoch in (1, 40, 3000, 7, 12):
        picture(Session(wanderer, Cursor(epoch, 100)), 120, 50)
    assert picture(Session(wanderer, Cursor(12, 38)), 120, 50).text() == \
        picture(Session(and_trace(), Cursor(12, 38)), 120, 50).text()


def test_epochs_before_a_change_show_their_own_numbers() -> None:
    changed = act(act(Session(and_trace(), Cursor(3, 0)), WhatIf("y row 2 = 1")), WhatIf("lr = 2"))
    update = screen(act(changed, GoTo(Cursor(1, 239))))
    assert "w13   0.8      −  0.5·(−0.01520)   =   0.80760" in update
    assert "the learning rate lr is 0.5" in update


def test_a_picture_does_not_turn_training_back() -> None:
    """While a far epoch is on its way, pictures may need other epochs: for the losses of the last ones."""
    trace = and_trace()
    session = Session(trace, Cursor(900, 5))
    way = trace.train_towards(900_000)
    reached = [next(way) for _ in range(3)]
    picture(session, 120, 50)
    assert next(way) > reached[-1] > reached[0]

"""The curve of the Loss in words."""

import pytest

from engine.export.losses_in_words import losses_in_words
from engine.trace.history import History
from engine.trace.variants import parse_variant
from lessons import load


@pytest.mark.parametrize(("lesson", "last", "epoch", "said"), [
    ("and-gate", 4, 4, "Loss falls from 0.25781 to 0.20235 in 4 epochs, fastest in epoch 2. In epoch 4 it is 0.20235."),
    ("chain-rule", 1, 1, "L is −8 in epoch 1. Not below −8.5, as the goal is, in any of them."),
    ("saturation", 100, 7,
     "Loss hardly falls from 0.98240 to 0.97133 in 100 epochs. In epoch 7 it is 0.98203."),
    ("xor-stuck", 2000, 3,
     "Loss falls from 0.38624 to 0.16669 in 2000 epochs, fastest between epochs 1 and 4, nearly all of it by epoch 42; "
     "it wobbles: it rises again and again in between. In epoch 3 it is 0.31536."),
    ("deeper", 20, 8,
      "Loss falls from 0.25607 to 0.16387 in 20 epochs, fastest in epoch 2; it wobbles: it rises again and again "
      "in between. "
     "It is least in epoch 19: 0.14788. In epoch 8 it is 0.19844."),
    ("momentum", 30, 19,
     "Loss falls from 11.235 to 0.00512 in 30 epochs, fastest in epoch 5; it rises in epochs 15 to 19. "
     "Below 0.01, as the goal is, in epoch 30. In epoch 19 it is 0.20225."),
    ("learning-rate", 20, 6,
     "Loss falls from 11.235 to 5.89e−13 in 20 epochs, fastest in epoch 2, nearly all of it by epoch 3. "
     "Below 0.01, as the goal is, in epoch 6. In epoch 6 it is 0.00360."),
])
def test_what_there_is_to_see(lesson: str, last: int, epoch: int, said: str) -> None:
    history = History(load(lesson))
    for _ in history.train_losses(last):
        pass
    assert losses_in_words(history, last, epoch) == said


def test_training_that_diverges() -> None:
    history = parse_variant("lr = 4", load("learning-rate")).history
    for _ in history.train_losses(200):
        pass
    assert losses_in_words(history, 200, 3) == (
        "Loss diverges from 11.235 to 9.57e305 in 136 epochs. From epoch 137 on training has diverged: it is no number "
        "any more. Not below 0.01, as the goal is, in any of them. In epoch 3 it is 355576.")


def test_what_is_not_trained_yet() -> None:
    history = History(load("and-gate"))
    assert losses_in_words(history, 20, 4) == "Loss is not known yet."
    history.epoch(3)
    assert losses_in_words(history, 20, 4) == (
        "Loss falls from 0.25781 to 0.21640 in 3 epochs, fastest in epoch 2. The epochs after 3 are not trained yet.")

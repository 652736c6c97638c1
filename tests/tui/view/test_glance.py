"""Training at a glance as a picture and in words: what stands where, at which size; what keys make of the value."""

import pytest

from engine.learner.progress import Bookmark
from engine.trace.cursor import Cursor
from engine.walk.opening import open_walk
from engine.walk.walk import Walk
from tui.config.keys import GLANCE
from tui.view import glance, layout
from tui.view.canvas import Canvas
from tui.view.glance import Glance
from tui.view.glance_picture import lesson_width, picture
from tui.view.glance_words import say_all
from tui.view.glyphs import Spelling, ascii_form


def seen(lesson: str = "and-gate", at: Cursor = Cursor(3, 38), *keys: str) -> tuple[Walk, Glance]:  # noqa: B008
    """A walk, and what is looked at after some keys, all of it trained."""
    walk = open_walk(Bookmark(lesson, at))
    now = glance.begin(walk)
    for key in keys:
        now = glance.press(now, key, walk)
    for curve in glance.curves(now, walk):
        for _ in curve.history.train_losses(now.last):
            pass
    walk.trace.epoch(now.epoch)
    return walk, now


@pytest.mark.parametrize("name", [command.id for command in GLANCE.commands if command.id not in ("on", "leave")])
def test_each_of_its_keys_does_something_and_curves_have_names_of_their_own(name: str) -> None:
    walk = open_walk(Bookmark("and-gate", Cursor(3, 0)))
    before = glance.begin(walk)
    now = glance.press(before, name, walk)
    assert now != before
    labels = [curve.label for curve in glance.curves(now, walk)]
    assert len(set(labels)) == len(labels)


def shown(walk: Walk, now: Glance, width: int, height: int, spelled: Spelling = str) -> list[str]:
    def draw_lesson(width: int, height: int) -> Canvas:
        return layout.picture(walk, width, height, spelled)
    return picture(now, walk, width, height, spelled, draw_lesson).text().split("\n")


AT_80 = """\
 handgrad  training  AND gate, by hand                       you are in epoch 3
─ Loss ────────────── + − span  l log ─ ─ A5 over x1 and x2 ────────── ↑ ↓ 1/2 ─
Loss  epoch 3: 0.21640                     x2│▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
    │ ⠱⡀ :                                   │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
    │  ⠑⢄:                                   │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
 0.2├    •⠤⡀                                1│▓▓▓▓▓ 0! ▓▓▓▓▓▓▓▓▓ 1 ▓▓▓▓▓
    │    : ⠈⠑⠤⢄⡀                             │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
    │    :     ⠈⠉⠑⠒⠤⠤⣀⡀                      │▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
    │    :            ⠈⠉⠑⠒⠤⠤⣀             0.5│▓▓▓▓▓▓▓▓▓⡠⣄⣀▓▓▓▓▓▓▓▓▓▓▓▓▓▓
    │    :                   ⠉⠉⠑⠒⠒⠢⠤⢄⣀       │▓▓▓▓▓▓▓⢀⠔⠁░⠈⠉⠓⠒⠦⢤⣀⡀▓▓▓▓▓▓▓
 0.1├    :                            ⠉      │▓▓▓▓▓▓⡠⠊░░░░░░░░░░⠉⠙⠒⠦⢤⣀⡀▓
    │    :                                  0│▓▓▓▓⢀ 0 ░░░░░░░░░ [0] ░░⠉⠉
    │    :                                   │▓▓▓⡠⠊░░░░░░░░░░░░░░░░░░░░░
    │    :                                   │▓⢀⠔⠁░░░░░░░░░░░░░░░░░░░░░░
    │    :                               −0.5│⡠⠊░░░░░░░░░░░░░░░░░░░░░░░░
   0├    :                                   └───── 0 ─── 0.5 ── 1 ── x1
    └────────────────────────────────── blank ░ 0, ▓ █ 1   line: ½
        [3]         10               20 0! wrong side   [ ] row 2
lr 0.5  0.21640                         numbers: targets
─ Epoch 3 ──────────────────────────────────────────────────────────────────────
 Loss 0.21640, 0.01815 less than before; rows right: 3 of 4.
 Loss falls from 0.25781 to 0.11743 in 20 epochs, fastest in epoch 2.

 ← → 0-9 epoch  r rates  o optimizers  w other  Esc back
"""

IN_ASCII = r"""
 handgrad  training  XOR gate, by hand                       you are in epoch 1
- Loss -------------- + - span  l log - - A5 over x1 and x2 ------ up down 1/2 -
Loss  epoch 1: 0.23146                     x2|%%%%%%%%%%%%%%%%%%%%%%%%%%
 0.3+ :||     .                              |%%%%%%%%%%%%%%%%%%%%%%%%%%
    | :||.    ||...............d.......      |%%%%%%%%%%%%%%%%%%%%%%%%%%
    | @....  |                              1|%%%%% 1 %%%%%%%%%% 0! %%%%
 0.2+ :'-...----......                       |%%%%%%%%%%%%%%%%%%%%%%%%%%
    | :  ''-''---.... '''''''''----b-..      |%%%%%%%%%%%%%%%%%%%%%%%%%%
    | :     '--.     ''----.              0.5|%%%%%%%%%%%%%%%%%%%%%%%%%%
 0.1+ :         '''-.       ''''-----.a      |%-\%%%%%%%%%%%%%%%%%%%%%%%
    | :              '|---.                  |-.|%%%%%%%%%%%%%%%%%%%%%%%
    | :                    c--''|...        0|.|%%% 0! %%%%%%%% [1] %%%#
   0+ :                             '''      |.|%%%%%%%%%%%%%%%%%%%%%###
    +----------------------------------      |/%%%%%%%%%%%%%%%%%%%%#####
     [1]            10               20  -0.5|/%%%%%%%%%%%%%%%%%%#######
a lr 1     0.23146                           +----- 0 --- 0.5 -- 1 -- x1
b lr 0.33  0.23146                      blank . 0, % # 1   line: 1/2
c lr 3     0.23146                      0! wrong side   [ ] row 2
d lr 10    0.23146                      numbers: targets
- Epoch 1 ----------------------------------------------------------------------
 Loss 0.23146; rows right: 2 of 4.
 Loss falls from 0.23146 to 0.09792 in 20 epochs, fastest in epoch 2; it rises
 in epoch 18.
 <- -> 0-9 epoch  r rates  o optimizers  z away  Esc back
"""


def test_curve_and_map_side_by_side_with_what_happened_below() -> None:
    assert "\n".join(shown(*seen(), 80, 24)) == AT_80.rstrip("\n")


def test_others_beside_in_ascii() -> None:
    assert "\n".join(shown(*seen("xor-gate", Cursor(1, 38), "rates"), 80, 24, ascii_form)) == IN_ASCII.strip("\n")


@pytest.mark.parametrize(("width", "lesson"), [(80, 80), (109, 109), (110, 80), (120, 80), (160, 106), (240, 160)])
def test_beside_it_the_lesson_keeps_80_columns_or_more(width: int, lesson: int) -> None:
    assert lesson_width(width) == lesson


def test_beside_the_lesson_the_curve_stands_above_the_map() -> None:
    walk, now = seen()
    lines = shown(walk, now, 120, 40)
    alone = layout.picture(walk, 80, 40).text().split("\n")
    assert [line[:80].rstrip() for line in lines[:-1]] == alone[:-1]
    assert {line[80] for line in lines[:-1]} == {"│"}
    beside = [line[81:] for line in lines]
    heads = [y for y, line in enumerate(beside) if line.startswith("─ ")]
    assert [beside[y].split(" ─")[0] for y in heads] == ["─ Loss", "─ A5 over x1 and x2", "─ Epoch 3"]
    assert lines[-1].endswith("Enter keep beside  Esc back")


@pytest.mark.parametrize(("keys", "last"), [
    ([], 20), (["more"], 50), (["more", "more"], 100), (["fewer"], 10), (["fewer"] * 9, 5), (["more"] * 30, 10**6),
    (["last", "more", "fewer", "fewer"], 20)])
def test_a_curve_is_as_long_as_is_wished_and_holds_the_epoch_in_sight(keys: list[str], last: int) -> None:
    walk = open_walk(Bookmark("and-gate", Cursor(3, 38)))
    now = glance.begin(walk)
    for key in keys:
        now = glance.press(now, key, walk)
    assert now.last == last


@pytest.mark.parametrize(("lesson", "epoch", "last"), [
    ("and-gate", 4, 20), ("and-gate", 21, 50), ("worked-example", 1, 100), ("xor-stuck", 1, 20),
    ("and-gate", 100_000, 100_000)])
def test_at_first_it_holds_the_epoch_in_hand_and_the_goals(lesson: str, epoch: int, last: int) -> None:
    walk = open_walk(Bookmark(lesson, Cursor(1, 38)))
    assert glance.begin(walk._replace(cursor=Cursor(epoch, 0))).last == last


def test_what_is_not_trained_is_not_told() -> None:
    walk = open_walk(Bookmark("and-gate", Cursor(3, 38)))
    now = glance.press(glance.begin(walk), "last", walk)
    text = "\n".join(shown(walk, now, 80, 24))
    assert " training: epoch 0 of 20" in text
    assert " Loss not trained yet.\n Loss is not known yet.\n" in text
    assert walk.trace.history.losses_until == 0


def test_who_is_asked_sees_no_map_before_the_loss() -> None:
    walk, now = seen("and-gate", Cursor(3, 28))
    texts = ["\n".join(shown(walk._replace(mode="by hand", cursor=Cursor(3, at)), now, 80, 24)) for at in (28, 29)]
    assert [("There is a map once Loss is worked" in text, "numbers: targets" in text) for text in texts] == [
        (True, False), (False, True)]


@pytest.mark.parametrize(("width", "height"), [(80, 24), (120, 40), (60, 20)])
def test_why_nothing_more_is_learnt_stands_below_the_pictures_whole(width: int, height: int) -> None:
    walk, now = seen("xor-stuck", Cursor(2000, 3))
    said = " ".join(line[81 if width == 120 else 0:].strip() for line in shown(walk, now, width, height))
    assert "Over A3 and A4 rows 1, 2 and 4 lie at one place, though their targets differ: no line parts them." in said


def test_diverged_training_says_what_to_do() -> None:
    walk, now = seen("learning-rate", Cursor(1, 3))
    variant = glance.enter(now._replace(names=True, line=glance.Line.of("lr = 1e9")), walk).variants[0]
    diverged = walk._replace(trace=walk.trace.with_numbers_of(variant.history.lesson))
    now = glance.look_at(glance.begin(diverged), 100, diverged)
    diverged.trace.epoch(100)
    assert "Training has diverged" in next(iter(say_all(now, diverged)))


def test_all_of_it_is_said_in_words_what_stands_beside_too() -> None:
    walk, now = seen("and-gate", Cursor(1, 38), "optimizers", "epoch", "epoch", "epoch")
    first, curve, *others = say_all(now, walk)
    assert first == "Loss 0.20235, 0.01404 less than before; rows right: 4 of 4. Goal reached."
    assert curve == "Loss falls from 0.25781 to 0.11743 in 20 epochs, fastest in epoch 2."
    assert [text.split(": ")[0] for text in others[:3]] == ["momentum lr 0.5", "adam lr 0.5", "rmsprop lr 0.5"]
    assert [text.split(", A5 is")[0] for text in others[3:]] == ["Over x1 and x2", "Over A3 and A4"]

"""What is heard, word by word: the command by a pipe, and in a terminal."""


import pytest

from command import run
from terminal import Terminal

PRACTICE = """\
> practise
practise: type each number, or a formula; the verdict comes at once, what you know is filled in; hint helps, Enter \
alone fills in; watch ends it
∂Z5/∂A3, row 1, gradient of w13 = ?
> 0.77
0.77 is not what ∂Z5/∂A3 comes to. Look at the sum that makes this Z: what multiplies this A in it?
∂Z5/∂A3 = ?
> hint
∂Z5/∂A3 = w35
∂Z5/∂A3 = ?
> table
row 1: x1 1, x2 1, y 1, A5 0.70889, right
row 2: x1 1, x2 0, y 0, A5 0.54983, wrong
row 3: x1 0, x2 1, y 0, A5 0.59387, wrong
row 4: x1 0, x2 0, y 0, A5 0.53991, wrong
∂Z5/∂A3 = ?
> -0.4
Right. ∂Z5/∂A3 = −0.4.
∂A3/∂Z3 = ?
> 0.3
0.3 can come about in 2 ways. Which was it?
1 or a: it is A
2 or b: it is Z itself
1 to 2? Enter alone passes
> 1
0.3 is A: the slope of the activation at Z belongs there. f(Z) flows forward, f′(Z) belongs to the backward pass.
∂A3/∂Z3 = ?
> go
go: expected EPOCH or EPOCH:STEP, such as 4 or 1:38
∂A3/∂Z3 = ?
> skip
∂A3/∂Z3 = 1. Z3 is above 0: ReLU has slope 1 there.
Once more, on row 2: 5 numbers filled in on the way.
∂A3/∂Z3, row 2 = ?
> watch
watch: Enter gives the next number, help the commands; practise, by hand and find the mistake ask you
epoch 1, step 38 of 239: row 2, gradient of w13, ∂Z5/∂A3 = w35 = −0.4
> exit
"""
EXAM = """\
> by hand
by hand: type every number, or a formula; the verdicts come at the end of a row's chain; Enter alone leaves one open, \
back changes the last; watch ends it, with the verdicts so far
A5, row 4 (x1 0, x2 0, y 0) = ?
> 0.54
written down
(y−A5)² = ?
> table
row 1: x1 1, x2 1, y 1, A5 0.70889, right
row 2: x1 1, x2 0, y 0, A5 0.54983, wrong
row 3: x1 0, x2 1, y 0, A5 0.59387, wrong
row 4: x1 0, x2 0, y 0, A5 0.54 (yours, not judged yet)
(y−A5)² = ?
> ?
By hand there are no hints; a number may be left open.
(y−A5)² = ?
> help table
table or t: the table of rows, with what is reached
(y−A5)² = ?
> where
epoch 1, step 27 of 239: row 4, A5 = 0.54 (yours, not judged yet)
(y−A5)², row 4 (x1 0, x2 0, y 0) = ?
> back
you wrote 0.54; Enter alone keeps it
A5, row 4 (x1 0, x2 0, y 0) = ?
> 0.53
written down
(y−A5)² = ?
> 0.53^2
0 of 2 right, 1 follows from what is not.
A5: 0.53 is not what A5 comes to. Put Z through this unit's activation. It is 0.53991.
(y−A5)²: That follows from your 0.53 for A5; with the right number (y−A5)² = 0.29151.
Loss = ?
> quit
"""


GREETING = 4  # lines before the place


def lines_of(transcript: str) -> list[str]:
    return [line.removeprefix("> ") for line in transcript.splitlines() if line.startswith("> ")]


@pytest.mark.parametrize(("place", "transcript"), [("1:31", PRACTICE), ("1:26", EXAM)])
def test_by_a_pipe_all_is_heard_on_stdout(place: str, transcript: str) -> None:
    result = run("play", "and-gate", "--at", place, stdin="".join(f"{line}\n" for line in lines_of(transcript)))
    assert (result.returncode, result.stderr) == (0, "")
    heard = result.stdout.splitlines()
    assert heard[GREETING].startswith("epoch 1, step ")
    assert heard[GREETING + 1:] == [line for line in transcript.splitlines() if not line.startswith("> ")]


@pytest.mark.parametrize(("place", "transcript"), [("1:31", PRACTICE), ("1:26", EXAM)])
def test_in_a_terminal_what_is_asked_is_the_last_thing_heard(place: str, transcript: str) -> None:
    with Terminal("play", "and-gate", "--at", place, "--plain", PYTHONUTF8="1") as terminal:
        terminal.child.expect_exact("\r\n> ")
        heard = ""
        for line in lines_of(transcript)[:-1]:
            terminal.child.sendline(line)
            terminal.child.expect_exact("\r\n> ")
            heard += f"> {terminal.child.before.decode()}\r\n"
        terminal.child.sendline(lines_of(transcript)[-1])
        assert terminal.end() == 0
    assert heard.replace("\r\n", "\n") == transcript[:transcript.rindex("> ")]

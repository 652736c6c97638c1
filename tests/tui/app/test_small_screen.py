"""The compact screen with real keys: the table and the network open and close, whatever is under way."""

from screens import shown, write

from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.app.board import Board

SMALL = (60, 20)


def app_at(step: int) -> HandgradApp:
    return HandgradApp(Walk(and_trace(), Cursor(1, step), "and-gate"))


def what_stands_below_the_first_line(app: HandgradApp) -> str:
    return shown(app).split("\n")[1].strip("─ ").split("  ")[0].split(" ─")[0]


async def test_a_key_each_opens_and_closes_the_table_and_the_network() -> None:
    app = app_at(38)
    async with app.run_test(size=SMALL) as pilot:
        before = shown(app)
        for keys, title in (("t", "Truth table"), ("t", "Row 2"), ("T", "Network, row 2"), ("t", "Truth table"),
                            ("⎋", "Row 2"), ("T", "Network"), ("T", "Row 2"), ("T⎋", "Row 2")):
            await write(pilot, keys)
            assert what_stands_below_the_first_line(app).startswith(title), keys
        assert shown(app) == before
        await write(pilot, "t→→")
        assert app.walk.cursor == Cursor(1, 40)
        assert "▸ 1  0  0  0.54983" in shown(app)
        assert "[0.01201]" not in shown(app)


async def test_they_open_while_something_is_typed_and_what_is_typed_stays() -> None:
    app = app_at(38)
    async with app.run_test(size=SMALL) as pilot:
        await write(pilot, "p0.5")
        for key, title in (("ctrl+t", "Truth table"), ("ctrl+n", "Network"), ("ctrl+n", "Row 2"),
                           ("ctrl+t", "Truth table"), ("escape", "Row 2")):
            await pilot.press(key)
            await pilot.pause()
            assert what_stands_below_the_first_line(app).startswith(title), key
            assert "∂A3/∂Z3 = 0.5" in shown(app)
            assert (app.walk.mode, app.walk.typed) == ("practise", "0.5")
        await write(pilot, "tT")
        assert app.walk.typed == "0.5tT"


async def test_they_open_while_the_mistake_is_looked_for_and_while_verdicts_are_read() -> None:
    app = app_at(38)
    async with app.run_test(size=SMALL) as pilot:
        await write(pilot, "ft")
        assert app.walk.mode == "find"
        assert "Truth table" in shown(app)
        assert "One of these numbers is wrong. Which?" in shown(app)
        await write(pilot, "⎋")
        assert app.walk.mode == "find"
        await write(pilot, "⎋⇥⇥0.3⏎")
        await write(pilot, "⎋")  # handed in
        assert app.walk.results.is_open
        await write(pilot, "T")
        assert "Network" in shown(app)
        await write(pilot, "⎋")
        assert app.walk.results.is_open
        assert "By hand" in shown(app)


async def test_who_writes_the_letter_of_a_key_is_told_which_key_it_is_now() -> None:
    app = app_at(44)
    async with app.run_test(size=SMALL) as pilot:
        for keys, said in (("p", ""), ("t0.5⏎", "The table is Ctrl+T"), ("t", ""), ("t⏎", "The table is Ctrl+T"),
                           ("?", ""), ("t⏎", "The table is Ctrl+T"), ("!", ""), ("⎋⇥⇥T⏎", "The network is Ctrl+N")):
            await write(pilot, keys)
            words = " ".join(shown(app).split())
            assert said in words, keys
            assert said or "while you are asked" not in words, keys


async def test_nobody_is_told_the_key_of_what_is_on_the_screen() -> None:
    app = app_at(44)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "pt⏎")
        assert "I can't read \"t\"" in shown(app)
        assert "while you are asked" not in shown(app)


async def test_what_is_to_be_read_or_found_closes_what_stands_over_it() -> None:
    app = app_at(44)
    async with app.run_test(size=SMALL) as pilot:
        for keys, part in (("td", "Where sig′(Z5) comes from"), ("td", "Chain rule (1)"), ("tf", "Chain rule"),
                           ("t→", "▸ × "), ("t⏎", "is right"), ("⎋⇥⇥0.5⏎", "Chain rule (1)")):
            await write(pilot, keys)
            assert part in shown(app), keys
            assert "Truth table" not in shown(app), keys
        await pilot.press("ctrl+t")
        await write(pilot, "0.5⏎")
        assert "Truth table" in shown(app)
        await write(pilot, "0.5⏎")  # the last one of its row
        assert "By hand, epoch 1, (1) w13, row 3: 0 of 3 right" in shown(app)
        await pilot.press("ctrl+t")
        await write(pilot, "↓")
        assert "By hand, epoch 1, (1) w13, row 3: 0 of 3 right" in shown(app)


async def test_the_keys_that_are_named_are_those_that_work_and_esc_closes_before_all_else() -> None:
    app = app_at(44)
    async with app.run_test(size=SMALL) as pilot:
        for keys, leave in (("p", "Esc watch"), ("⎋f", "Esc leave"), ("⎋⇥⇥0.5⏎", "Esc hand in")):
            await write(pilot, keys)
            assert shown(app).split("\n")[-1].count("Esc") == shown(app).split("\n")[-1].count(leave) == 1, keys
            await pilot.press("ctrl+t")
            await pilot.pause()
            assert leave not in shown(app), keys
            assert "Esc back" in shown(app), keys
            await write(pilot, "⎋")
            assert leave in shown(app), keys
        await write(pilot, "0.5⏎0.5⏎")  # where a letter begins the next answer
        assert "Ctrl+T table  Ctrl+N network" in shown(app)
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "Ctrl+T back  Ctrl+N network" in shown(app)


async def test_where_both_are_on_the_screen_the_keys_say_so_and_every_size_keeps_the_rest() -> None:
    app = app_at(38)
    async with app.run_test(size=(80, 24)) as pilot:
        before = shown(app)
        await write(pilot, "t")
        assert "the table is on the screen" in shown(app)
        await write(pilot, "⎋p0.5")
        asked = shown(app)
        for size in (SMALL, (79, 40), (60, 19), (40, 10), SMALL):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            assert "∂A3/∂Z3 = 0.5" in shown(app), size
        await pilot.press("ctrl+t")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.pause()
        assert shown(app) == asked
        await pilot.press("escape")  # which closes nothing here
        await pilot.pause()
        assert app.walk.mode == "watch"
        assert shown(app) == before


async def test_the_cursor_stands_on_the_number_in_hand() -> None:
    app = app_at(38)
    async with app.run_test(size=SMALL) as pilot:
        await write(pilot, "→")
        x, y = app.cursor_position
        line = app.screen.query_one(Board).render_line(y).text
        assert line[x - 1:x + 2] == "[1]"
        assert line.startswith("▸ × ∂A3/∂Z3")

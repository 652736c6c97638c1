"""What people write in TOML that it does not know: each slip is named, with its line and what to write instead."""

from pathlib import Path

import pytest

from engine.lesson.lesson import LessonError, load_file, parse, shipped_lessons

GOOD = shipped_lessons()["and-gate"].read_text("utf-8")
RATE, TITLE, HIDDEN, INPUTS = "learning_rate = 0.5", 'title = "AND gate, by hand"', '"relu" }]', '["x1", "x2"]'
ROWS = "[[1, 1, 1], [1, 0, 0]"


def said_of(text: str) -> str:
    with pytest.raises(LessonError) as caught:
        parse(text, "and.toml")
    return str(caught.value).removeprefix("and.toml: ")


@pytest.mark.parametrize(("written", "said"), [
    ("0,5", "line 36: decimal comma; write 0.5 for 0,5"), (",5", "line 36: decimal comma; write 0.5 for ,5"),
    ("1,000", "line 36, column 17: comma in a number; write a point, or nothing, in its place"),
    ("1.000,5", "line 36: decimal comma; write 1000.5 for 1.000,5"),
    ("-1,000.5", "line 36: comma in a number; write -1000.5 for -1,000.5"),
    ("1/2", "line 36: fraction; write 0.5 for 1/2"), ("½", "line 36: fraction; write 0.5 for ½"),
    ("−0.5", "line 36: typographic minus; write -0.5 for −0.5"),
    ("–0,5", "line 36: typographic minus; write -0.5 for –0,5"),
    ("2^-3", "line 36, column 18: not TOML: something behind the value"), ("2^3", "line 36: power; write 8 for 2^3"),
    ("1e−3", "line 36: typographic minus; write 1e-3 for 1e−3"),
    (".4", "line 36: no digit before the point; write 0.4 for .4"),
    ("4.", "line 36: no digit behind the point; write 4.0 for 4."),
    ("05", "line 36: a zero too many in front; write 5 for 05"),
    ("- 0.5", "line 36: a space behind the sign; write -0.5 for - 0.5"),
    ("50%", "line 36: percent; write 0.5 for 50%"),
    ("０.５", "line 36: digits of another width or script; write 0.5 for ０.５"),
    ("True", "line 36: true and false have no other spelling; write true for True"),
    ("no", "line 36: true and false have no other spelling; write false for no"),
    ("", "line 36, column 15: no value; write one behind ="),
    ("0.5;", "line 36, column 20: more than a value; leave it out"),
    ("0.5 // rate", "line 36, column 21: a comment; write # before it"),
    ("0.5, fails = 3", "line 36, column 20: two keys in a line; write a line for each"),
    ("\u00a00.5", "line 36, column 17: no-break space; write a space"),
    ("\u00a0\u00a00.5", "line 36, column 17: no-break space; write a space"),
    ("0.5 from the notes", "line 36, column 21: a comment; write # before it"),
    ("0.5\u2009", "line 36, column 20: thin space; write a space"),
    ("\u30000.5", "line 36, column 17: ideographic space; write a space"),
    ("\x0b0.5", "line 36, column 17: control character U+000B; leave it out"),
])
def test_a_number_that_toml_does_not_know(written: str, said: str) -> None:
    shown = written.replace("\x0b", r"\x0b").rstrip()
    assert said_of(GOOD.replace(RATE, f"learning_rate = {written}")) == f"{said}: learning_rate = {shown}".rstrip()


@pytest.mark.parametrize(("old", "new", "said"), [
    (TITLE, "title = “and”", 'line 6: typographic quotes; write "and" for “and”: title = “and”'),
    (TITLE, "title = „and“", 'line 6: typographic quotes; write "and" for „and“: title = „and“'),
    (TITLE, "title = «and»", 'line 6: typographic quotes; write "and" for «and»: title = «and»'),
    (TITLE, 'title = "and”', 'line 6: typographic quotes; write "and" for "and”: title = "and”'),
    (TITLE, "title = \"and'", "line 6: two kinds of quotes; write \"and\" for \"and': title = \"and'"),
    (TITLE, "title = and gate", 'line 6: quotes missing; write "and gate" for and gate: title = and gate'),
    (TITLE, 'title = "and', 'line 6: a quote missing; write "and" for "and: title = "and'),
    (TITLE, 'title = and"', 'line 6: a quote missing; write "and" for and": title = and"'),
    (TITLE, "title = NOR gate, by hand", 'line 6: quotes missing; write "NOR gate, by hand" for NOR gate, by hand: '
     "title = NOR gate, by hand"),
    (TITLE, 'title = NOR gate, stuck"', 'line 6: a quote missing; write "NOR gate, stuck" for NOR gate, stuck": '
     'title = NOR gate, stuck"'),
    (TITLE, "title = “NOR’s gate”",
     'line 6: typographic quotes; write "NOR’s gate" for “NOR’s gate”: title = “NOR’s gate”'),
    (TITLE, 'title = “The "NOR" gate”', """line 6: typographic quotes; write "The 'NOR' gate" for “The "NOR" gate”: """
     'title = “The "NOR" gate”'),
    (TITLE, "title = “and\ngate”",
     'line 6, column 8: typographic quotes; write """ before and behind it: title = “and'),
    (ROWS + ", [0, 1, 0], [0, 0, 0]]", "[[1, 1, 1], [1, 0, 0], ",
     "line 17, column 30: a bracket missing; write ] here: rows = [[1, 1, 1], [1, 0, 0],  # inputs, then targets"),
    (TITLE, r'title = "a\d"', r'line 6, column 11: a backslash; write two in its place: title = "a\d"'),
    (TITLE, 'title = "and\ngate"',
     'line 6, column 9: text of several lines; write """ for " before and behind it: title = "and'),
    (INPUTS, "[x1]", 'line 15: quotes missing; write "x1" for x1: inputs = [x1]'),
    (INPUTS, '["x1, "x2"]', 'line 15: a quote missing; write "x1" for "x1: inputs = ["x1, "x2"]'),
    (INPUTS, '"x1", "x2"', 'line 15: brackets missing; write ["x1", "x2"] for "x1", "x2": inputs = "x1", "x2"'),
    (INPUTS, '["x1", "x2"', 'line 15, column 21: a bracket missing; write ] here: inputs = ["x1", "x2"'),
    (INPUTS, '["x1" "x2"]', 'line 15, column 15: a comma missing; write one here: inputs = ["x1" "x2"]'),
    (ROWS, "[[1/2, 1, 1], [1, 0, 0]", "line 17: fraction; write 0.5 for 1/2: rows = [[1/2, 1, 1], [1, 0, 0], "
     "[0, 1, 0], [0, 0, 0]] # inpu…"),
    (HIDDEN, '"relu" ]', 'line 20, column 43: a bracket missing; write } here: hidden = [{ units = 2, activation = '
     '"relu" ]'),
    ("w13 = 0.8", "w13 0.8", "line 24, column 1: no equals sign; write = between the key and its value: w13 0.8"),
    ("w13 = 0.8", "w13: 0.8", "line 24, column 4: colon; write = in its place: w13: 0.8"),
    ("w13 = 0.8", "w13 == 0.8", "line 24, column 5: two equals signs; write one: w13 == 0.8"),
    ("w13 = 0.8", "w 13 = 0.8", "line 24: a space in a key; write w13 for w 13: w 13 = 0.8"),
    ("w13 =", "\u00a0\u00a0w13 =", "line 24, column 1: no-break space; write a space: w13 = 0.8"),
    ("w13 =", "w₁₃ =", "line 24: lowered digits; write w13 for w₁₃: w₁₃ = 0.8"),
    ("w13 = 0.8", "w1,13 = 0.8", 'line 24: a comma in a key; write "w1,13" for w1,13: w1,13 = 0.8'),
    ("w13 = 0.8", "h' = 1", """line 24: a prime in a key; write "h'" for h': h' = 1"""),
    ("w13 = 0.8", "größe = 1", 'line 24: letters that need quotes in a key; write "größe" for größe: größe = 1'),
    ("w13 =", "w13\u00a0=", "line 24, column 4: no-break space; write a space: w13\u00a0= 0.8"),
    ("w13 = 0.8", "w13 = 0.8\nw13 = 1", "line 25: w13 a second time; it stands on line 24 already: w13 = 1"),
    ("units = 2", "units = 2, units = 3", "line 20: units a second time; both in this line: hidden = [{ units = 2, "
     "units = 3, activation = \"relu\" }]"),
    ("[training]", "[data]", "line 34: [data] a second time; it stands on line 14 already: [data]"),
    ("[[notes]]", "[notes]", "line 51: [notes] a second time, as on line 43; write [[notes]] each time: [[notes]]"),
    ("[[notes]]", "[notes]]", "line 43: a list of tables; write [[notes]] for [notes]]: [notes]]"),
    ("[training]", "[training", "line 34: a bracket missing; write [training] for [training: [training"),
    ("[training]", "training]", "line 34: a bracket missing; write [training] for training]: training]"),
    ("[training]", "[[training]", "line 34: a bracket too many; write [training] for [[training]: [[training]"),
    ("[goal]\nrows_right = 4\nepoch = 4", "goal = { loss_below = 0,05, epoch = 8 }",
     "line 39: decimal comma; write 0.05 for 0,05: goal = { loss_below = 0,05, epoch = 8 }"),
    ("[goal]\nrows_right = 4\nepoch = 4", "goal = { rows_right = 4, # all\n  epoch = 8,\n}",
     "line 39, column 8: a table in braces; write all of it in one line: goal = { rows_right = 4, # all"),
    ("[goal]\nrows_right = 4\nepoch = 4", "goal = { rows_right = 4, epoch = 8, }",
     "line 39, column 35: a comma before }; leave it out: goal = { rows_right = 4, epoch = 8, }"),
    (TITLE, 'title = "The "NOR" gate"',
     """line 6: quotes in quotes; write "The 'NOR' gate" for "The "NOR" gate": title = "The "NOR" gate\""""),
    (TITLE, "title = 'It's'", """line 6: quotes in quotes; write "It's" for 'It's': title = 'It's'"""),
    (INPUTS, "“x1”, “x2”", 'line 15: typographic quotes, and brackets missing; write ["x1", "x2"] for “x1”, “x2”: '
     "inputs = “x1”, “x2”"),
    (ROWS, "[(1, 1, 1), (1, 0, 0)", "line 17, column 9: parentheses; write [ and ] in their place: rows = [(1, 1, 1), "
     "(1, 0, 0), [0, 1, 0], [0, 0, 0]] # inputs…"),
    (ROWS, "[[0,5; 1; 0]", "line 17: semicolons; write [0.5, 1, 0] for [0,5; 1; 0]: rows = [[0,5; 1; 0], "
     "[0, 1, 0], [0, 0, 0]] # inputs, then ta…"),
    (ROWS, "[[1, 1, 1], …", "line 17, column 20: dots; write what they stand for: rows = [[1, 1, 1], …, [0, 1, 0], "
     "[0, 0, 0]] # inputs, then t…"),
    ("format = 1", "NOR with two units\nformat = 1",
     "line 4, column 1: a comment; write # before it: NOR with two units"),
    ("format = 1", "// x\nformat = 1", "line 4, column 1: a comment; write # before it: // x"),
    ("format = 1", "\ufeffformat = 1",
     r"line 4, column 1: zero width no-break space; write a space: \ufeffformat = 1"),
    ("[training]", "[[training]]", "training: a list of 1; expected a table with loss, learning_rate, order, "
     "batch, optimizer, weight_decay, fixed, begun by "
     "[training] (line 34)"),
])
def test_a_slip_elsewhere(old: str, new: str, said: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    assert said_of(text) == said


def test_a_table_for_a_list_of_tables() -> None:
    assert said_of(GOOD[:GOOD.index("[[notes]]")] + "[notes]\ntext = 'x'\n") == (
        "notes: a table; expected a list of 1 to 200 notes, each begun by [[notes]] (line 43)")


@pytest.mark.parametrize(("written", "said"), [
    ("0.5.1", "line 36, column 20: not TOML: something behind the value: learning_rate = 0.5.1"),
    ("O.5", "line 36, column 17: not TOML: no value that TOML knows: learning_rate = O.5"),
    ('""a"', 'line 36, column 19: not TOML: something behind the value: learning_rate = ""a"'),
    ('"a" "b"', 'line 36, column 21: not TOML: something behind the value: learning_rate = "a" "b"'),
    ("a = b", "line 36, column 17: not TOML: no value that TOML knows: learning_rate = a = b"),
    ("1/0", "line 36, column 18: not TOML: something behind the value: learning_rate = 1/0"),
    ("😀", "line 36, column 17: not TOML: no value that TOML knows: learning_rate = 😀"),
])
def test_no_slip_is_named_that_is_not_there(written: str, said: str) -> None:
    assert said_of(GOOD.replace(RATE, f"learning_rate = {written}")) == said


def test_slips_are_told_in_one_go_each_in_its_line_as_it_was_written() -> None:
    text = GOOD
    for old, new in (("0.8", "0,8"), ("-0.6\n", "−0.6, b3 = 0.1\n"), ("b3 = 0.1\nw14", "w14"), (RATE, f"{RATE};")):
        text = text.replace(old, new, 1)
    assert said_of(text).split("\nand.toml: ") == [
        "line 24: decimal comma; write 0.8 for 0,8: w13 = 0,8",
        "line 25: typographic minus; write -0.6 for −0.6: w23 = −0.6, b3 = 0.1",
        "line 25, column 11: two keys in a line; write a line for each: w23 = −0.6, b3 = 0.1",
        "line 35, column 20: more than a value; leave it out: learning_rate = 0.5;"]


def test_what_has_no_repair_is_the_last_that_is_told_and_slips_are_counted() -> None:
    text = GOOD.replace("0.8", "0,8").replace(RATE, "learning_rate = O.5").replace("rows_right = 4", "rows_right = ½")
    assert said_of(text).split("\nand.toml: ")[1:] == [
        "line 36, column 17: not TOML: no value that TOML knows: learning_rate = O.5"]
    many = said_of(GOOD.replace("rows = ", "rows = [\n" + 30 * "[½, 1, 1],\n" + "] # ")).split("\nand.toml: ")
    assert (len(many), many[19][:17], many[20]) == (21, "line 37: fraction", "and more; these are the first 20")


def test_what_never_ends_is_said_where_it_begins() -> None:
    text = GOOD[:GOOD.index('"""\nnext')]
    assert said_of(text) == 'line 7: text without its closing """: introduction = """'


@pytest.mark.parametrize(("old", "new", "said"), [
    ('= """', '= ""', 'line 2: a quote is missing; write """ for "": text = ""'),
    ('first."""', 'first.""', 'line 3: a quote is missing; write """ for "": The first.""'),
    ('first."""', "first.", 'line 2: text without its closing """: text = """'),
    ('= """', "= ", 'line 3: text without its opening """: The first."""'),
    ('last."""', 'last.""', 'line 6: a quote is missing; write """ for "": The last.""')])
def test_a_text_of_several_lines_that_lost_a_quote(old: str, new: str, said: str) -> None:
    text = '# """ is no text\ntext = """\nThe first."""\nkind = "loss"\nnext = """\nThe last."""\n'
    assert said_of(text.replace(old, new, 1)) == said


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_line_is_right_whatever_the_editor_writes(tmp_path: Path, line_end: str, mark: str) -> None:
    path = tmp_path / "and.toml"
    for old, new, said in ((RATE, "learning_rate = 0,5", "line 36: decimal comma"), ("0.8", '"x"', "(line 24)")):
        path.write_bytes((mark + GOOD.replace(old, new)).replace("\n", line_end).encode())
        with pytest.raises(LessonError) as caught:
            load_file(str(path))
        assert said in str(caught.value)


@pytest.mark.parametrize(("content", "said"), [
    (GOOD.replace("AND gate", "Größe").encode("latin-1", "replace"),
     'line 6: not UTF-8; expected a file saved as UTF-8: title = "Gr\ufffd\ufffde, by hand"'),
    (GOOD.encode("utf-32"), "saved as UTF-32; expected a file saved as UTF-8"),
    (GOOD.encode("utf-32-be"), "saved as UTF-32; expected a file saved as UTF-8"),
    (GOOD.encode("utf-16"), "saved as UTF-16; expected a file saved as UTF-8"),
    (GOOD.encode("utf-16-le"), "saved as UTF-16; expected a file saved as UTF-8"),
])
def test_a_file_in_another_encoding(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "and.toml"
    path.write_bytes(content)
    with pytest.raises(LessonError) as caught:
        load_file(str(path))
    assert str(caught.value) == f"{path}: {said}"


@pytest.mark.parametrize("text", [
    'x = "' + "\n".join('"' * 900 for _ in range(70)), "x = [" + "1,5\n" * 16_000, "x = [\n" + "[1, 2],\n" * 8_000
    + "−1", "\n".join("[" * 1990 for _ in range(32)), "x = [\n" + " \n" * 30_000 + "!", "a = 1/2\n" * 8_000,
    "x = {" + "a = “1”, " * 200 + "\n" + "# \n" * 20_000, "x = [\n" + '"' + "\\\n" * 30_000], ids=range(8))
def test_hostile_files_are_told_of_too(text: str) -> None:
    """At once: repairs are tried only as long as little is read for it."""
    assert said_of(text[:65_000])

"""On which line a key stands: where it was written, or nowhere."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from engine.lesson.key_lines import key_places, line_finder, table_of_key
from engine.lesson.lesson import shipped_lessons
from engine.lesson.schema import join_keys

NAMES = st.sampled_from(["a", "b-1", "w1,13", "x y", "#", "[", "ö", "a.b", "=", "'", "1"])
SCALARS = st.sampled_from(["1", "-0.5", "true", "1979-05-27 07:32:00", '"x = 1 # ]"', "'\\'", '""', "'''\n[a]\n\n'''",
                           '"""\n"a" = 1\n[[b]] \\"\n"""', '"""x"""""', "'''''''"])
GAPS = st.sampled_from(["", " ", "\t", "\n", "\n\n", " # ],[ }\n", "#\n "])


def key_lines(text: str) -> dict[str, int]:
    line_at = line_finder(text)
    return {key: line_at(place) for key, place in key_places(text).items()}


class Page:
    """A text that is written piece by piece, and where each key came to stand."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.text, self.lines = draw, "", dict[str, int]()

    def write(self, text: str) -> None:
        self.text += text

    def mark(self, path: str) -> None:
        self.lines[path] = self.text.count("\n") + 1

    def key(self, name: str) -> None:
        self.write(name if self.draw(st.booleans()) and name in ("a", "b-1", "1") else f'"{name}"')

    def value(self, path: str, depth: int = 0) -> None:
        kind = self.draw(st.sampled_from(["scalar", "list", "table"] if depth < 3 else ["scalar"]))
        if kind == "scalar":
            self.write(self.draw(SCALARS))
        elif kind == "list":
            self.write("[")
            for index in range(self.draw(st.integers(0, 3))):
                self.write(self.draw(GAPS))
                self.mark(f"{path}[{index}]")
                self.value(f"{path}[{index}]", depth + 1)
                self.write(f"{self.draw(GAPS)},")
            self.write(f"{self.draw(GAPS)}]")
        else:
            self.write("{")
            for place, name in enumerate(self.draw(st.lists(NAMES, max_size=3, unique=True))):
                self.write(" , " if place else " ")
                self.pair(path, name, depth + 1)
            self.write("}")

    def pair(self, path: str, name: str, depth: int = 0) -> None:
        path = join_keys(path, name)
        self.mark(path)
        self.key(name)
        self.write(" = ")
        self.value(path, depth)

    def pairs(self, path: str) -> None:
        for name in self.draw(st.lists(NAMES, max_size=3, unique=True)):
            self.write(self.draw(st.sampled_from(["", "\t", "\n\n", "# a = 1\n"])))
            self.pair(path, name)
            self.write("\n")


@st.composite
def pages(draw: st.DrawFn) -> Page:
    page, headers = Page(draw), draw(st.lists(NAMES, max_size=3, unique=True))
    page.pairs("top")  # dotted: top.a
    page.text, page.lines = "", {}
    for name in headers:
        is_list = draw(st.booleans())
        for index in range(draw(st.integers(1, 3)) if is_list else 1):
            path = f"{join_keys('', name)}[{index}]" if is_list else join_keys("", name)
            page.mark(path)
            page.write("[[" if is_list else "[")
            page.key(name)
            page.write("]] # a = 1\n" if is_list else " ]\n")
            page.pairs(path)
            if draw(st.booleans()):
                page.mark(join_keys(path, "in"))
                page.write("[")
                page.key(name)
                page.write(" . in]\n")
                page.pairs(join_keys(path, "in"))
    return page


@given(pages())
def test_a_key_is_found_where_it_was_written(page: Page) -> None:
    tomllib.loads(page.text)
    assert key_lines(page.text) == page.lines


def test_every_key_of_the_course_is_found() -> None:
    """Every one that the document has, but for tables that no header names."""
    for path in shipped_lessons().values():
        text = path.read_text("utf-8")
        lines, written = key_lines(text), text.split("\n")
        for key in _keys(tomllib.loads(text), ""):
            assert key.rpartition(".")[2].partition("[")[0].strip('"') in written[lines[key] - 1]


def _keys(table: dict[str, object], key: str) -> list[str]:
    found = []
    for name, value in table.items():
        path = join_keys(key, name)
        if isinstance(value, dict):
            found += _keys(value, path)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            found += [each for k, entry in enumerate(value) for each in _keys(entry, f"{path}[{k}]")]
        else:
            found.append(path)
    return found


def test_what_is_not_understood_has_no_line() -> None:
    assert key_lines("a = 1\nb = = 2\nc = 3\n") == {"a": 1, "b": 2}
    long = "x" * 70
    assert key_lines(f"{long}1 = 1\n{long}2 = 2\n") == {}  # both are cut to the same


def test_the_table_of_a_key() -> None:
    assert [table_of_key(key) for key in ("a", "a.b", 'parameters."w1.13"', "notes[2].text")] == [
        "", "a", "parameters", "notes[2]"]

"""The rules of the house, one test for each, which lists every offender."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSES = ("engine", "tui")
MOST_LINES = 300
MOST_NAMES = 12  # as many as one sees at a glance
WITHOUT_TEXTUAL = ("tui/view", "tui/config", "tui/plain")


def sources(*folders: str, root: Path = ROOT) -> list[Path]:
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def require_none(offenders: Iterable[str]) -> None:
    if found := sorted(offenders):
        pytest.fail("\n".join(found), pytrace=False)


def module_of(path: Path, root: Path = ROOT) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts)


def imports(path: Path, root: Path = ROOT) -> set[str]:
    """All that a file imports, anywhere in it: inside functions and for type checkers too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = module_of(path, root).split(".")[:-node.level] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def is_of(module: str, *packages: str) -> bool:
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def rooms_used(root: Path = ROOT) -> dict[str, set[str]]:
    """Which other rooms each room imports; a room is a package of the first floor."""
    used: dict[str, set[str]] = {}
    for path in sources(*HOUSES, root=root):
        room = ".".join(module_of(path, root).split(".")[:2])
        others = {".".join(name.split(".")[:2]) for name in imports(path, root) if is_of(name, *HOUSES)}
        used.setdefault(room, set()).update(other for other in others - {room} if "." in other)
    return used


def rooms_in_circles(used: Mapping[str, set[str]]) -> list[str]:
    """The rooms that import each other, if only by way of others; in order, rooms that nothing is left of go first."""
    left = dict(used)
    while free := [room for room in left if not left.keys() & left[room]]:
        for room in free:
            del left[room]
    while unused := [room for room in left if not any(room in others for others in left.values())]:
        for room in unused:
            del left[room]
    return [f"{room} → {', '.join(sorted(left.keys() & left[room]))}" for room in sorted(left)]


def test_the_engine_knows_nothing_of_terminals() -> None:
    require_none(f"{module_of(path)} → {name}" for path in sources("engine") for name in imports(path)
                 if is_of(name, "tui", "textual", "rich", "curses"))


def test_imports_between_rooms_go_one_way() -> None:
    require_none(rooms_in_circles(rooms_used()))


@pytest.mark.parametrize("way_back", [
    "def late():\n    from engine.trace.trace import Trace\n",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import engine.trace.trace\n",
    "from ..trace import trace\n",
])
def test_a_circle_is_seen(tmp_path: Path, way_back: str) -> None:
    """By way of a third room; who only uses the circle, or is used by it, is not part of it."""
    files = {"trace/trace": "import engine.walk.walk", "walk/walk": "import engine.learner.learner, engine.text.text",
             "learner/learner": way_back, "text/text": "import math", "export/export": "import engine.trace.trace"}
    for name, text in files.items():
        (tmp_path / "engine" / name).parent.mkdir(parents=True)
        (tmp_path / "engine" / f"{name}.py").write_text(text, "utf-8")
    assert rooms_in_circles(rooms_used(tmp_path)) == [
        "engine.learner → engine.trace", "engine.trace → engine.walk", "engine.walk → engine.learner"]


def test_panels_know_neither_each_other_nor_who_lays_them_out() -> None:
    panels, layout = "tui.view.panels", "tui.view.layout"
    require_none(f"{module_of(path)} → {name}" for path in sources("tui/view/panels") for name in imports(path)
                 if is_of(name, panels, layout) and name != panels)


def test_pictures_and_plain_text_need_no_textual() -> None:
    """In a process of its own, where nobody else has loaded it; each module begins anew."""
    code = "\n".join([
        "import importlib, sys",
        f"for module in {[module_of(path) for path in sources(*WITHOUT_TEXTUAL)]}:",
        "    importlib.import_module(module)",
        "    if 'textual' in sys.modules: print(module)",
        "    for name in [name for name in sys.modules if name.split('.')[0] in ('textual', 'tui')]:",
        "        del sys.modules[name]"])
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    require_none(result.stdout.split())


def test_a_first_floor_is_seen_at_a_glance() -> None:
    floors = {house: sorted({path.name for path in (ROOT / house).iterdir()} - {"__pycache__"}) for house in HOUSES}
    require_none(f"{house}: {len(names)} names: {', '.join(names)}" for house, names in floors.items()
                 if len(names) > MOST_NAMES)


def test_files_can_be_read_in_one_sitting() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in sources(*HOUSES, "tests")}
    require_none(f"{path.relative_to(ROOT)}: {count} lines" for path, count in lines.items() if count > MOST_LINES)


def test_tests_stand_in_the_rooms_that_they_test() -> None:
    folders = [path.parent.relative_to(ROOT / "tests") for path in sources("tests/engine", "tests/tui")]
    require_none({f"tests/{folder}: there is no {folder}" for folder in folders if not (ROOT / folder).is_dir()})


def test_tests_of_the_engine_know_nothing_of_terminals() -> None:
    """Nor do the helpers that they use."""
    helpers = {path.stem: path for path in sources("tests/helpers")}
    found, new = set[Path](), set(sources("tests/engine"))
    while new:
        found |= new
        new = {helpers[name] for path in new for name in imports(path) & helpers.keys()} - found
    require_none(f"{path.relative_to(ROOT)} → {name}" for path in found for name in imports(path)
                 if is_of(name, "tui", "textual", "rich"))


IRREGULAR = """begun bought broken brought built caught chosen done drawn driven eaten fallen felt forgotten found
    given gone grown heard held hidden kept known left lent lost made meant met paid proven said seen sent shown sold
    spent spoken stuck struck sworn taken taught thought thrown told understood woken won worn written"""
NO_PARTICIPLES = {"embed", "feed", "named", "need", "proceed", "seed", "speed", "succeed"}  # parameter_named(…)
ASKING = {"are", "has", "is", "was", "when"}


def is_participle(word: str) -> bool:
    """Whether it ends in -ed or is an irregular one, with re- or un- too; not those that look like their verb (put)."""
    irregular = "|".join(IRREGULAR.split())
    return word not in NO_PARTICIPLES and bool(re.fullmatch(rf"\w{{2,}}ed|(re|un)?({irregular})", word))


def reads_as_done(name: str) -> bool:
    """Whether a function is named as if somebody had already done it: `opened`, `numbers_drawn`, `turned_to`.

    Questions (is_kept, terminal_is_gone) and handlers (on_answered) may, and nouns may have one before them.
    """
    words = name.strip("_").split("_")
    while len(words) > 1 and words[-1] in {"apart", "at", "by", "of", "out", "to", "towards", "up"}:
        words.pop()
    return is_participle(words[-1]) and words[0] != "on" and ASKING.isdisjoint(words)


def functions(path: Path) -> Iterator[str]:
    """Names of functions and methods; properties are attributes to who reads them, and may be named as such."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            decorators = {ast.unparse(decorator).split(".")[-1] for decorator in node.decorator_list}
            if not decorators & {"property", "cached_property", "setter"}:
                yield node.name


@pytest.mark.parametrize("name", ["opened", "_rethought", "unheard", "numbers_drawn", "turned_to", "goal_met",
                                  "mistakes_told_apart"])
def test_a_name_that_reads_as_done_is_seen(name: str) -> None:
    assert reads_as_done(name)


@pytest.mark.parametrize("name", ["open", "is_kept", "on_paste_received", "changed_rows", "_when_answered", "put",
                                  "change_speed", "_red", "read_at", "terminal_is_gone", "parameter_named"])
def test_a_name_that_says_what_to_do_or_what_it_is_is_not(name: str) -> None:
    assert not reads_as_done(name)


def test_functions_are_named_by_what_they_do() -> None:
    require_none(f"{module_of(path)}.{name}" for path in sources(*HOUSES) for name in functions(path)
                 if reads_as_done(name))

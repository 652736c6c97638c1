"""Imports go one way: NumPy ← engine ← view ← panels ← screens ← app."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget

ROOT = Path(__file__).parent.parent
VIEW = {"tui.view.canvas", "tui.view.glyphs", "tui.view.lesson_view", "tui.view.factor_table", "tui.config.keys",
        "tui.view.prompt"}
MOST_LINES = 300


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", modules("engine"), ids=name)
def test_the_engine_knows_nothing_of_terminals(path: Path) -> None:
    assert not [found for found in imports(path) if found.split(".")[0] in ("tui", "textual", "rich", "curses")]


@pytest.mark.parametrize("path", modules("tui/panels"), ids=name)
def test_panels_draw_pictures_and_do_not_know_each_other(path: Path) -> None:
    for found in imports(path):
        assert found.split(".")[0] not in ("textual", "rich")
        assert not found.startswith("tui.view.panels.")
        assert not found.startswith("tui.") or ".".join(found.split(".")[:2]) in VIEW


@pytest.mark.parametrize("module", sorted(VIEW | {"tui.view.layout", "tui.plain.plain_mode"}))
def test_pictures_need_no_textual(module: str) -> None:
    """In a process of its own: not even by way of others."""
    code = f"import sys, {module}; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def private_parts(path: Path) -> list[str]:
    """Modules and attributes of others that are called private, where a file uses them."""
    nodes, found = list(ast.walk(ast.parse(path.read_text("utf-8")))), []
    attributes = [node for node in nodes if isinstance(node, ast.Attribute) and is_private(node.attr)]
    of_self = {node.attr for node in attributes if ast.unparse(node.value) in ("self", "cls")}
    if path.parent.name == "app":
        of_self -= names_of_textuals()
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [*(alias.name for alias in node.names), getattr(node, "module", None) or ""]
            found += [each for each in names for part in each.split(".") if is_private(part)]
    return found + [ast.unparse(node) for node in attributes if node.attr not in of_self]


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@cache
def names_of_textuals() -> set[str]:
    """What an app, a screen and a widget have of Textual: our classes inherit them as their own."""
    return set(dir(App())) | set(dir(Screen())) | set(dir(Widget()))


PRIVATE_ALLOWED = {
    "textual_private.py": ["textual._compositor"],
    "completion.py": ["parser._actions", "command._actions", "argparse._SubParsersAction"],  # there is no public way
}


def test_private_parts_of_libraries_stand_in_one_file() -> None:
    used = {f"{name(path)}: {part}" for path in modules("tui") for part in private_parts(path)
            if part not in PRIVATE_ALLOWED.get(path.name, [])}
    assert not used


def test_private_parts_are_noticed(tmp_path: Path) -> None:
    file = tmp_path / "app" / "module.py"
    file.parent.mkdir()
    file.write_text("from textual._compositor import X\nimport a._b\nfrom a import _c\nself._driver\nself._mine\n"
                    "x.y._z\nx.__doc__\n")
    assert private_parts(file) == ["textual._compositor", "a._b", "_c", "self._driver", "x.y._z"]


@pytest.mark.parametrize("path", [*modules("engine"), *modules("tui")], ids=name)
def test_files_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def test_no_import_hides_in_a_function() -> None:
    """Whoever reads the head of a file knows what it needs; what is loaded late is in a file of its own."""
    hidden = [f"{name(path)}:{node.lineno}" for path in [*modules("engine"), *modules("tui")]
              for function in ast.walk(ast.parse(path.read_text("utf-8")))
              if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
              for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [place for place in hidden if not place.startswith("engine.graph.numeric:")] == []  # NumPy, by its own proxy

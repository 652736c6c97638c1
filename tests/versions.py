"""Try handgrad with the lowest and the newest versions that its bounds allow: `python tests/versions.py`.

In fresh environments: all libraries at their newest, each at its lowest with the others at their newest, and all at
their lowest. In each of them the command walks a few steps in a pseudo-terminal, and the tests that depend most on the
libraries run. The bounds are read from pyproject.toml. It takes some minutes, and needs a package index.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "helpers"))

from terminal import Terminal  # noqa: E402

TESTS = ["tests/tui/app/test_app.py", "tests/tui/view/test_layout.py", "tests/engine/graph", "tests/engine/trace"]
ASK = "import json, sys, importlib.metadata as m; print(json.dumps({name: m.version(name) for name in sys.argv[1:]}))"


@dataclass
class Trial:
    """An environment and what became of it."""

    title: str
    pins: list[str]
    versions: dict[str, str]
    failure: str = ""


def lowest_versions(pyproject: Path) -> dict[str, str]:
    """The lower bound of each library that handgrad depends on; every one must have an upper one too."""
    found = {}
    for dependency in tomllib.loads(pyproject.read_text("utf-8"))["project"]["dependencies"]:
        bounds = re.fullmatch(r"([\w-]+)>=([\d.]+),<([\d.]+)", dependency)
        if bounds is None:
            raise SystemExit(f"{pyproject.name}: {dependency!r}: expected NAME>=LOWEST,<BOUND")
        found[bounds[1]] = bounds[2]
    return found


def trials(lowest: dict[str, str]) -> Iterator[Trial]:
    """What to try. What is not pinned is the newest that the bounds allow: so pip installs it."""
    pins = {name: f"{name}=={version}" for name, version in lowest.items()}
    yield Trial("newest", [], {})
    for name, pin in pins.items():
        yield Trial(f"lowest {name}", [pin], {})
    yield Trial("lowest", list(pins.values()), {})


def run(*command: str | Path, cwd: Path) -> str:
    """What a command writes; if it fails, the last lines are the reason."""
    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True, check=False)
    if result.returncode:
        raise AssertionError("\n".join((result.stdout + result.stderr).splitlines()[-15:]))
    return result.stdout


def walk_a_few_steps(command: Path, state: Path) -> None:
    """Forwards over one number and back, with the right place and number on the screen each time."""
    with Terminal("play", "and-gate", "--at", "1:38", command=str(command), XDG_STATE_HOME=str(state)) as terminal:
        assert "[−0.4]" in terminal.until("38/239")
        terminal.press("right")
        assert "∂A3/∂Z3 = ReLU′(Z3)" in terminal.until("39/239")
        terminal.press("left")
        terminal.until("38/239")
        terminal.press("q")
        assert terminal.end() == 0


def attempt(trial: Trial, names: list[str], folder: Path) -> None:
    """Install, walk, test; what fails is written down."""
    source, environment = folder / "source", folder / "environment"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "*.egg-info", "__pycache__"))
    try:
        run(sys.executable, "-m", "venv", environment, cwd=source)
        scripts = environment / "bin"
        run(scripts / "pip", "install", "-q", "-e", ".[test]", *trial.pins, cwd=source)
        trial.versions = json.loads(run(scripts / "python", "-c", ASK, *names, cwd=source))
        walk_a_few_steps(scripts / "handgrad", folder / "state")
        run(scripts / "pytest", "-q", "-n", str(os.cpu_count() or 1), *TESTS, cwd=source)
    except AssertionError as reason:
        trial.failure = str(reason) or "something else is on the screen"


def main() -> int:
    """Print a line for each environment; 1 if one fails."""
    lowest = lowest_versions(ROOT / "pyproject.toml")
    names = list(lowest)
    width = max(len(name) for name in names) + 8
    print(f"{'':<{width}}", *(f"{name:<10}" for name in names))
    failures = []
    for trial in trials(lowest):
        with tempfile.TemporaryDirectory(prefix="handgrad-versions-") as folder:
            attempt(trial, names, Path(folder))
        print(f"{trial.title:<{width}}", *(f"{trial.versions.get(name, '?'):<10}" for name in names),
              "fails" if trial.failure else "works", flush=True)
        if trial.failure:
            failures.append(trial)
    for trial in failures:
        print(f"\n{trial.title}:\n{trial.failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

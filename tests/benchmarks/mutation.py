"""What the tests notice: `python tests/benchmarks/mutation.py [judge | walk | progress | FILE …] [--sample N] …`.

Each mutant is the code with one small change that mutmut makes. The tests that run the changed function run on it, the
quickest first, until one fails: then it is killed. Survivors are printed as diffs; 1 if less than 85 % are killed. A
sample is drawn by its seed, the same one everywhere. Needs `pip install -e '.[test,mutation]'`.

Every run is a process of its own, forked before any of handgrad is loaded; the mutant is put in place of its module
while that is imported, so that nothing is written to the disk. One run beforehand, on the code as it is, notes which
functions each test calls and how long it takes.
"""

import argparse
import ast
import difflib
import importlib.machinery
import importlib.util
import os
import pickle
import random
import resource
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType

import hypothesis
import pytest
from mutmut.mutation.file_mutation import create_mutations, deep_replace

for name in ("numpy", "textual.app"):  # what is loaded before forking is not loaded for each mutant
    importlib.import_module(name)

ROOT = Path(__file__).parents[2]
LEAST_KILLED = 85  # per cent
GROUPS = {  # files, and the tests that concern them
    "judge": ([f"engine/tutor/{name}.py" for name in ("tutor", "answer", "known_numbers", "mistakes", "judging")],
              ["tests/engine/tutor", "tests/tui/plain/test_drill.py"]),
    "walk": (["engine/walk/*.py"],
             ["tests/engine/walk", "tests/tui/plain", "tests/tui/view/test_pictures_of_places.py",
              "tests/tui/app/test_practice.py", "tests/tui/app/test_by_hand.py", "tests/tui/app/test_lessons.py"]),
    "progress": (["engine/learner/*.py"], ["tests/engine/learner", "tests/tui/app/test_lessons.py"]),
}
ARGUMENTS = ["-q", "-x", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib"]
SLOWER, SECONDS_MORE = 5, 10  # than on the code as it is: a mutant that takes longer is killed


@dataclass(frozen=True)
class Function:
    """A function or method, by its file and lines. One whose results are kept is run by more tests than call it."""

    path: Path
    first: int
    last: int
    is_cached: bool


@dataclass(frozen=True)
class Mutant:
    """One change of a function, and the file's text with it."""

    function: Function
    text: str

    def diff(self) -> str:
        """What was changed."""
        lines = difflib.unified_diff(self.function.path.read_text("utf-8").splitlines(), self.text.splitlines(), n=0,
                                     lineterm="", fromfile=str(self.function.path.relative_to(ROOT)))
        return "\n".join(line for line in lines if not line.startswith("+++"))


@dataclass
class Run:
    """A pytest plugin: which tests run, in which order; how long each takes and, if `noted`, which code it calls."""

    noted: set[str] = field(default_factory=set)
    order: dict[str, int] | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    calls: dict[str, set[tuple[str, int]]] = field(default_factory=dict)

    def pytest_configure(self) -> None:
        """A counterexample need not be made small."""
        steady = hypothesis.settings.get_profile("steady")
        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
        hypothesis.settings.register_profile("quick", steady, phases=phases, database=None)
        hypothesis.settings.load_profile("quick")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Choose and sort."""
        if self.order is not None:
            chosen = [item for item in items if item.nodeid in self.order]
            items[:] = sorted(chosen, key=lambda item: self.order[item.nodeid])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Time it, and note what it calls."""
        seen: set[CodeType] = set()

        def note(frame: FrameType, event: str, _: object) -> None:
            if event == "call":
                seen.add(frame.f_code)
        if self.noted:
            threading.setprofile(note)
            sys.setprofile(note)
        start = time.process_time()
        result = yield
        self.seconds[item.nodeid] = time.process_time() - start
        sys.setprofile(None)
        self.calls[item.nodeid] = {(code.co_filename, code.co_firstlineno) for code in seen
                                   if code.co_filename in self.noted}
        return result


class Substitute(importlib.machinery.SourceFileLoader):
    """Loads a module from another text than its file's."""

    def __init__(self, name: str, path: Path, text: str) -> None:
        super().__init__(name, str(path))
        self._text = text

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        """The other text's."""
        return compile(self._text, self.path, "exec", dont_inherit=True)

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """As a finder it knows this one module."""
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None


def functions(path: Path) -> list[Function]:
    """Outermost functions and methods of a file."""
    found, ahead = [], list(ast.parse(path.read_text("utf-8")).body)
    for node in ahead:
        if isinstance(node, ast.ClassDef):
            ahead += node.body
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min(part.lineno for part in (node, *node.decorator_list))
            is_cached = any("cache" in ast.unparse(decorator) for decorator in node.decorator_list)
            found.append(Function(path, first, node.end_lineno or first, is_cached))
    return found


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change that mutmut knows, inside functions."""
    text, known = path.read_text("utf-8"), functions(path)
    module, mutations, *_ = create_mutations(str(path), text)
    for mutation in mutations:
        mutated = deep_replace(module, mutation.original_node, mutation.mutated_node).code
        pairs = enumerate(zip(text.splitlines(), mutated.splitlines(), strict=False), 1)
        line = next((number for number, (before, after) in pairs if before != after), None)
        function = next((each for each in known if line and each.first <= line <= each.last), None)
        if function:
            yield Mutant(function, mutated)


def fork(work: Callable[[], int]) -> int:
    """Start a process that does some work, silently, and tells by its exit code how it went."""
    if child := os.fork():
        return child
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(silence, stream)
    os._exit(work())


def survey(files: Iterable[Path], tests: Sequence[str], folder: Path) -> Run:
    """The tests on the code as it is."""
    run, kept = Run({str(path) for path in files}), folder / "survey"

    def work() -> int:
        code = pytest.main([*ARGUMENTS, f"--basetemp={folder / 'clean'}", *tests], [run])
        kept.write_bytes(pickle.dumps((run.seconds, run.calls)))
        return int(code)
    if os.waitpid(fork(work), 0)[1]:
        raise SystemExit("the tests fail on the code as it is")
    run.seconds, run.calls = pickle.loads(kept.read_bytes())
    return run


def try_mutant(mutant: Mutant, clean: Run, folder: Path) -> Callable[[], int]:
    """The work of one process: the tests that run the function, on the mutant. Its code is 0 if none of them fails."""
    function = mutant.function
    tests = [test for test, calls in clean.calls.items() if function.is_cached or any(
        name == str(function.path) and function.first <= line <= function.last for name, line in calls)]
    tests.sort(key=lambda test: clean.seconds[test])

    def work() -> int:
        if not tests:
            return 0
        limit = int(SLOWER * sum(clean.seconds[test] for test in tests)) + SECONDS_MORE
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        signal.alarm(SLOWER * limit)  # a mutant may also wait for ever
        name = ".".join(function.path.relative_to(ROOT).with_suffix("").parts)
        sys.meta_path.insert(0, Substitute(name, function.path, mutant.text))
        run = Run(order={test: place for place, test in enumerate(tests)})
        files = sorted({test.partition("::")[0] for test in tests})
        return int(pytest.main([*ARGUMENTS, f"--basetemp={folder}", *files], [run]))
    return work


def survivors(chosen: Sequence[Mutant], clean: Run, folder: Path) -> Iterator[Mutant]:
    """Those that no test notices, as they are found; as many at once as there are processors."""
    running: dict[int, Mutant] = {}
    ahead = list(enumerate(chosen))[::-1]
    while ahead or running:
        while ahead and len(running) < (os.cpu_count() or 1):
            number, mutant = ahead.pop()
            running[fork(try_mutant(mutant, clean, folder / str(number)))] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            yield mutant


def expand(names: Iterable[str]) -> Iterator[tuple[list[Path], list[str]]]:
    """Files and tests for each group that is named, whole or by some of its files."""
    groups = {name: ([path for pattern in files for path in sorted(ROOT.glob(pattern))], tests)
              for name, (files, tests) in GROUPS.items()}
    asked = {name for name in names if name not in groups}
    if unknown := [name for name in asked if not any((ROOT / name) in files for files, _ in groups.values())]:
        raise SystemExit(f"{', '.join(unknown)}: expected {', '.join(groups)} or one of their files")
    for name, (files, tests) in groups.items():
        chosen = [path for path in files if name in names or str(path.relative_to(ROOT)) in asked]
        if chosen:
            yield chosen, tests


def main() -> int:
    """Print every survivor, and a line for each file; 1 if too many survive."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("what", nargs="*", default=list(GROUPS), help="judge, walk, progress, or files of theirs")
    parser.add_argument("--sample", type=int, default=400, metavar="N", help="mutants at most (400)")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    options = parser.parse_args()
    os.chdir(ROOT)
    start = time.monotonic()
    groups = [(files, tests, [mutant for path in files for mutant in mutants(path)])
              for files, tests in expand(options.what)]
    everything = [mutant for *_, of_group in groups for mutant in of_group]
    sample = set(random.Random(options.seed).sample(range(len(everything)), min(options.sample, len(everything))))
    chosen = {id(everything[index]) for index in sample}
    tried: Counter[Path] = Counter()
    survived: Counter[Path] = Counter()
    with tempfile.TemporaryDirectory(prefix="handgrad-mutation-") as name:
        for number, (files, tests, of_group) in enumerate(groups):
            folder = Path(name) / str(number)
            folder.mkdir()
            of_sample = [mutant for mutant in of_group if id(mutant) in chosen]
            clean = survey(files, tests, folder)
            print(f"{len(of_sample)} mutants, {len(clean.seconds)} tests", flush=True)
            tried.update(mutant.function.path for mutant in of_sample)
            for mutant in survivors(of_sample, clean, folder):
                survived[mutant.function.path] += 1
                print(mutant.diff(), flush=True)
    print(f"\n{'':<34} mutants killed")
    for path, count in tried.items():
        print(f"{path.relative_to(ROOT)!s:<34} {count:>7} {100 * (count - survived[path]) / count:>5.0f} %")
    killed = 100 * (1 - survived.total() / max(tried.total(), 1))
    seconds = time.monotonic() - start
    print(f"{f'of {len(everything)} in all':<34} {tried.total():>7} {killed:>5.1f} % in {seconds:.0f} s")
    return int(killed < LEAST_KILLED)


if __name__ == "__main__":
    sys.exit(main())

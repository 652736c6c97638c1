"""What a session costs, beside others: `python tests/benchmarks/footprint.py [RUNS]`.

All in one run, taking turns; medians. Beside handgrad stand an empty Textual app, a floor app (three bordered panels
and a footer, 40 cells written a key), and vim and less where they are installed. The ratio is to the floor app.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path
from shutil import which

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "helpers"))

from terminal import COMMAND, Terminal

TEXT = Path(__file__).resolve()
KEYS, FLOOD, THIRTY = 40, 2000, 30
SILENCE = 0.25  # seconds after which a screen is settled


def commands() -> dict[str, list[str]]:
    """What is measured, by name."""
    python = sys.executable
    found = {"handgrad": [str(COMMAND), "play", "and-gate", "--at", "1:29"],
             "empty app": [python, str(HERE / "baselines" / "empty_app.py")],
             "floor app": [python, str(HERE / "baselines" / "floor_app.py")]}
    for name, arguments in (("vim", ["-u", "NONE", "-N"]), ("less", [])):
        if path := which(name):
            found[name] = [path, *arguments, str(TEXT)]
    return found


def settled(terminal: Terminal, begun: float) -> tuple[float, int]:
    """Milliseconds from `begun` to the last byte before a silence, and how many bytes came."""
    last, size = begun, 0
    wait = 10.0
    while piece := terminal.piece(wait):
        last, wait, size = time.perf_counter(), SILENCE, size + len(piece)
    return 1000 * (last - begun), size


def memory(pid: int) -> float:
    """Proportional set size in MB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def measured(command: list[str]) -> dict[str, float]:
    """One session: its start, some keys, its memory, a flood of keys."""
    begun = time.perf_counter()
    with Terminal(*command[1:], command=command[0], XDG_STATE_HOME=tempfile.mkdtemp()) as terminal:
        results = {"first full frame, ms": settled(terminal, begun)[0]}
        times, sizes = [], []
        for _ in range(KEYS):
            begun = time.perf_counter()
            terminal.child.send("\x1b[C")
            milliseconds, size = settled_key(terminal, begun)
            times.append(milliseconds)
            sizes.append(size)
        results |= {"key to settled screen, ms": statistics.median(times), "bytes a key": statistics.median(sizes),
                    "memory (PSS), MB": memory(terminal.child.pid)}
        begun = time.perf_counter()
        terminal.child.send("\x1b[C" * FLOOD)
        results[f"{FLOOD} keys at once, ms"] = settled(terminal, begun)[0]
    return results


def settled_key(terminal: Terminal, begun: float) -> tuple[float, int]:
    """The same for one key, which is answered at once or not at all."""
    last, size, wait = begun, 0, 0.3
    while piece := terminal.piece(wait):
        last, wait, size = time.perf_counter(), 0.05, size + len(piece)
    return 1000 * (last - begun), size


def thirtieth(command: list[str]) -> float:
    """The memory of the last of thirty sessions at once."""
    terminals = [Terminal(*command[1:], command=command[0], XDG_STATE_HOME=tempfile.mkdtemp()) for _ in range(THIRTY)]
    try:
        for terminal in terminals:
            settled(terminal, time.perf_counter())
        return memory(terminals[-1].child.pid)
    finally:
        for terminal in terminals:
            terminal.child.close(force=True)


def main(runs: int) -> None:
    """Measure and print."""
    results: dict[str, list[dict[str, float]]] = {name: [] for name in commands()}
    for _ in range(runs):
        for name, command in commands().items():
            results[name].append(measured(command))
    rows = list(results["handgrad"][0])

    def median(name: str, row: str) -> float:
        return statistics.median(run[row] for run in results[name])
    print(f"{'':28}" + "".join(f"{name:>18}" for name in results))
    for row in rows:
        floor = median("floor app", row) or 1.0
        print(f"{row:28}" + "".join(
            f"{median(name, row):>10.1f}{median(name, row) / floor:>6.2f} x" for name in results))
    print(f"{'the 30th session, PSS, MB':28}" + "".join(
        f"{thirtieth(commands()[name]):>10.1f}{'':8}" for name in ("handgrad", "empty app", "floor app")))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

"""What the system knows of a process."""

import os
from pathlib import Path


def processor_time(pid: int) -> float:
    """Milliseconds of CPU so far, of all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

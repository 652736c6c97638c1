"""A lesson's trace written out: JSON and CSV for programs, Markdown and text for people, a script for PyTorch.

A writer takes a trace, a number of epochs and which part of them (`Selection`; without one all), and yields pieces of
text, so that memory stays flat.
"""

from collections.abc import Iterator
from typing import Protocol

from engine.export import csv_trace, json_trace, pytorch, text_trace
from engine.export.selection import Selection
from engine.trace.trace import Trace


class Writer(Protocol):
    """Writes a trace in one format."""

    def __call__(self, trace: Trace, epochs: int, selection: Selection | None = None) -> Iterator[str]:
        """Pieces of text."""


WRITERS: dict[str, Writer] = {
    "text": text_trace.write_text,
    "md": text_trace.write_markdown,
    "csv": csv_trace.write,
    "json": json_trace.write,
    "pytorch": pytorch.write,
}

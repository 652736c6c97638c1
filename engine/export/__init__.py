"""A lesson's trace written out: JSON and CSV for programs, Markdown and text for people.

A writer takes a trace and a number of epochs and yields pieces of text, so that memory stays flat.
"""

from collections.abc import Callable, Iterator

from engine.export import csv_trace, json_trace, worksheet
from engine.trace.trace import Trace

Writer = Callable[[Trace, int], Iterator[str]]
WRITERS: dict[str, Writer] = {
    "text": worksheet.write_text,
    "md": worksheet.write_markdown,
    "csv": csv_trace.write,
    "json": json_trace.write,
}

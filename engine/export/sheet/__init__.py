"""A lesson on a sheet of paper, with blanks for every number that is asked for; its key, with these numbers.

A writer takes sheets and yields pieces of text, each sheet on a page of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from engine.export.sheet.html import write_html
from engine.export.sheet.markdown import write_markdown
from engine.export.sheet.sheet import Sheet
from engine.export.sheet.text import write_text

SHEET_WRITERS: Mapping[str, Callable[[Iterable[Sheet]], Iterator[str]]] = {
    "text": write_text, "md": write_markdown, "html": write_html}

"""A lesson's trace written out: JSON and CSV for programs, Markdown and text for people."""

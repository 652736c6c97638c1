"""Lessons: TOML in, a lesson or every problem with it out; notes and goals; those that come with handgrad."""

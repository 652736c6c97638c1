"""The key table, and what a learner's configuration makes of it."""

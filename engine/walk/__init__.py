"""One learner on one lesson, as a value, and one transition for each action."""

"""Questions, verdicts, hints, the classical mistakes, and starting values that teach."""

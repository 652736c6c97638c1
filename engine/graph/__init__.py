"""What is differentiated: units, parameters, functions, their formulas, and the passes over all rows."""

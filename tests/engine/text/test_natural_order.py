"""Names in the order in which people number them."""

from engine.text.natural_order import natural_order


def test_numbers_count_and_neither_case_nor_accents_part_what_belongs_together() -> None:
    ordered = ["1", "01-and", "2-or", "3", "10-Xor", "10-xor", "Ähre", "arm", "B2", "b10", "Größe", "z", "λ"]
    assert sorted(ordered[5:] + ordered[:5], key=natural_order) == ordered

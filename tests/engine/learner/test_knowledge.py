"""Knowledge tracing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner.knowledge import WORDS, Knowledge, Skill


def test_bayesian_knowledge_tracing_by_hand() -> None:
    """slope has the defaults: start 0.2, learn 0.1, guess 0.2, slip 0.1."""
    right = Knowledge().observe("slope", True).skill("slope")
    p = 0.18 / (0.18 + 0.16)
    assert right.known == pytest.approx(p + (1 - p) * 0.1)
    wrong = Knowledge().observe("slope", False).skill("slope")
    p = 0.02 / (0.02 + 0.64)
    assert wrong.known == pytest.approx(p + (1 - p) * 0.1)
    assert (right.attempts, right.right, wrong.attempts, wrong.right) == (1, 1, 1, 0)


def test_three_right_answers_master_a_skill_and_a_wrong_one_asks_again() -> None:
    knowledge = Knowledge()
    for _ in range(3):
        assert not knowledge.is_mastered("slope")
        knowledge = knowledge.observe("slope", True)
    assert knowledge.is_mastered("slope")
    assert not knowledge.observe("slope", False).is_mastered("slope")


@given(st.sampled_from(sorted(WORDS)), st.lists(st.booleans(), max_size=60))
def test_what_is_known_is_a_chance(name: str, answers: list[bool]) -> None:
    knowledge = Knowledge()
    for is_right in answers:
        before = knowledge.skill(name).known
        knowledge = knowledge.observe(name, is_right)
        assert 0 < knowledge.skill(name).known < 1
        assert knowledge.skill(name).known > before or not is_right
    assert knowledge.skill(name).attempts == len(answers)


def test_known_to_95_percent_is_mastered() -> None:
    assert Knowledge({"slope": Skill(0.95, 5, 5)}).is_mastered("slope")
    assert not Knowledge({"slope": Skill(0.9499, 5, 5)}).is_mastered("slope")


def test_a_number_that_is_read_off_is_guessed_more_easily_so_being_right_says_less() -> None:
    known = [Knowledge().observe(name, True).skill(name).known for name in ("slope", "weight", "input", "bias")]
    assert known == sorted(known, reverse=True)
    assert len(set(known)) == 4


def test_of_two_sessions_the_one_with_more_evidence_counts() -> None:
    """Not the one that makes the learner look better."""
    much, little = Knowledge({"slope": Skill(0.3, 9, 2)}), Knowledge({"slope": Skill(0.9, 2, 2)})
    assert much.merge(little) == little.merge(much) == much

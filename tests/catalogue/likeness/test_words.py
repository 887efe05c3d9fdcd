"""What the numbers of the trees are called."""

from __future__ import annotations

import re

import pytest

from nn_doctor.catalogue.likeness import words
from nn_doctor.catalogue.likeness.forest import forest
from nn_doctor.catalogue.likeness.portrait import LOSS, TWO

ABBREVIATION = re.compile(r"\b(val|sigma|lr|z|p)\b(?! value)|(?<!Kendall's )\btau\b")
IN_BRACKETS = tuple(f"({analyzer.__name__})" for analyzer in (*LOSS, *TWO))
LONGEST = 160


def test_every_name_of_the_trees_has_a_phrase():
    assert [name for name in forest().names if words.phrase(name) is None] == []


def test_phrases_are_words():
    said = {words.called(name).text for name in forest().names}
    assert {text for text in said if set("_{}#:") & set(text) or "  " in text or len(text) > LONGEST} == set()
    assert {text for text in said if ABBREVIATION.search(text) or text.endswith(IN_BRACKETS)} == set()


@pytest.mark.parametrize(
    ("name", "numbers", "said"),
    [
        (
            "train: place of the lowest point",
            (0.23, 0.6, 1.0),
            "place of the lowest point of the train loss, of the run: 23% (nine of ten healthy runs: 60% to 100%)",
        ),
        (
            "ND101 relative_fall",
            (0.0, 0.201, 0.999),
            "fall of the loss from its start to its lowest level, of its start: 0% "
            "(nine of ten healthy runs: 20% to 100%)",
        ),
        (
            "validation: kink (plateau)",
            (0.5, 3.25, 4.0),
            "time the validation loss takes from its first level to half of its fall, against the time before: "
            "0.5 times (nine of ten healthy runs: 3.2 to 4 times)",
        ),
        (
            "validation metric: rise in third 3, of the range",
            (-2.0, -1.36, 4e8),
            "rise of the validation metric over the last third of the run, of its range (lower taken as better): "
            "-2 times (nine of ten healthy runs: -1.4 to 1000 times or more)",
        ),
        (
            "train: step (leap)",
            (0.5, 0.0, 0.01),
            "largest rise of the train loss from one point to the next, of its median: 200% "
            "(nine of ten healthy runs: 0% to 4%)",
        ),
        (
            "learning rate: logged",
            (1.0, 0.0, 0.0),
            "whether the log has the learning rate: yes (nine of ten healthy runs: no)",
        ),
        ("ND406 terms", (12.0, 1.0, 3.0), "terms of the loss: 12 (nine of ten healthy runs: 1 to 3)"),
        (
            "reward: most jumps of the level",
            (0.1, 0.0, 0.05),
            "usual step of the reward from point to point where it is the most, of its level: 10% "
            "(nine of ten healthy runs: 0% to 5%)",
        ),
    ],
)  # fmt: skip
def test_numbers_have_units(name, numbers, said):
    assert words.sentence(name, *numbers) == said


def test_a_number_beyond_the_usual_is_written_so_that_it_shows():
    said = words.sentence("train: end (noise)", 0.992, 0.0879, 0.991)
    assert said == "level of the train loss at the end, of its median: 99.2% (nine of ten healthy runs: 8.79% to 99.1%)"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("train: new_thing (some_analyzer)", "new thing of the train loss"),
        ("ND999 odd_share", "ND999 odd share"),
        ("brand new", "brand new"),
        ("elsewhere: a_number", "a number of elsewhere"),
    ],
)
def test_what_has_no_phrase_is_told_by_its_name(name, text):
    assert words.phrase(name) is None
    assert words.sentence(name, 1.5, 0.0, 1.0) == f"{text}: 1.5 (nine of ten healthy runs: 0 to 1)"


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (0.0, "share", "0%"),
        (-1e-9, "share", "0%"),
        (4.19e-5, "share", "0.0042%"),
        (1.47, "share", "147%"),
        (-25.0, "share", "-25 times"),
        (float("inf"), "times", "1000 times or more"),
        (float("-inf"), "share", "-1000 times or less"),
        (2.0e-4, "size", "0.0002"),
        (1e12, "size", "1e+12"),
        (1234.0, "count", "1234"),
        (0.0, "whether", "no"),
    ],
)
def test_numbers_are_rounded(value, kind, said):
    assert words.written((value,), kind) == (said,)

"""Names in other languages, and names in English that must stay as they are."""

from __future__ import annotations

import pytest

from nn_doctor.series import metric_words, words
from nn_doctor.series.languages import in_english
from nn_doctor.series.roles import meaning_of


@pytest.mark.parametrize(
    ("name", "metric", "split"),
    [
        ("Trainingsverlust", "loss", "train"),
        ("Validierungs-Verlust", "loss", "val"),
        ("Verlust (Validierung)", "loss", "val"),
        ("Genauigkeit", "accuracy", "none"),
        ("pérdida de validación", "loss", "val"),
        ("perdida_entrenamiento", "loss", "train"),
        ("perda (treino)", "loss", "train"),
        ("perte d'entraînement", "loss", "train"),
        ("perte de validation", "loss", "val"),
        ("训练损失", "loss", "train"),
        ("验证集准确率", "accuracy", "val"),
        ("検証損失", "loss", "val"),
        ("검증 손실", "loss", "val"),
        ("потери (обучение)", "loss", "train"),
    ],
)
def test_a_name_in_another_language(name, metric, split):
    meaning = meaning_of(name)
    assert (meaning.metric, meaning.split, meaning.term) == (metric, split, None)


def test_english_words_stay_as_they_are():
    tables = (
        metric_words.LOSS,
        metric_words.ERRORS,
        metric_words.SCORES,
        words.INTERNAL,
        words.SCHEDULE,
        words.SYSTEM,
        words.NEUTRAL,
    )
    for table in (*tables, words.TRAIN_WORDS, words.VAL_WORDS, words.TEST_WORDS, words.GAN_TERMS, words.WHOLE_NAMES):
        for word in table:
            assert in_english(word) == word


@pytest.mark.parametrize("name", ["train_loss", "property", "overdamped", "de_en_bleu", "medium", "loss/α", "de_loss"])
def test_names_without_a_known_word_are_untouched(name):
    assert in_english(name) == name

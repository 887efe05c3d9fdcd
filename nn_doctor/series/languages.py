"""Names in other languages than English: their words for splits and metrics, put into the English the rest knows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORDS = """
loss: verlust perte perda perdida perdita verlies kayip потери потеря лосс forlust
error: fehler erreur erro errore hata ошибка fout
accuracy: genauigkeit exactitude exactitud acuracia accuratezza dogruluk точность nauwkeurigheid noggrannhet
train: trainings entrainement apprentissage entrenamiento treino treinamento addestramento egitim обучение обучения
 обучающая тренировка
validation: validierung validierungs validacion validacao validazione dogrulama валидация валидации
test: prueba teste тест тестовая
precision: precisao precisione prazision
recall: rappel recuperacao полнота
learning_rate: lernrate
"""
"""Whole words by their English; accents left off."""

_PARTS = """
learning_rate: 学习率 學習率 学習率 학습률
loss: 损失函数值 损失函数 损失值 损失 損失函數 損失関数 損失值 損失値 損失 손실 verlust
train: 训练集 训练 訓練集 訓練 学習 훈련 학습
validation: 验证集 验证 驗證集 驗證 検証 評価 검증
test: 测试集 测试 測試集 測試 テスト 테스트
accuracy: 准确率 準確率 精度 正确率 正確率 正解率 정확도 genauigkeit
precision: 精确率 精確率 適合率 정밀도
recall: 召回率 再現率 재현율
error: 误差 错误率 誤差 錯誤率 誤り率 오차 오류율 fehler
mean: 平均 평균
current: 当前 目前 現在
overall: 整体 總體 总体
of: 上的
reward: 奖励 獎勵 報酬 보상
"""
"""Parts of names written without blanks between their words."""


def _entries(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in text.strip().replace("\n ", " ").splitlines():
        english, _, words = line.partition(":")
        found.update(dict.fromkeys(words.split(), english))
    return found


_WHOLE = _entries(_WORDS)
_INSIDE = _entries(_PARTS)
_ANY_PART = re.compile("|".join(sorted(map(re.escape, _INSIDE), key=len, reverse=True)), re.IGNORECASE)
_ASCII_PARTS = [part for part in _INSIDE if part.isascii()]
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLE = re.compile(r"(?<![^\W_])(?:(?:de|del|della|di|du|da|do|des|la|le|der)(?=[\W_])|[dl]['’])", re.IGNORECASE)
"""Left out of names with a foreign word only: "de" and "da" are data sets elsewhere."""


@lru_cache(maxsize=1 << 12)
def in_english(name: str) -> str:
    """The name with foreign words for splits and metrics replaced ("训练损失"), accents left off."""
    if not name.isascii():
        name = "".join(map(_without_accent, unicodedata.normalize("NFC", name)))
    lowered = name.lower()
    parts = 0
    if not name.isascii() or any(part in lowered for part in _ASCII_PARTS):
        name, parts = _ANY_PART.subn(lambda found: f" {_INSIDE[found.group().lower()]} ", name)
    elif name.isalpha():
        return _WHOLE.get(lowered, name)
    english = _WORD.sub(lambda found: _WHOLE.get(found.group().lower(), found.group()), name)
    return _ARTICLE.sub(" ", english) if parts or english != name else name


def _without_accent(letter: str) -> str:
    """A Latin letter without its accent; letters of other scripts, whose marks change them, as they are."""
    base = unicodedata.normalize("NFD", letter)[:1]
    return base if base.isascii() else {"ı": "i"}.get(letter, letter)

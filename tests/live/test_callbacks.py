"""The callbacks inside real frameworks, where these are installed."""

from __future__ import annotations

import logging

import numpy as np
import pytest

pytestmark = pytest.mark.filterwarnings("ignore")  # the frameworks' own
RNG = np.random.default_rng(0)
X = RNG.normal(size=(64, 20)).astype("float32")
Y = RNG.integers(0, 2, 64)  # labels that have nothing to do with the inputs: only learning by heart is possible
X_VAL, Y_VAL = RNG.normal(size=(200, 20)).astype("float32"), RNG.integers(0, 2, 200)
MOST = 400


def test_keras_stops_an_overfitting_model(caplog: pytest.LogCaptureFixture, monkeypatch) -> None:
    pytest.importorskip("torch")
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    from nn_doctor.callbacks.keras import DoctorCallback

    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.layers.Dense(64, activation="relu"), keras.layers.Dense(2)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(0.01), loss)
    with caplog.at_level(logging.INFO, logger="nn_doctor"):
        history = model.fit(
            X, Y, validation_data=(X_VAL, Y_VAL), epochs=MOST, verbose=0, batch_size=64,
            callbacks=[DoctorCallback(stop_on="critical")],
        )  # fmt: skip
    assert len(history.epoch) < MOST
    assert "ND202 severe-overfitting" in caplog.text


def test_lightning_stops_an_overfitting_model(caplog: pytest.LogCaptureFixture, tmp_path) -> None:
    torch = pytest.importorskip("torch")
    lightning = pytest.importorskip("lightning.pytorch")
    from nn_doctor.callbacks.lightning import DoctorCallback

    class Model(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.net = torch.nn.Sequential(torch.nn.Linear(20, 64), torch.nn.ReLU(), torch.nn.Linear(64, 2))

        def training_step(self, batch, index):
            loss = torch.nn.functional.cross_entropy(self.net(batch[0]), batch[1])
            self.log("train_loss", loss, on_step=False, on_epoch=True)
            return loss

        def validation_step(self, batch, index):
            self.log("val_loss", torch.nn.functional.cross_entropy(self.net(batch[0]), batch[1]))

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters(), 0.01)

    torch.manual_seed(0)
    data = [torch.utils.data.TensorDataset(torch.tensor(x), torch.tensor(y)) for x, y in ((X, Y), (X_VAL, Y_VAL))]
    loaders = [torch.utils.data.DataLoader(d, batch_size=64) for d in data]
    trainer = lightning.Trainer(
        max_epochs=MOST, logger=False, enable_checkpointing=False, enable_progress_bar=False, default_root_dir=tmp_path,
        enable_model_summary=False, accelerator="cpu", callbacks=[DoctorCallback(stop_on="critical")],
    )  # fmt: skip
    with caplog.at_level(logging.INFO, logger="nn_doctor"):
        trainer.fit(Model(), *loaders)
    assert trainer.current_epoch < MOST
    assert "ND202 severe-overfitting" in caplog.text


def test_hugging_face_trainer_stops_a_training_with_a_frozen_model(caplog: pytest.LogCaptureFixture, tmp_path) -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("accelerate")
    from nn_doctor.callbacks.transformers import DoctorCallback

    class Model(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.net, self.spare = torch.nn.Linear(20, 2), torch.nn.Parameter(torch.zeros(1))

        def forward(self, x, labels):  # the graph is cut: only a parameter that does not matter gets a gradient
            logits = self.net(x).detach() + 0 * self.spare
            return {"loss": torch.nn.functional.cross_entropy(logits, labels), "logits": logits}

    torch.manual_seed(0)
    data = [{"x": x, "labels": int(y)} for x, y in zip(X, Y, strict=True)]
    arguments = transformers.TrainingArguments(
        str(tmp_path), max_steps=MOST, logging_steps=1, report_to=[], use_cpu=True, save_strategy="no",
        per_device_train_batch_size=64, disable_tqdm=True,
    )  # fmt: skip
    trainer = transformers.Trainer(Model(), arguments, train_dataset=data, callbacks=[DoctorCallback("critical")])
    with caplog.at_level(logging.INFO, logger="nn_doctor"):
        trainer.train()
    assert trainer.state.global_step < MOST
    assert "ND101 not-learning" in caplog.text

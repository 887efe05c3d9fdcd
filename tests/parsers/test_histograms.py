"""Gradient norms from TensorBoard histograms, old and new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import HistogramProto, Summary, SummaryMetadata
from tensorboard.compat.proto.tensor_pb2 import TensorProto
from tensorboard.compat.proto.types_pb2 import DT_DOUBLE
from tensorboard.summary.writer.record_writer import RecordWriter

import nn_doctor

if TYPE_CHECKING:
    from pathlib import Path

STEPS = 30


def old(tag: str, values: np.ndarray) -> Summary.Value:
    histogram = HistogramProto(
        min=values.min(), max=values.max(), num=values.size, sum=values.sum(), sum_squares=(values**2).sum()
    )
    return Summary.Value(tag=tag, histo=histogram)


def new(tag: str, values: np.ndarray) -> Summary.Value:
    counts, edges = np.histogram(values, bins=300)
    rows = np.stack([edges[:-1], edges[1:], counts], axis=1).astype("<f8")
    tensor = TensorProto(dtype=DT_DOUBLE, tensor_content=rows.tobytes())
    plugin = SummaryMetadata.PluginData(plugin_name="histograms")
    return Summary.Value(tag=tag, tensor=tensor, metadata=SummaryMetadata(plugin_data=plugin))


@pytest.mark.parametrize(("made", "tolerance"), [(old, 1e-12), (new, 0.01)])
def test_gradient_histograms_become_norms(tmp_path: Path, made, tolerance: float) -> None:
    rng, norms = np.random.default_rng(0), []
    path = tmp_path / "events.out.tfevents.1700000000.host.1.0"
    with path.open("wb") as stream:
        writer = RecordWriter(stream)
        writer.write(Event(wall_time=1.7e9, file_version="brain.Event:2").SerializeToString())
        for step in range(STEPS):
            gradient = rng.normal(size=500) / (step + 1)
            norms.append(float(np.linalg.norm(gradient)))
            scalar = Summary.Value(tag="loss", simple_value=2.0 / (step + 1))
            values = [scalar, made("gradients/layer1", gradient), made("weights/layer1", gradient)]
            for value in values:
                event = Event(wall_time=1.7e9 + step, step=step, summary=Summary(value=[value]))
                writer.write(event.SerializeToString())
    (run,) = nn_doctor.read(path)
    assert {s.name for s in run.series} == {"loss", "gradients/layer1/norm"}
    found = run.find("gradients/layer1/norm")
    assert (found.metric, found.role) == ("grad_norm", "internal")
    np.testing.assert_allclose(found.y, norms, rtol=tolerance)

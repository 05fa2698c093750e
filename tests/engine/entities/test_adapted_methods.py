"""Every way of adapting the encoder for a reader: taught, stored, served, and taken up again after a break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

pytest.importorskip("torch")

from engine import api
from engine.errors import PackUnusable
from engine.host.entities.marked import Marked, usable
from engine.host.entities.teach import make_spec
from engine.host.service import Service
from engine.runtimes.adapted import ADAPTER_FILE, read_adapter
from engine.store import packs
from engine.train.encoder.checkpoint import Checkpoint
from engine.train.entities.work import EntitySpec, TaughtEntities, teach

TEXT = "Anna Adler moved to Oslo last year."
METHODS = ("adalora", "prefix", "full")


class Ended(Exception):
    """The training was broken off."""


class Listener:
    """A link that keeps what it is sent, and may break the training off."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.last: Checkpoint | None = None
        self.steps: list[float] = []
        self.stop_after = stop_after

    def report(self, *_args: Any, values: dict[str, float] | None = None, **_more: Any) -> None:
        if values and "step" in values:
            self.steps.append(values["step"])

    def send(self, item: Checkpoint) -> None:
        self.last = item
        if self.stop_after is not None and item.step >= self.stop_after:
            raise Ended

    def check(self) -> None:
        pass


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that wait for each other in busy loops stand still beside other work."""
    monkeypatch.setattr("engine.runtimes.threads.usable_threads", lambda *_: 1)


@pytest.fixture(scope="module")
def sentences(write_sentences: Callable[[int, int], Path]) -> Marked:
    rows = [msgspec.json.decode(line) for line in write_sentences(40, 0).read_bytes().splitlines()]
    return usable("more", [{"text": row["text"], "spans": msgspec.json.encode(row["spans"]).decode()} for row in rows])


def spec_of(marked: Marked, method: str, *, epochs: int = 3, checkpoint_s: float = float("inf")) -> EntitySpec:
    request = api.TrainEntities(
        dataset="more", pack="p", method=method, device="cpu", options=api.TrainOptions(epochs=epochs, rank=4)
    )
    made = make_spec(request, marked, Marked("", [], []))
    assert made.adapt is not None
    return msgspec.structs.replace(made, adapt=msgspec.structs.replace(made.adapt, checkpoint_s=checkpoint_s))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.timeout(300)
def test_taught_stored_and_served(service: Service, write_sentences: Callable[[int, int], Path], method: str) -> None:
    service.call(api.ImportData(path=str(write_sentences(60, 0)), name="more", kind="entities", replace=True))
    trained = service.call(
        api.TrainEntities(
            dataset="more", pack=method, method=method, device="cpu", options=api.TrainOptions(epochs=4, rank=4)
        )
    )
    assert (trained.method, trained.epochs) == (method, 4)
    assert trained.promoted
    assert trained.metrics["f1"] > 0.3
    assert trained.quantisation["used_fp32"] == (method == "prefix") or trained.quantisation["fp32_served"]
    if method != "full":
        assert trained.adapter_bytes <= 2_000_000
    stored = packs.current(service.context.store, method)
    kept = read_adapter(method, stored.files[ADAPTER_FILE])
    assert any(np.abs(np.asarray(value, dtype=np.float32)).max() > 0 for value in kept.values())
    told = service.call(api.EvaluateEntities(pack=method, dataset="more"))
    assert told.f1 > 0.3
    (found,) = service.call(api.ExtractEntities(pack=method, texts=(TEXT,))).results
    assert all(TEXT[one.start : one.end] == one.text for one in found.entities)


@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("method", ["lora", *METHODS])
@pytest.mark.timeout(300)
def test_taken_up_again_it_ends_as_if_it_had_not_stopped(sentences: Marked, method: str) -> None:
    stop_after = 7 if method == "adalora" else 3
    broken = Listener(stop_after)
    with pytest.raises(Ended):
        teach(spec_of(sentences, method, checkpoint_s=0.0), broken)
    assert broken.last is not None
    spec = spec_of(sentences, method)
    again = Listener()
    found = teach(msgspec.structs.replace(spec, resume=broken.last.body), again)
    assert again.steps[0] > broken.last.step == stop_after, "what was done is not done again"
    whole = Listener()
    expected = teach(spec, whole)
    assert whole.steps[-1] == again.steps[-1] > 10  # AdaLoRA chooses its directions every ten steps
    assert found.metrics == pytest.approx(expected.metrics, abs=1e-4)
    assert adapter(found) == pytest.approx(adapter(expected), abs=1e-4)


def adapter(taught: TaughtEntities) -> np.ndarray:
    arrays = read_adapter("p", taught.files[ADAPTER_FILE])
    return np.concatenate([np.asarray(arrays[name], dtype=np.float32).ravel() for name in sorted(arrays)])


@pytest.mark.usefixtures("one_thread")
def test_a_checkpoint_of_other_texts_is_refused(sentences: Marked) -> None:
    broken = Listener(stop_after=1)
    with pytest.raises(Ended):
        teach(spec_of(sentences, "lora", checkpoint_s=0.0), broken)
    assert broken.last is not None
    fewer = Marked("more", sentences.texts[:30], sentences.spans[:30])
    with pytest.raises(PackUnusable, match="cannot go on from it"):
        teach(msgspec.structs.replace(spec_of(fewer, "lora"), resume=broken.last.body), Listener())

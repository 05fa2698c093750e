"""The loop: the same seed gives the same weights, also after an interruption; padding and parts change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

import torch
from msgspec.structs import replace
from tiny_bases import opened, write_base

from engine.errors import PackUnusable, TrainingDiverged
from engine.train.encoder.checkpoint import Checkpoint
from engine.train.generator.batches import batches, parts
from engine.train.generator.forecast import need_of, plan
from engine.train.generator.loop import measure, train
from engine.train.generator.model import Generator
from engine.train.generator.talks import Cut
from engine.train.generator.values import LoraSettings

SETTINGS = LoraSettings(
    rank=4, alpha=8.0, epochs=3, batch_talks=4, learning_rate=1e-2, longest=64, tokens_at_once=64, checkpoint_s=0.0,
    patience=100,
)  # fmt: skip


class Listening:
    def __init__(self, stop_after: int = 0) -> None:
        self.checkpoints: list[Checkpoint] = []
        self.stop_after = stop_after
        self.seen: list[tuple[str, dict[str, float]]] = []

    def report(self, done: int, total: int | None, stage: str, note: str = "", values: Any = None) -> None:
        self.seen.append((stage, values or {}))

    def check(self) -> None: ...

    def send(self, item: Checkpoint) -> None:
        self.checkpoints.append(item)
        if self.stop_after and len(self.checkpoints) >= self.stop_after:
            raise InterruptedError


def cuts(count: int, seed: int) -> list[Cut]:
    """Sequences of a rule that can be learned: what follows a token is the next one."""
    random = np.random.default_rng(seed)
    found = []
    for number in range(count):
        length = int(random.integers(8, 30))
        tokens = (np.arange(length) + random.integers(260, 280)).astype(np.int32)
        found.append(Cut(tokens, np.arange(length) >= 3, length, number))
    return found


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Threads of so small a model only wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return write_base(tmp_path, "llama")


def learned(model: Generator) -> dict[str, torch.Tensor]:
    return {name: value.detach().clone() for name, value in model.named_parameters()}


def test_it_learns_and_the_best_weights_are_kept(base: Path) -> None:
    model, _ = opened(base)
    stop = cuts(6, 2)
    before = measure(model, stop, 64, "cpu", lambda _: None)
    outcome = train(model, cuts(24, 1), stop, SETTINGS, Listening())
    after = measure(model, stop, 64, "cpu", lambda _: None)
    assert outcome.steps == 18
    assert after.perplexity < 0.5 * before.perplexity
    assert outcome.best == pytest.approx(after.nats / after.tokens, rel=1e-5)
    looks = [point.valid_score for point in outcome.curve if point.valid_score is not None]
    assert len(looks) == 4
    assert after.right / after.tokens in looks
    assert after.right > before.right


def test_an_interrupted_training_ends_with_the_weights_of_one_that_was_not(base: Path) -> None:
    whole, _ = opened(base)
    train(whole, cuts(24, 1), cuts(6, 2), SETTINGS, Listening())
    first, _ = opened(base)
    link = Listening(stop_after=7)
    with pytest.raises(InterruptedError):
        train(first, cuts(24, 1), cuts(6, 2), SETTINGS, link)
    second, _ = opened(base)
    outcome = train(second, cuts(24, 1), cuts(6, 2), SETTINGS, Listening(), link.checkpoints[-1].body)
    assert outcome.steps == 18
    for name, value in learned(whole).items():
        assert torch.equal(value, learned(second)[name]), name
    other, _ = opened(base)
    with pytest.raises(PackUnusable, match="24 sequences"):
        train(other, cuts(20, 1), cuts(6, 2), SETTINGS, Listening(), link.checkpoints[-1].body)
    with pytest.raises(PackUnusable):
        train(other, cuts(24, 1), cuts(6, 2), SETTINGS, Listening(), link.checkpoints[-1].body[:500])


def test_parts_padding_and_computing_twice_change_nothing(base: Path) -> None:
    model, _ = opened(base)
    for _name, part in model.learned():
        torch.nn.init.normal_(part.lora_b, 0, 0.1)
    some = cuts(9, 3)
    alone = sum(measure(model, [one], 64, "cpu", lambda _: None).nats for one in some)
    together = measure(model, some, 4096, "cpu", lambda _: None)
    assert together.nats == pytest.approx(alone, rel=1e-5)
    assert together.tokens == sum(int(one.learned[1:].sum()) for one in some)

    def gradients(tokens_at_once: int, *, spare: bool) -> list[torch.Tensor]:
        model.spare = spare
        model.zero_grad()
        for batch in parts(some, range(9), tokens_at_once, "cpu"):
            wanted = batch.wanted >= 0
            loss = model.losses(model.states(batch.tokens)[wanted], batch.wanted[wanted]).sum()
            torch.autograd.backward(loss)
        return [value.grad.clone() for value in model.parameters() if value.grad is not None]

    plain = gradients(4096, spare=False)
    assert len(plain) == 28
    for other in (gradients(32, spare=False), gradients(4096, spare=True)):
        for first, second in zip(plain, other, strict=True):
            assert torch.allclose(first, second, rtol=1e-3, atol=1e-4 * float(first.abs().max()))


def test_batches_hold_each_sequence_once_and_like_lengths(base: Path) -> None:
    some = cuts(200, 4)
    made = batches(some, 8, np.random.default_rng(0))
    assert sorted(number for one in made for number in one) == list(range(200))
    spread = [max(len(some[n].tokens) for n in one) - min(len(some[n].tokens) for n in one) for one in made]
    assert np.mean(spread) < 5  # of 22


def test_it_stops_when_nothing_is_gained_and_when_the_time_is_over(base: Path) -> None:
    model, _ = opened(base)
    random = np.random.default_rng(0)
    noise = [
        Cut(random.integers(5, 320, 20).astype(np.int32), np.arange(20) > 2, 20, number) for number in range(12)
    ]  # fmt: skip
    patient = replace(SETTINGS, epochs=60, patience=2)
    outcome = train(model, noise, cuts(6, 2), patient, Listening())
    assert "gained nothing more" in outcome.stopped
    assert outcome.epochs < 60
    model, _ = opened(base)
    outcome = train(model, cuts(24, 1), cuts(6, 2), replace(SETTINGS, epochs=500, max_seconds=1.0), Listening())
    assert outcome.steps < 3000


def test_a_loss_that_is_no_number_turns_back_and_ends(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, _ = opened(base)
    broken = model.losses
    monkeypatch.setattr(
        model, "losses", lambda *given: broken(*given) * float("nan") if torch.is_grad_enabled() else broken(*given)
    )
    with pytest.raises(TrainingDiverged):
        train(model, cuts(24, 1), cuts(6, 2), SETTINGS, Listening())


def test_16_bit_weights_say_nearly_the_same(base: Path) -> None:
    from engine.runtimes.gguf.header import read_header
    from engine.runtimes.gguf.weights import Weights
    from engine.train.generator.model import open_base
    from engine.train.generator.shape import shape_of

    wide, shape = opened(base)
    header = read_header(base)
    narrow = open_base(shape_of(header), Weights(header), rank=4, alpha=8.0, kept=torch.float16)
    narrow.start(0)
    some = cuts(6, 3)
    one = measure(wide, some, 64, "cpu", lambda _: None)
    other = measure(narrow, some, 64, "cpu", lambda _: None)
    assert other.nats == pytest.approx(one.nats, rel=5e-3)
    assert other.nats != one.nats
    assert shape.tied is False


def test_the_plan_takes_the_fastest_way_that_fits(base: Path) -> None:
    from engine.runtimes.gguf.facts import facts_of
    from engine.runtimes.gguf.header import read_header
    from engine.train.generator.shape import shape_of

    header = read_header(base)
    facts, shape = facts_of(header), shape_of(header)
    large = replace_shape(shape)
    asked = LoraSettings(longest=256)
    ample, most = plan(large, facts, asked, 1e6)
    assert (ample.kept, ample.spare) == ("f32", False)
    tight, less = plan(large, facts, asked, most.total - 1)
    assert less.total <= most.total - 1
    assert tight.spare or tight.tokens_at_once < ample.tokens_at_once
    on_card, _ = plan(large, facts, replace(asked, device="cuda"), 1e6)
    assert (on_card.kept, on_card.tokens_at_once) == ("bf16", 8192)
    least, need = plan(large, facts, asked, 1.0)
    assert (least.kept, least.spare) == ("f16", True)
    assert need.total > 1.0
    assert need == need_of(large, facts, least)


def replace_shape(shape: Any) -> Any:
    return replace(shape, layers=24, width=2048, inner=8192, head=128, heads=16, kv_heads=4)

"""The loop: torch agrees with the served top, training stops early, goes back from NaN, and goes on after a break."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.errors import PackUnusable, TrainingDiverged
from engine.runtimes.adapted import open_adapted, read_adapter
from engine.runtimes.encoder import Encoder, bundled_encoder_folder
from engine.runtimes.top_weights import base_layers, read_arrays, read_places
from engine.train.classify.goal import ClassifierGoal, pooled
from engine.train.encoder.adapter import adapter_arrays, adapter_file
from engine.train.encoder.checkpoint import Checkpoint
from engine.train.encoder.layers import Top
from engine.train.encoder.loop import train
from engine.train.encoder.parts import SecondPart, split_parts
from engine.train.encoder.settings import AdaptSettings
from engine.train.encoder.states import Batch, States


class Silent:
    """A link that keeps what it is sent."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.sent: list[Checkpoint] = []
        self.told: list[dict[str, float]] = []
        self.stop_after = stop_after

    def report(self, *_args: Any, values: dict[str, float] | None = None, **_more: Any) -> None:
        self.told.append(values or {})

    def send(self, item: Checkpoint) -> None:
        self.sent.append(item)
        if self.stop_after is not None and len(self.sent) >= self.stop_after:
            raise KeyboardInterrupt

    def check(self) -> None:
        pass


class Set:
    """States, labels and base weights of a small task."""

    def __init__(self, manners: list[tuple[str, str]]) -> None:
        folder = bundled_encoder_folder()
        self.encoder = Encoder.open(folder, threads=1)
        self.texts = [text for text, _ in manners]
        self.truth = np.asarray([label == "rude" for _, label in manners], dtype=np.int64)
        self.vectors = self.encoder.embed(self.texts)
        self.states = States.read(self.encoder, [one.ids for one in self.encoder.pieces(self.texts)], 3)
        body, table = (folder / "top.onnx").read_bytes(), (folder / "top.json").read_bytes()
        self.base = base_layers(read_arrays(body, read_places(table)))
        self.taught, self.held = np.arange(120), np.arange(120, 180)

    def top(self, **settings: Any) -> Top:
        return Top(self.base, AdaptSettings(**({"rank": 4, "alpha": 8.0, "epochs": 3} | settings)))

    def goal(self) -> ClassifierGoal:
        return ClassifierGoal(self.vectors[self.taught], self.truth, 2, self.taught, self.held)


@pytest.fixture(scope="module")
def task(manners: list[tuple[str, str]]) -> Set:
    torch.set_num_threads(1)  # threads that wait for each other in busy loops stand still beside other work
    return Set(manners)


def weights(top: Top) -> np.ndarray:
    return np.concatenate([value.detach().numpy().ravel() for value in top.taught()])


def test_the_layers_in_torch_are_the_layers_that_are_served(task: Set) -> None:
    top = task.top().eval()
    batch = task.states.batch(np.arange(16))
    with torch.no_grad():
        vectors = pooled(top(batch.states, batch.attention), batch.mask).numpy()
    assert (vectors * task.vectors[:16]).sum(1).min() > 0.99


@pytest.mark.parametrize("method", ["lora", "adalora", "prefix", "full"])
def test_every_method_learns_and_is_served_as_it_was_taught(task: Set, method: str) -> None:
    rates = {"lora": 2e-3, "adalora": 5e-3, "prefix": 1e-2, "full": 3e-4}
    top, goal = task.top(method=method, learning_rate=rates[method], epochs=6), task.goal()
    outcome = train(top, goal, task.states, task.taught, top.settings, Silent())
    assert outcome.best is not None
    assert outcome.best > 0.9
    arrays = read_adapter("taught", adapter_file(adapter_arrays(top, task.states, task.taught)))
    served = open_adapted(task.encoder, arrays, "taught").embed(task.texts)
    top.eval()
    with torch.no_grad():
        batch = task.states.batch(task.held)
        vectors = pooled(top(batch.states, batch.attention), batch.mask).numpy()
    assert (served[task.held] * vectors).sum(1).min() > 0.97
    assert (vectors * task.vectors[task.held]).sum(1).mean() < 0.999, "something was learned"
    if method != "full":
        assert len(adapter_file(arrays)) < 2_000_000


def test_adalora_keeps_half_of_its_directions(task: Set) -> None:
    top = task.top(method="adalora", epochs=8, batch_texts=8)
    train(top, task.goal(), task.states, task.taught, top.settings, Silent(), watch=False)
    kept = [float(product.get_buffer("kept").sum()) for _name, product in top.products()]
    assert sum(kept) == pytest.approx(len(kept) * 4 / 2, abs=1)


def best_early(task: Set, goal: ClassifierGoal, looks: list[np.ndarray]) -> None:
    """Make the second look the best one, and keep what the top answers at each."""

    def score(top: Top, _states: States) -> float:
        with torch.no_grad():
            batch = task.states.batch(task.held)
            looks.append(pooled(top(batch.states, batch.attention), batch.mask).numpy())
        return 0.9 if len(looks) == 2 else 0.5

    goal.score = score  # type: ignore[method-assign]


@pytest.mark.parametrize("average", [0.0, 0.9])
def test_the_best_weights_come_back_with_the_directions_they_had(task: Set, average: float) -> None:
    settings = {"method": "adalora", "learning_rate": 5e-3, "epochs": 5, "batch_texts": 8, "average": average}
    top, goal, looks = task.top(**settings), task.goal(), list[np.ndarray]()
    best_early(task, goal, looks)
    train(top, goal, task.states, task.taught, top.settings, Silent())
    again: list[np.ndarray] = []
    best_early(task, goal, again)
    top.eval()
    goal.score(top, task.states)
    assert np.abs(looks[1] - looks[-1]).max() > 1e-3, "training went on after the best weights"
    assert np.allclose(again[0], looks[1], atol=1e-5)


def test_a_checkpoint_holds_the_directions_of_the_best_weights(task: Set) -> None:
    settings = {"method": "adalora", "learning_rate": 5e-3, "epochs": 5, "batch_texts": 8}
    top, goal, link, looks = task.top(**settings), task.goal(), Silent(), list[np.ndarray]()
    best_early(task, goal, looks)
    train(top, goal, task.states, task.taught, top.settings, link, keep_state=True)
    other = task.top(**settings)
    train(other, task.goal(), task.states, task.taught, other.settings, Silent(), resume=link.sent[-1].body)
    again: list[np.ndarray] = []
    best_early(task, goal, again)
    other.eval()
    goal.score(other, task.states)
    assert np.allclose(again[0], looks[1], atol=1e-5)


def test_a_loss_that_is_no_number_leaves_the_importance_of_directions_alone(task: Set) -> None:
    top = task.top(method="adalora", epochs=5, batch_texts=8)
    breaking = Breaking(task.goal(), {4, 40})
    outcome = train(top, breaking, task.states, task.taught, top.settings, Silent(), watch=False)
    assert outcome.rollbacks == 2
    kept = [float(product.get_buffer("kept").sum()) for _name, product in top.products()]
    assert sum(kept) == pytest.approx(len(kept) * 4 / 2, abs=1)


def test_training_goes_on_from_a_checkpoint_as_if_it_had_not_stopped(task: Set) -> None:
    settings = {"epochs": 2, "batch_texts": 16, "checkpoint_s": 0.0}
    whole = task.top(**settings)
    train(whole, task.goal(), task.states, task.taught, whole.settings, Silent(), watch=False)

    broken, link = task.top(**settings), Silent(stop_after=5)
    with pytest.raises(KeyboardInterrupt):
        train(broken, task.goal(), task.states, task.taught, broken.settings, link, watch=False)
    again = task.top(**settings)
    outcome = train(
        again, task.goal(), task.states, task.taught, again.settings, Silent(), watch=False, resume=link.sent[-1].body
    )
    assert outcome.steps == 16
    assert np.allclose(weights(again), weights(whole), atol=1e-5)


def test_a_checkpoint_of_other_data_or_a_damaged_one_is_refused(task: Set) -> None:
    top, link = task.top(checkpoint_s=0.0), Silent(stop_after=1)
    with pytest.raises(KeyboardInterrupt):
        train(top, task.goal(), task.states, task.taught, top.settings, link, watch=False)
    body = link.sent[0].body
    for bad in (body[:100], b"", body[:-40]):
        if bad:
            with pytest.raises(PackUnusable):
                train(task.top(), task.goal(), task.states, task.taught, top.settings, Silent(), resume=bad)
    with pytest.raises(PackUnusable, match="120 texts"):
        train(task.top(), task.goal(), task.states, task.taught[:90], top.settings, Silent(), resume=body)


def test_a_training_that_was_over_is_not_trained_again(task: Set) -> None:
    top, goal, link = task.top(epochs=2), task.goal(), Silent()
    first = train(top, goal, task.states, task.taught, top.settings, link, keep_state=True)
    again, other = task.top(epochs=2), task.goal()
    resumed = train(
        again, other, task.states, task.taught, again.settings, Silent(), resume=link.sent[-1].body, keep_state=True
    )
    assert (resumed.steps, resumed.best, resumed.state) == (first.steps, first.best, first.state)
    assert np.allclose(weights(again), weights(top))


def test_a_checkpoint_of_the_second_part_holds_the_end_of_the_first(task: Set) -> None:
    top, link = task.top(epochs=2), Silent()
    first = train(top, task.goal(), task.states, task.taught, top.settings, link, keep_state=True)
    every = np.arange(180)
    second = task.top(epochs=4, checkpoint_s=0.0)
    breaks = Silent(stop_after=3)
    part = SecondPart(breaks, first.state, first.epochs)
    with pytest.raises(KeyboardInterrupt):
        train(second, task.goal(), task.states, every, second.settings, part, watch=False)
    assert breaks.sent[-1].epoch > first.epochs
    states = split_parts(breaks.sent[-1].body)
    assert states[0] == first.state
    goes_on = task.top(epochs=4)
    outcome = train(goes_on, task.goal(), task.states, every, goes_on.settings, Silent(), watch=False, resume=states[1])
    assert outcome.steps == 4 * 6
    assert split_parts(first.state) == (first.state, b"")


def test_training_ends_when_nothing_gets_better(task: Set) -> None:
    top, goal = task.top(epochs=8, patience=2), task.goal()
    scores = iter([0.5, 0.9, *([0.6] * 60)])
    goal.score = lambda _top, _states: next(scores)  # type: ignore[method-assign]
    outcome = train(top, goal, task.states, task.taught, top.settings, Silent())
    assert outcome.best == 0.9
    assert outcome.epochs == 6  # half of the passes are always made after the best
    assert "no better" in outcome.stopped


class Breaking:
    """A goal whose loss is no number from a step on, for some steps."""

    def __init__(self, inner: ClassifierGoal, bad: set[int]) -> None:
        self.inner, self.bad, self.step = inner, bad, 0
        self.head: nn.Module = inner.head

    def loss(self, states: Tensor, batch: Batch) -> Tensor:
        self.step += 1
        loss = self.inner.loss(states, batch)
        return loss * float("nan") if self.step in self.bad else loss

    def score(self, top: Top, states: States) -> float:
        return self.inner.score(top, states)


def test_a_loss_that_is_no_number_is_rolled_back(task: Set) -> None:
    top = task.top(epochs=3)
    outcome = train(top, Breaking(task.goal(), {4, 7}), task.states, task.taught, top.settings, Silent())
    assert outcome.rollbacks == 2
    assert np.isfinite(weights(top)).all()
    assert outcome.best is not None


def test_a_training_that_never_settles_says_so(task: Set) -> None:
    top = task.top(epochs=3)
    with pytest.raises(TrainingDiverged):
        train(top, Breaking(task.goal(), set(range(2, 99))), task.states, task.taught, top.settings, Silent())


def test_adversarial_training_and_distillation_learn(task: Set) -> None:
    top, goal = task.top(adversarial=0.01, epochs=4), task.goal()
    teacher = np.full((180, 2), 0.1, np.float32)
    teacher[np.arange(180), task.truth] = 0.9
    goal._teacher = torch.from_numpy(teacher)
    outcome = train(top, goal, task.states, task.taught, top.settings, Silent())
    assert outcome.best is not None
    assert outcome.best > 0.9


def test_time_allowed_is_kept(task: Set) -> None:
    top = task.top(epochs=1000, max_seconds=2.0, patience=10_000)
    outcome = train(top, task.goal(), task.states, task.taught, top.settings, Silent(), watch=False)
    assert outcome.seconds < 4.0
    assert outcome.steps < 4000

"""Adapt the encoder's upper layers to a classification, and join the result with the head on the encoder as it is.

1. The trunk's states of all texts are computed once.
2. The layers are taught on four folds, or on all texts where a valid set is given; the other texts say when to stop.
3. The 8-bit skill answers for the held-out texts. If it loses more than half a point to fp32, it is served in fp32.
4. The head on the unchanged encoder has answered for the same texts; the two are mixed in the share that surprises
   least, since they err in different places.
5. Without a valid set the held-out texts are then learned too: few texts are taught anew, all of them, for as many
   passes; many are taken up in a short last part with small steps. What is told about the skill was measured before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.api.teach import CurvePoint
from engine.train.classify.calibrate import fit_temperature, surprise

if TYPE_CHECKING:
    from engine.train.encoder.states import States

MOST_LOST = 0.005  # of accuracy, by 8 bits
LEAST_GATE = 800  # texts by which that is told
SHARES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
FEW = 2_000  # texts; up to as many are taught anew
LAST_PART = 0.25  # of the passes, for the held-out texts of more
LAST_RATE = 0.3
SHORT_CHARS = 900  # taught from the beginning of longer texts

Floats = NDArray[np.float32]


class AdaptedPart(NamedTuple):
    """`adapter` goes into the pack; logits of the adapted part are (vector - mean) @ weights + bias, already scaled by
    its share; those of the head are to be multiplied by `head_scale`. `rows` and `logits` are mixed answers for texts
    that were not taught; with a valid set, `rows` counts the valid texts."""

    adapter: bytes
    mean: Floats
    weights: Floats
    bias: Floats
    head_scale: float
    rows: NDArray[np.int64]
    logits: Floats
    passes: float
    curve: tuple[CurvePoint, ...]
    quantisation: dict[str, float]
    notes: tuple[str, ...]
    answer: Callable[[Sequence[str]], Floats]
    """Asks the skill as it was before it learned the held-out texts: logits, float32 (texts, labels)."""


def adapt(
    spec: Any,
    truth: NDArray[np.int64],
    vectors: Floats,
    held_rows: NDArray[np.int64],
    head_logits: Floats,
    head_answer: Callable[[Sequence[str]], Floats],
    link: Any,
) -> AdaptedPart:
    """Teach the layers.

    Args:
        spec: the `TeachSpec` of the training.
        truth: int64 (texts,) label numbers.
        vectors: float32 (texts, 384) of the encoder as it is.
        held_rows: texts that the head in `head_logits` was not taught, without those that are always taught. With a
            valid set: the numbers len(texts), len(texts) + 1, and so on.
        head_logits: float32 (len(held_rows), labels), the head's answers for them.
        head_answer: asks the same head any texts.
        link: see engine/jobs/child.py.
    """
    import torch

    from engine.runtimes.adapted import open_adapted
    from engine.runtimes.encoder import Encoder
    from engine.runtimes.freed import give_back_freed
    from engine.runtimes.long_texts import embed_long
    from engine.runtimes.threads import usable_threads
    from engine.runtimes.top_weights import base_layers, read_arrays, read_places
    from engine.train.augment.text import augment
    from engine.train.augment.weights import balanced_weights
    from engine.train.classify.goal import ClassifierGoal
    from engine.train.encoder.adapter import adapter_arrays, adapter_file
    from engine.train.encoder.device import choose_device
    from engine.train.encoder.layers import Top
    from engine.train.encoder.loop import train
    from engine.train.encoder.parts import SecondPart, split_parts

    settings = msgspec.structs.replace(spec.adapt, device=choose_device(spec.adapt.device))
    torch.set_num_threads(usable_threads(spec.threads or None))
    folder = Path(spec.encoder_folder)
    encoder = Encoder.open(folder, threads=spec.threads or None)
    has_valid = bool(spec.valid_texts)
    texts = [*spec.texts, *spec.valid_texts]
    count = len(spec.texts)
    numbers = np.concatenate([truth, np.asarray(spec.valid_truth, dtype=np.int64)])
    is_held = np.zeros(len(texts), dtype=bool)
    is_held[held_rows] = True
    taught = np.flatnonzero(~is_held[:count])
    if spec.augment:
        more, labels = augment([spec.texts[row] for row in taught.tolist()], truth[taught].tolist(), seed=spec.seed)
        taught = np.concatenate([taught, len(texts) + np.arange(len(more))])
        texts += more
        numbers = np.concatenate([numbers, np.asarray(labels, dtype=np.int64)])
        vectors = np.concatenate([vectors, encoder.embed(more)]) if more else vectors
    starts = _vectors_of(taught, vectors, count, has_valid, len(spec.valid_texts))
    give_back_freed()  # what the head's part of the training used
    states = trunk_states(encoder, texts, link, settings.device)
    give_back_freed()
    body = (folder / "top.onnx").read_bytes()
    base = base_layers(read_arrays(body, read_places((folder / "top.json").read_bytes())))
    top = Top(base, settings)
    teacher = None
    if spec.teacher:
        teacher = np.frombuffer(spec.teacher, dtype=np.float32).reshape(count, -1)
        teacher = np.concatenate([teacher, _one_hot(numbers[count:], teacher.shape[1])])

    def make_goal(rows: NDArray[np.int64], vectors_of_rows: Floats) -> ClassifierGoal:
        return ClassifierGoal(
            vectors_of_rows,
            numbers,
            len(spec.labels),
            rows,
            held_rows,
            smoothing=spec.smoothing,
            weights=balanced_weights(truth, len(spec.labels)) if spec.balance else None,
            teacher=teacher,
            device=settings.device,
        )

    goal = make_goal(taught, starts)
    first, second = split_parts(spec.resume)
    follows = not has_valid and len(held_rows) > 0
    if follows and count <= FEW and settings.max_seconds is not None:
        settings = msgspec.structs.replace(settings, max_seconds=0.5 * settings.max_seconds)
    outcome = train(
        top, goal, states, taught, settings, link, watch=len(held_rows) > 0, resume=first, keep_state=follows
    )

    notes = _notes(outcome)
    link.report(0, None, "check")
    fp32 = _accuracy_fp32(goal, top, states, held_rows, numbers)
    arrays = adapter_arrays(top, states, taught)

    def answers(pack: dict[str, Any], rows: NDArray[np.int64]) -> Floats:
        asked = [texts[row] for row in rows.tolist()]
        found = embed_long(open_adapted(encoder, pack, "skill"), asked, on_batch=lambda _done, _all: link.check())
        mean, weights, bias = _head(goal)
        return np.asarray((found - mean) @ weights + bias, dtype=np.float32)

    logits = answers(arrays, held_rows)
    asked = numbers[held_rows]
    int8 = float((logits.argmax(1) == asked).mean()) if len(asked) else 0.0
    quantisation = {"fp32": fp32, "int8": int8, "used_fp32": 0.0}
    if len(held_rows) < LEAST_GATE:
        # A single text of few would decide; the taught ones tell as well what 8 bits change.
        some = taught[np.linspace(0, len(taught) - 1, min(LEAST_GATE, len(taught))).astype(np.int64)]
        fp32 = _accuracy_fp32(goal, top, states, some, numbers)
        int8 = float((answers(arrays, some).argmax(1) == numbers[some]).mean())
    if spec.adapt.method == "prefix" or int8 < fp32 - MOST_LOST:
        arrays["wide"] = np.ones(1, dtype=np.uint8)
        logits = answers(arrays, held_rows)
        quantisation["used_fp32"] = 1.0
        quantisation["fp32_served"] = float((logits.argmax(1) == asked).mean()) if len(asked) else 0.0
        notes.append(
            "A prefix is served in fp32, since 8-bit attention has no place for it."
            if spec.adapt.method == "prefix"
            else f"8 bits would lose {fp32 - int8:.1%} of accuracy, so this skill is served in fp32."
        )
    share, head_scale, part_scale, mixed = _mix(head_logits, logits, asked)
    if share < 1:
        notes.append(f"The adapted layers count {share:.0%}, the head on the unchanged encoder {1 - share:.0%}.")
    measured_encoder, measured_head = open_adapted(encoder, arrays, "skill"), _head(goal)

    def answer(asked_texts: Sequence[str]) -> Floats:
        mean, weights, bias = measured_head
        part = (embed_long(measured_encoder, asked_texts) - mean) @ weights + bias
        own = head_scale * head_answer(asked_texts) if head_scale else 0.0
        return np.asarray(own + part_scale * part, dtype=np.float32)

    if follows:
        every = np.concatenate([taught, held_rows])
        then = SecondPart(link, outcome.state, outcome.epochs)
        if count <= FEW:
            passes = max(1, round(outcome.epochs))
            top, goal = Top(base, settings), make_goal(every, np.concatenate([starts, vectors[held_rows]]))
            again = msgspec.structs.replace(settings, epochs=passes, max_seconds=None)
            notes.append(f"After the check all texts were learned anew, the held-out ones too, in {passes} passes.")
        else:
            again = _small_steps(settings, outcome.epochs)
            notes.append(
                f"The held-out texts were learned in {again.epochs} more passes with small steps, after the check."
            )
        train(top, goal, states, every, again, then, watch=False, resume=second)
        arrays = adapter_arrays(top, states, every) | {key: value for key, value in arrays.items() if key == "wide"}
    mean, weights, bias = _head(goal)
    return AdaptedPart(
        adapter=adapter_file(arrays),
        mean=mean,
        weights=weights * np.float32(part_scale),
        bias=bias * np.float32(part_scale),
        head_scale=head_scale,
        rows=held_rows - count if has_valid else held_rows,
        logits=mixed,
        passes=outcome.epochs,
        curve=outcome.curve,
        quantisation=quantisation,
        notes=tuple(notes),
        answer=answer,
    )


def trunk_states(encoder: Any, texts: Sequence[str], link: Any, device: str) -> States:
    """The trunk's states of texts, each cut to what the encoder reads."""
    from engine.runtimes.encoder import MAX_PIECES
    from engine.runtimes.top_weights import LOWER
    from engine.train.encoder.states import States

    pieces = [one.ids for one in encoder.pieces([text[: 8 * MAX_PIECES] for text in texts])]
    cut = [ids if len(ids) <= MAX_PIECES else [*ids[: MAX_PIECES - 1], ids[-1]] for ids in pieces]
    return States.read(encoder, cut, LOWER, device, on_batch=lambda done, total: link.report(done, total, "embed"))


def _vectors_of(taught: NDArray[np.int64], vectors: Floats, count: int, has_valid: bool, valid: int) -> Floats:
    """Vectors of the taught rows; augmented texts come after the valid ones in numbers, but after the texts here."""
    places = np.where(taught < count, taught, taught - valid) if has_valid else taught
    return vectors[places]


def _one_hot(numbers: NDArray[np.int64], labels: int) -> Floats:
    rows = np.zeros((len(numbers), labels), dtype=np.float32)
    known = numbers >= 0
    rows[np.flatnonzero(known), numbers[known]] = 1.0
    return rows


def _notes(outcome: Any) -> list[str]:
    notes = []
    if outcome.stopped:
        notes.append(f"Training ended after {outcome.epochs:.1f} passes: {outcome.stopped}.")
    if outcome.rollbacks:
        notes.append(f"The loss was no number {outcome.rollbacks} times; training went back and took smaller steps.")
    return notes


def _head(goal: Any) -> tuple[Floats, Floats, Floats]:
    weights = goal.head.weight.detach().cpu().numpy().T.astype(np.float32).copy()
    return goal.mean.cpu().numpy(), np.ascontiguousarray(weights), goal.head.bias.detach().cpu().numpy().copy()


def _accuracy_fp32(goal: Any, top: Any, states: Any, rows: NDArray[np.int64], truth: NDArray[np.int64]) -> float:
    import torch

    if len(rows) == 0:
        return 0.0
    top.eval()
    right = 0
    with torch.no_grad():
        for batch in states.in_order(rows, 64):
            found = goal.logits(top(batch.states, batch.attention), batch.mask).argmax(-1).cpu().numpy()
            right += int((found == truth[batch.rows]).sum())
    return right / len(rows)


def _mix(head: Floats, part: Floats, truth: NDArray[np.int64]) -> tuple[float, float, float, Floats]:
    """Share of the adapted part, the factors of both, and the mixed logits; each comes at its own temperature."""
    known = truth >= 0
    if not known.any():
        return 1.0, 0.0, 1.0, part
    heat_head, heat_part = (fit_temperature(one[known], truth[known]) for one in (head, part))

    def mixed(share: float) -> Floats:
        return np.asarray((1 - share) / heat_head * head + share / heat_part * part, dtype=np.float32)

    def cost(share: float) -> float:
        logits = mixed(share)[known]
        return surprise(logits, truth[known], fit_temperature(logits, truth[known]))

    best = min(SHARES, key=cost)
    return best, (1 - best) / heat_head, best / heat_part, mixed(best)


def _small_steps(adapt: Any, passes: float) -> Any:
    """Settings of the short last part after so many passes."""
    return msgspec.structs.replace(
        adapt,
        epochs=max(1, round(LAST_PART * passes)),
        learning_rate=adapt.learning_rate * LAST_RATE,
        head_rate=adapt.head_rate * LAST_RATE,
        method=adapt.method if adapt.method != "adalora" else "lora",  # which ranks count is settled
        max_seconds=None,
    )

"""Model, optimiser, checkpoints, training and the GGUF file of the bundled generator."""

import itertools
import json
import math

import numpy as np
import pytest
import torch
from generator import (
    checkpoints,
    evaluate,
    gguf,
    machine,
    pretrain,
    quantise,
    shapes,
    tokenizer,
    training,
    tune,
    wording,
)
from generator.model import Llama
from generator.optimiser import Muon, orthogonal
from generator.write import write

SHAPE = shapes.Shape(300, 64, 2, 2, 1, 96, 128)
torch.set_num_threads(1)  # sums do not depend on the order of threads, and small models are faster
HERE = machine.Machine(torch.device("cpu"), half=False, compiled=False, name="test")


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(0)
    return Llama(SHAPE, seed=1).eval()


def test_parameters_are_counted_right(model):
    assert sum(weight.numel() for weight in model.parameters()) == SHAPE.parameters
    assert 7e6 <= shapes.TABLE["cpu"].student.parameters <= 9e6
    assert 12e6 <= shapes.TABLE["cpu-wide"].student.parameters <= 20e6
    assert 60e6 <= shapes.TABLE["gpu"].student.parameters <= 80e6
    assert 150e6 <= shapes.TABLE["gpu"].teacher.parameters <= 250e6


def test_a_position_never_sees_what_comes_after(model):
    tokens = torch.randint(4, 300, (2, 20))
    changed = tokens.clone()
    changed[:, 12:] = 5
    with torch.no_grad():
        assert torch.allclose(model(tokens)[:, :12], model(changed)[:, :12], atol=1e-5)


def written_out(model, tokens):
    """Logits by the formulas of the paper, position by position and head by head, in float64 numpy."""
    weight = {name: tensor.detach().numpy().astype(np.float64) for name, tensor in model.named_parameters()}
    x = weight["token_embd.weight"][tokens]
    count, head = len(tokens), SHAPE.head

    def normed(rows, name):
        return rows / np.sqrt((rows**2).mean(-1, keepdims=True) + SHAPE.norm_epsilon) * weight[name]

    def turned(rows):
        out = np.empty_like(rows)
        for place in range(count):
            for pair in range(head // 2):
                angle = place * SHAPE.rope_base ** (-2 * pair / head)
                one, two = rows[place, 2 * pair], rows[place, 2 * pair + 1]
                out[place, 2 * pair] = one * np.cos(angle) - two * np.sin(angle)
                out[place, 2 * pair + 1] = one * np.sin(angle) + two * np.cos(angle)
        return out

    for number in range(SHAPE.layers):
        at = f"blk.{number}."
        seen = normed(x, at + "attn_norm.weight")
        query, key, value = (seen @ weight[at + f"attn_{part}.weight"].T for part in "qkv")
        mixed = []
        for place in range(SHAPE.heads):
            shared = place * SHAPE.kv_heads // SHAPE.heads
            own, theirs = slice(place * head, (place + 1) * head), slice(shared * head, (shared + 1) * head)
            scores = turned(query[:, own]) @ turned(key[:, theirs]).T / np.sqrt(head)
            scores[np.triu_indices(count, 1)] = -np.inf
            shares = np.exp(scores - scores.max(-1, keepdims=True))
            mixed.append(shares / shares.sum(-1, keepdims=True) @ value[:, theirs])
        x = x + np.concatenate(mixed, -1) @ weight[at + "attn_output.weight"].T
        seen = normed(x, at + "ffn_norm.weight")
        gate = seen @ weight[at + "ffn_gate.weight"].T
        x = (
            x
            + (gate / (1 + np.exp(-gate)) * (seen @ weight[at + "ffn_up.weight"].T)) @ weight[at + "ffn_down.weight"].T
        )
    return normed(x, "output_norm.weight") @ weight["token_embd.weight"].T


def test_logits_equal_the_formulas_written_out(model):
    tokens = torch.randint(4, 300, (1, 30))
    with torch.no_grad():
        assert np.allclose(model(tokens)[0].numpy(), written_out(model, tokens[0].numpy()), atol=1e-4)


def test_writing_with_padding_and_cache_equals_writing_alone(model):
    prompts = [[5, 6, 7], [9, 8, 7, 6, 5, 4, 10, 11], [20]]
    together = write(model, prompts, stop=2, most=12)
    for prompt, written in zip(prompts, together, strict=True):
        tokens = list(prompt)
        for _ in range(12):
            with torch.no_grad():
                best = int(model(torch.tensor([tokens]))[0, -1].argmax())
            if best == 2:
                break
            tokens.append(best)
        assert written == tokens[len(prompt) :]


def test_orthogonal_keeps_singular_vectors_and_evens_out_values():
    matrix = torch.randn(48, 96, generator=torch.Generator().manual_seed(0))
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    turned = orthogonal(matrix)
    values = torch.linalg.svdvals(turned)
    assert 0.6 < float(values.min()) < float(values.max()) < 1.3
    assert torch.nn.functional.cosine_similarity(turned.flatten(), (left @ right).flatten(), dim=0) > 0.97
    assert torch.allclose(orthogonal(matrix.T.contiguous()), turned.T, atol=1e-5)


def test_muon_takes_the_reference_step():
    start, gradient = torch.randn(2, 32, 64)
    weight = torch.nn.Parameter(start.clone())
    optimiser = Muon([weight], rate=0.1, momentum=0.9, decay=0.5)
    kept = torch.zeros(32, 64)
    expected = start.clone()
    for _ in range(3):
        weight.grad = gradient.clone()
        optimiser.step()
        kept = 0.9 * kept + 0.1 * gradient
        step = 0.1 * gradient + 0.9 * kept
        x = step / (step.norm() + 1e-7)
        for _ in range(5):
            gram = x @ x.T
            x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
        expected = expected * (1 - 0.1 * 0.5) - 0.1 * 0.2 * math.sqrt(64) * x
    assert torch.allclose(weight.detach(), expected, atol=1e-4)


def test_a_checkpoint_comes_back_in_parts_and_a_damaged_one_is_passed_over(tmp_path, capsys):
    tensors = {"a": torch.randn(100, 7), "b": torch.tensor(3.0), "c": torch.arange(5)}
    checkpoints.save_step(tmp_path, 1, tensors, {"step": 1})
    checkpoints.save(tmp_path / "step-0000002", tensors, {"step": 2}, part_bytes=1000)
    assert all(path.stat().st_size <= 1000 for path in (tmp_path / "step-0000002").glob("part-*"))
    back, state = checkpoints.load_newest(tmp_path)
    assert state == {"step": 2}
    assert all(torch.equal(back[name], tensor) and back[name].shape == tensor.shape for name, tensor in tensors.items())
    part = tmp_path / "step-0000002" / "part-001.bin"
    part.write_bytes(bytes([part.read_bytes()[0] ^ 1]) + part.read_bytes()[1:])
    assert checkpoints.load_newest(tmp_path)[1] == {"step": 1}
    assert "part-001.bin" in capsys.readouterr().out


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A work folder with a tokenizer and tokens of a small world."""
    folder = tmp_path_factory.mktemp("work")
    import random

    from generator import rows as rows_of

    made = list(rows_of.invented_rows(120, random.Random(0)))
    (folder / "text").mkdir()
    (folder / "heldout").mkdir()
    pages = [
        {"source": "openstax/x", "group": "help", "text": f"Parcel {n} leaves the store at noon. " * 4}
        for n in range(300)
    ]
    files = {
        "text/help.jsonl": pages,
        "heldout/openstax--x.jsonl": pages[:9],
        "rows.jsonl": made[:100],
        "rows-heldout.jsonl": made[100:],
    }
    for path, items in files.items():
        (folder / path).write_text("".join(json.dumps(item) + "\n" for item in items))
    listed = [{"group": "help", "source": "openstax/x", "licence": "CC BY 4.0", "bytes": 1, "documents": 300}]
    (folder / "sources.json").write_text(json.dumps({"sources": listed, "rows": 100, "row_kinds": {"invented": 100}}))
    tokenizer.run(folder, PLAN.student.vocabulary)
    return folder


PLAN = shapes.Plan(
    student=shapes.Shape(400, 64, 1, 2, 1, 64, 700), teacher=shapes.Shape(400, 64, 2, 2, 1, 64, 700),
    length=48, rows=4, gather=2, rate=4e-3, tune_rate=2e-3, pretrain_share=0.5, tune_share=0.3, questions=6,
)  # fmt: skip


def goal(**changes):
    return training.Goal(**{"rate": 4e-3, "steps": 6, "save_seconds": 0.0, **changes})


def test_a_run_that_is_killed_and_resumed_ends_with_the_same_weights(work, tmp_path):
    ends = []
    for stop_after in (None, 3):
        folder = tmp_path / str(stop_after)
        folder.mkdir()
        (folder / "tokens").symlink_to(work / "tokens")
        if stop_after:
            pretrain.run(folder, PLAN, "student", HERE, goal(), stop_after=stop_after)
        state = pretrain.run(folder, PLAN, "student", HERE, goal())
        assert state.step == 6
        ends.append(tune.weights_of(folder / "pretrain-student"))
    assert all(torch.equal(ends[0][name], ends[1][name]) for name in ends[0])


@pytest.mark.parametrize("slower", [1.0, 3.0, 0.4])
def test_minutes_are_kept_on_a_machine_that_changes_its_pace(tmp_path, monkeypatch, slower):
    """A clock that goes on by a second for each step, and by `slower` from the middle of the time on."""
    now = [0.0]

    def clock():
        now[0] += 1.0 if now[0] < 480 else slower
        return now[0]

    monkeypatch.setattr(training, "monotonic", clock)
    model = torch.nn.Linear(2, 1)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    factors = []

    def measure(batch):
        factors.append(optimiser.param_groups[0]["lr"] / 4e-3)
        return model(torch.ones(1, 2)).sum(), 1, 1

    wanted = goal(steps=None, minutes=10, warm_steps=5, save_seconds=60.0)
    state = training.train(model, [optimiser], lambda step: [step], measure, wanted, tmp_path)
    assert abs(state.seconds - 600) <= 0.03 * 600
    assert factors[0] == pytest.approx(0.2)
    assert max(factors) == pytest.approx(1)
    assert factors[-1] < 0.1
    fall = factors[factors.index(max(factors)) :]
    assert all(later <= earlier + 1e-9 for earlier, later in itertools.pairwise(fall))


def test_losses_that_are_not_finite_lead_back_to_the_checkpoint(tmp_path):
    model = torch.nn.Linear(2, 1)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    before = [weight.detach().clone() for weight in model.parameters()]

    def measure(batch):
        worth = model(torch.ones(1, 2)).sum()
        return (worth * float("nan") if batch in (0, 1, 2) else worth), 1, 1

    state = training.train(model, [optimiser], lambda step: [step], measure, goal(steps=5, save_seconds=1e9), tmp_path)
    assert (state.rollbacks, state.rate_scale, state.shift) == (1, 0.5, 3)
    assert all(torch.isfinite(weight).all() for weight in model.parameters())
    assert not torch.equal(before[0], next(iter(model.parameters())))
    with pytest.raises(training.TrainingFailed):
        training.train(
            model, [optimiser], lambda step: [0], measure, goal(steps=5, save_seconds=1e9), tmp_path / "never"
        )


def test_only_answers_count_and_padding_does_not_change_them(work):
    batches = tune.Rows(work / "tokens" / "tune.bin", 2000, 0, 700)
    tokens, counts = batches.batch(0)
    assert tokens.shape == counts.shape
    assert counts.any(dim=1).all()
    assert not (counts & (tokens == tune.PAD_ID)).any()
    for row, own in zip(tokens, counts, strict=True):
        assert row[own][-1] == 2
        assert not own[(row != tune.PAD_ID).sum() :].any()
    again = tune.Rows(work / "tokens" / "tune.bin", 2000, 0, 700)
    again.batch(40)
    assert torch.equal(again.batch(0)[0], tokens)


def test_distance_is_nothing_to_itself_and_equals_the_library():
    ours, theirs = torch.randn(2, 6, 50)
    assert torch.allclose(tune.distance(ours, ours), torch.zeros(6), atol=1e-6)
    peer = torch.nn.functional.kl_div(ours.log_softmax(-1), theirs.softmax(-1), reduction="none").sum(-1)
    assert torch.allclose(tune.distance(ours, theirs), peer, atol=1e-5)


def test_q8_0_loses_at_most_half_a_level():
    weight = np.random.default_rng(0).normal(size=(6, 64)).astype(np.float32)
    weight[2] = 0
    again = gguf.dequantise(gguf.quantise(weight))
    level = np.abs(weight.reshape(-1, 32)).max(1).repeat(32).reshape(weight.shape) / 127
    assert (np.abs(again - weight) <= 0.51 * level + np.abs(weight) * 1e-3).all()
    with pytest.raises(ValueError, match="32"):
        gguf.quantise(np.ones((2, 40), np.float32))


def test_a_file_holds_what_was_written(tmp_path):
    entries = {"a.text": "ü", "b.number": 7, "c.real": 0.5, "d.yes": True, "e.list": ["x", "yz"],
               "f.kinds": gguf.Typed(gguf.INT32, [1, -3])}  # fmt: skip
    matrix = np.arange(128, dtype=np.float32).reshape(2, 64)
    gguf.write(tmp_path / "x.gguf", entries, {"m": (gguf.Q8_0, gguf.quantise(matrix)), "n": (gguf.F32, matrix[0])})
    metadata, tensors = gguf.read(tmp_path / "x.gguf")
    assert metadata == {**entries, "f.kinds": [1, -3]}
    assert np.allclose(tensors["m"], matrix, atol=0.6)
    assert (tensors["n"] == matrix[0]).all()


def test_the_whole_way_from_rows_to_file_and_figures(work, monkeypatch):
    monkeypatch.setattr(evaluate, "ANSWER_TOKENS", 20)
    pretrain.run(work, PLAN, "student", HERE, goal(steps=30))
    pretrain.run(work, PLAN, "teacher", HERE, goal(steps=3))
    tune.run(work, PLAN, "student", HERE, goal(steps=4))
    tune.run(work, PLAN, "teacher", HERE, goal(steps=2))
    from generator import card, distil

    assert distil.run(work, PLAN, HERE, goal(steps=3)).step == 3
    path = quantise.run(work, PLAN)
    metadata, _ = gguf.read(path)
    assert metadata["casemate.refusal"] == wording.REFUSAL
    assert metadata["tokenizer.ggml.tokens"][2] == wording.END_OF_TURN
    assert metadata["tokenizer.ggml.token_type"][:5] == [3, 3, 3, 3, 1]
    report = evaluate.run(work, PLAN, HERE)
    assert report["stage"] == "distil-student"
    assert report["baseline_stage"] == "tune-student"
    assert 1 < report["model"]["perplexity_per_byte"]["all"] < 256
    assert report["model"]["grounded"]["all"]["questions"] > 0
    card.run(work, PLAN, work / "out", "a test machine")
    manifest = json.loads((work / "out" / "manifest.json").read_text())
    assert set(manifest["files"]) == {"README.md", "NOTICE", quantise.FILE}
    text = (work / "out" / "README.md").read_text()
    assert "distil-student" in text
    assert "CC BY 4.0" in text


def test_scores_of_answers():
    passages = "Passages:\n[1] A refund takes 5 days.\n\nQuestion: how long"
    assert evaluate.supported("A refund takes 5 days. [1]", passages)
    assert not evaluate.supported("A refund takes 6 days. [1]", passages)
    assert not evaluate.supported("A delivery takes 5 days. [1]", passages)
    assert evaluate.has_key("A refund takes 5 days. [1]", "A refund takes 5 days.")
    assert not evaluate.has_key("A refund takes 7 days.", "A refund takes 5 days.")
    assert evaluate.cited_right("So. [2]", "So. [2] And. [1]")
    assert not evaluate.cited_right("So.", "So. [2]")


def test_llama_cpp_reads_the_file_as_we_do(tmp_path):
    pytest.importorskip("llama_cpp")
    texts = [*quantise.HARD_TEXTS, "Order 48213 was sent on 3 May 2024 and isn't late."]
    made = tokenizer.learn(texts * 5, 400)
    shape = shapes.Shape(made.get_vocab_size(), 64, 2, 2, 1, 96, 128)
    ours = Llama(shape, seed=2)
    quantise.write_model(tmp_path / "x.gguf", dict(ours.named_parameters()), quantise.metadata(shape, made, []))
    again, _ = quantise.read_model(tmp_path / "x.gguf")
    found = quantise.llama_agrees(tmp_path / "x.gguf", again, made, list(range(4, 60)))
    assert found["distance"] < 1e-3
    assert found["same_best"] > 0.9

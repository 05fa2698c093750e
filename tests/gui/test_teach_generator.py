"""Teaching a generator from the Teach page: set up in a dialog, followed like every training, told in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from engine import api
from engine.values import Progress
from gui.bridge.trainings import Trainings
from gui.pages.teach.generator_dialog import GeneratorDialog
from gui.pages.teach.page import Page

FAQ = api.DatasetInfo("Answers", "faq", 300, 1, "", "a.csv")
MAILS = api.DatasetInfo("Mails", "labelled", 300, 1, "", "m.csv", 3)
WRITER = api.GeneratorInfo(
    "writer", False, "llama", 62_000_000, "Q8_0", 66_000_000, "Apache-2.0", "ab" * 32, 2048, 2048, 12, 16_384, True, "",
    190.0, 63.0, 48.0, 5_300.0, True, "fits: 0.19 of 5.2 GB free",
)  # fmt: skip
OVER = api.GeneratorInfo(
    "older desk", False, "llama", 62_000_000, "Q8_0", 66_000_000, "Apache-2.0", "ab" * 32, 2048, 2048, 12, 16_384, True,
    "", 190.0, 63.0, 48.0, 5_300.0, True, "fits: 0.19 of 5.2 GB free", base="writer",
)  # fmt: skip
LEARNED = api.GeneratorTrained(
    pack="writer desk", version=1, method="lora", seconds=90.0, epochs=3.0,
    metrics={"perplexity": 4.2, "perplexity_before": 19.0, "right_tokens": 0.61, "right_tokens_before": 0.34,
             "grounded": 0.9, "grounded_before": 0.5},
    promoted=True, peak_mb=900.0, adapter_bytes=1_000_000, base="writer", base_sha256="ab" * 32, device="processor",
    rank=16, alpha=32.0, needed_mb=950.0,
)  # fmt: skip


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    client.is_unlocked = True
    engine.answers.update(
        {
            api.ListDatasets: api.Datasets((MAILS, FAQ)),
            api.ListModels: api.Models(()),
            api.ListUnfinished: api.UnfinishedTrainings(()),
            api.ListJobs: api.Jobs(()),
            api.ListGenerators: api.Generators((WRITER, OVER), 5_300.0),
        }
    )
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.refresh()
    settle()
    return page


def test_set_up_started_followed_and_told(
    page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(dialog: GeneratorDialog) -> int:
        assert [dialog.data.itemData(place) for place in range(dialog.data.count())] == ["approved", "Answers"]
        assert [dialog.base.itemData(place) for place in range(dialog.base.count())] == ["writer"]
        assert dialog.name.text() == "writer desk"
        assert dialog.rank.isHidden() or not dialog.rank.isVisibleTo(dialog)
        dialog.data.setCurrentIndex(1)
        dialog.more.click()
        assert dialog.rank.isVisibleTo(dialog)
        dialog.rank.setValue(8)
        dialog.minutes.setValue(5)
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(GeneratorDialog, "exec", fill)
    page.side.generator.click()
    settle()
    (request,) = engine.of(api.TrainGenerator)
    assert (request.dataset, request.base, request.pack, request.max_minutes) == ("Answers", "writer", "writer desk", 5)
    assert request.options == api.GeneratorOptions(rank=8)
    assert page.step == "train"

    values = {"loss": 2.0, "valid_score": 0.4, "epoch": 1.0, "step": 12.0}
    engine.progress(api.TrainGenerator, Progress(done=12, total=36, stage="train", values=values))
    settle()
    assert "40" in page.train.note.text()
    assert "held-back answers" in page.train.note.text()
    engine.finish(api.TrainGenerator, LEARNED)
    settle()
    assert page.step == "train", "its report is this sentence; that of skills does not fit it"
    assert page.train.banner is not None
    told = " ".join(label.text() for label in page.train.banner.findChildren(QLabel))
    for part in ("writer", "34", "61", "4.2", "19", "90", "Choose writer desk in Chat"):
        assert part in told
    assert not page.footer.next.isEnabled()
    training = Trainings.of(page._client).all()[0]
    page.choose_training(training.key)
    settle()
    assert page.step == "train"


def test_a_resumed_one_is_told_the_same_way(page: Page, engine: Any, settle: Any) -> None:
    import msgspec

    left = api.Unfinished(4, "writer desk", "generator_adapter", "lora", 1.5, "2026-01-01T00:00:00+00:00", {})
    engine.answers[api.ListUnfinished] = api.UnfinishedTrainings((left,))
    page.refresh()
    settle()
    page.unfinished.go_on_requested.emit(left)
    settle()
    plain = msgspec.to_builtins(LEARNED)
    engine.finish(api.ResumeTraining, api.TrainingResumed("writer desk", 1, plain))
    settle()
    assert page.train.banner is not None


def test_without_a_generator_nothing_can_be_started(page: Page, qtbot: Any) -> None:
    dialog = GeneratorDialog(page, (FAQ,), ())
    qtbot.addWidget(dialog)
    dialog.name.setText("mine")
    assert not dialog.start.isEnabled()
    full = GeneratorDialog(page, (FAQ,), (WRITER,), ["Mails"])
    qtbot.addWidget(full)
    assert full.start.isEnabled()
    full.name.setText("Mails")
    assert not full.start.isEnabled()

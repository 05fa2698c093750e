"""The Teach page against an engine that answers as told: the six steps, trainings in line, resuming, the report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt

from engine import api
from engine.errors import DataUnusable, Fault
from engine.values import Progress
from gui.bridge.trainings import Trainings
from gui.pages.teach import data_step, report_step, versions_card
from gui.pages.teach import runs as runs_module
from gui.pages.teach.page import Page
from gui.widgets.banner import Banner
from gui.widgets.live_chart import smoothed, thinned, ticks
from gui.widgets.text import Text

LABELS = ("refund", "delivery", "praise")
MAILS = api.DatasetInfo("Mails", "labelled", 300, 1, "", "m.csv", 3)
NOTES = api.DatasetInfo("Notes", "entities", 80, 1, "", "n.jsonl", 2)
ITEMS = api.DatasetInfo("Items", "items", 10, 1, "", "i.csv")
TEXTS = api.DatasetInfo("Raw", "texts", 500, 1, "", "t.csv")
REPORT = api.ClassifierTrained(
    pack="Mails",
    version=2,
    method="lora",
    seconds=190.0,
    epochs=6,
    metrics={"accuracy": 0.931, "accuracy_low": 0.911, "accuracy_high": 0.947, "n_valid": 60, "n_train": 240},
    promoted=True,
    peak_mb=900.0,
    adapter_bytes=640_000,
    per_label=tuple(api.LabelReport(label, 0.9, 0.8, 0.85, 20) for label in LABELS),
    labels=LABELS,
    confusion=((18, 2, 0), (5, 15, 0), (0, 0, 20)),
    risk_coverage=(api.RiskPoint(0.2, 1.0, 0.93), api.RiskPoint(0.7, 0.6, 0.985)),
    mistakes=({"text": "Money back", "label": "delivery", "predicted": "refund", "score": 0.97},),
    curve=(api.CurvePoint(10, 1.0, 1.2, 0.7), api.CurvePoint(20, 2.0, 0.4, 0.93)),
    slices=(
        api.SliceScore("length", "short (3-20)", 30, 0.98, 0.9, 0.99),
        api.SliceScore("length", "long (90-300)", 30, 0.7, 0.6, 0.8),
    ),
    robustness=(
        api.RobustnessScore("typos", 60, 0.931, 0.8, 0.85),
        api.RobustnessScore("negation", 20, 0.95, 0.5, 0.6),
    ),
    out_of_scope=api.OutOfScope(0.91, 0.62, 0.4, 200, ("praise",)),
    quantisation={"fp32": 0.933, "int8": 0.931, "used_fp32": 0},
    forgetting={"before": 0.92, "after": 0.90},
    notes=("Stopped early: six rounds brought nothing more.",),
)
FOUND = api.EntitiesTrained(
    "Notes", 1, "head", 20.0, 4, {"f1": 0.81, "precision": 0.8, "recall": 0.82, "n_valid": 20}, True, 400.0, 50_000,
    ("drug", "illness"), (api.EntityReport("drug", 0.9, 0.8, 0.85, 30),),
)  # fmt: skip
SKILL = api.ModelInfo("Mails", "classify", 1, 40_000, False, True, True, "", LABELS, {"accuracy": 0.9})


def told(method: str, seconds: float, score: float | None, *, possible: bool = True, why: str = "") -> Any:
    low, high = (None, None) if score is None else (score - 0.02, score + 0.02)
    return api.MethodForecast(method, seconds, 700.0, score, low, high, possible, why)


FORECAST = api.TrainingForecast(
    "Mails",
    (
        told("zero", 2, 0.55),
        told("head", 6, 0.88),
        told("lora", 190, 0.93),
        told("full", 900, None, possible=False, why="It needs 3,000 MB and 1,100 MB are free."),
        told("prefix", 170, 0.9),
    ),
    "lora",
    "it promises 5 points more than the quick lesson for 3 minutes.",
    1100.0,
    "cpu",
    12.0,
)
PAGE = api.DatasetPage(
    MAILS, ("text", "label"), (("Where is it?", "delivery"), ("Money back", "refund")), 0,
    {"refund": 200, "delivery": 94, "praise": 6},
)  # fmt: skip


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    client.is_unlocked = True
    engine.answers.update(
        {
            api.ListDatasets: api.Datasets((MAILS, NOTES, ITEMS, TEXTS)),
            api.ListModels: api.Models((SKILL,)),
            api.ListUnfinished: api.UnfinishedTrainings(()),
            api.ShowDataset: lambda request: PAGE if request.name == "Mails" else msgspec.structs.replace(
                PAGE, dataset=NOTES, columns=("text", "spans"), labels={}
            ),
            api.LintDataset: lambda request: api.DatasetLint(request.name, 300, True, ()),
            api.ForecastTraining: FORECAST,
            api.ListVersions: api.Versions("Mails", "classify", ()),
            api.ListJobs: api.Jobs(()),
            api.PauseJob: api.Done(),
            api.GetQueue: api.LabellingQueue((), 0, 0, LABELS),
        }
    )  # fmt: skip
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.refresh()
    settle()
    return page


def texts_of(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Text) if label.isVisibleTo(widget))


def walk_to(page: Page, step: str, settle: Any) -> None:
    """Click the way on until a step is reached."""
    for _ in range(3):
        if page.step == step:
            return
        page.footer.next.click()
        settle()


def start(page: Page, settle: Any) -> None:
    walk_to(page, "method", settle)
    page.footer.next.click()
    settle()


def listed(*states: tuple[int, str]) -> api.Jobs:
    jobs = [api.JobInfo(number, "Train Mails", "TrainClassifier", state, "") for number, state in states]
    return api.Jobs(tuple(jobs))


# --- 1 data -----------------------------------------------------------------------------------------------------


def test_only_examples_are_offered_and_described(page: Page) -> None:
    names = [page.data.data.itemText(place) for place in range(page.data.data.count())]
    assert names == ["Mails", "Notes"]
    assert "300" in texts_of(page.data.figures)
    assert page.data.chart.accessibleDescription().startswith("refund: 200; delivery: 94")
    assert page.data.chart._tones == {2: "warning"}  # six examples are few
    assert page.data.name.text() == "Mails"
    assert "exists" in page.data.name_note.text()


def test_a_skill_needs_a_name(page: Page) -> None:
    page.data.name.clear()
    assert not page.footer.next.isEnabled()
    assert "name" in page.footer.hint.text()
    assert not page.stepper.buttons["check"].isEnabled()


def test_the_name_follows_the_data_until_it_is_typed(page: Page, qtbot: Any, settle: Any) -> None:
    page.data.data.setCurrentIndex(1)
    settle()
    assert page.data.name.text() == "Notes"
    page.data.name.selectAll()
    qtbot.keyClicks(page.data.name, "Ward")
    page.data.data.setCurrentIndex(0)
    settle()
    assert page.draft.name == "Ward"


def test_examples_are_imported_right_here(
    page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = tmp_path / "letters.csv"
    engine.answers[api.PreviewFile] = api.FilePreview(
        str(source), "csv", "utf-8", ",", ("text", "label"), (("a", "b"),), "labelled",
        {"labelled": {"text": "text", "label": "label"}}, (),
    )  # fmt: skip
    monkeypatch.setattr(data_step, "ask_open_file", lambda *_: source)
    page.data.import_button.click()
    settle()
    dialog: Any = page.data.findChild(object, "import")
    letters = msgspec.structs.replace(MAILS, name="letters")
    engine.answers[api.ImportData] = api.DataImported(
        "letters", "labelled", 5, 5, 0, (), "utf-8", ",", {}, (), 0.1
    )  # fmt: skip
    engine.answers[api.ListDatasets] = api.Datasets((MAILS, letters))
    dialog.accept()
    settle()
    assert engine.of(api.ImportData)[0].name == "letters"
    assert page.data.data.currentText() == "letters"
    assert page.draft.info == letters


def test_without_examples_it_says_what_to_do(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListDatasets] = api.Datasets((ITEMS,))
    page.refresh()
    settle()
    assert page.data.empty.isVisible()
    assert page.draft.info is None
    assert page.footer.isHidden()


# --- 2 check ----------------------------------------------------------------------------------------------------


def test_errors_block_the_way(page: Page, engine: Any, settle: Any) -> None:
    wrong = api.LintFinding("one_label", "error", "There is only one label.", 1)
    engine.answers[api.LintDataset] = api.DatasetLint("Notes", 300, False, (wrong,))
    page.data.data.setCurrentIndex(1)
    settle()
    walk_to(page, "check", settle)
    assert "There is only one label." in texts_of(page.check.findings)
    assert "cannot be taught" in page.check.banner.label.text()
    assert not page.footer.next.isEnabled()
    assert not page.stepper.buttons["method"].isEnabled()
    assert engine.of(api.ForecastTraining) == []


def test_warnings_explain_and_let_pass(page: Page, engine: Any, settle: Any) -> None:
    note = api.LintFinding("duplicates", "warning", "34 texts occur twice.", 34, ("Hello",))
    engine.answers[api.LintDataset] = api.DatasetLint("Notes", 300, True, (note,))
    page.data.data.setCurrentIndex(1)
    settle()
    walk_to(page, "check", settle)
    shown = texts_of(page.check.findings)
    assert "34 texts occur twice." in shown
    assert "adds nothing new" in shown
    assert page.footer.next.isEnabled()


# --- 3 method ---------------------------------------------------------------------------------------------------


def test_the_forecast_fills_the_cards_and_greys_what_is_impossible(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ForecastTraining] = None
    walk_to(page, "method", settle)
    method = page.method
    assert engine.of(api.ForecastTraining) == [api.ForecastTraining("Mails", "classify", "auto", api.TrainOptions())]
    engine.progress(api.ForecastTraining, Progress(3, 10, "probe", 9.0))
    settle()
    assert method.strip.isVisible()
    engine.finish(api.ForecastTraining, FORECAST)
    settle()
    assert method.strip.isHidden()
    assert "3 min 10 s" in method.cards["lora"].cost.text()
    assert "700 MB" in method.cards["lora"].cost.text()
    assert "93% right" in method.cards["lora"].score.text()
    assert method.cards["lora"].badge.isVisible()
    full = method.cards["full"]
    assert not full.radio.isEnabled()
    assert "3,000 MB" in full.refusal.text()
    assert "1,100 MB" in full.refusal.text()
    assert "5 points more" in method.why.text()
    assert method.cards["auto"].radio.isChecked()
    assert method.cards["adalora"].isHidden()  # the forecast does not know it


def test_the_forecast_is_asked_for_once_per_examples(page: Page, engine: Any, settle: Any) -> None:
    walk_to(page, "method", settle)
    page.footer.back.click()
    walk_to(page, "method", settle)
    assert len(engine.of(api.ForecastTraining)) == 1
    page.stepper.buttons["data"].click()
    page.data.data.setCurrentIndex(1)
    settle()
    walk_to(page, "method", settle)
    assert [request.task for request in engine.of(api.ForecastTraining)] == ["classify", "entities"]
    assert page.method.cards["zero"].isHidden()  # nothing marked, nothing found


def test_a_failed_forecast_does_not_stop_the_way(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ForecastTraining] = Fault(reason="no probe")
    walk_to(page, "method", settle)
    assert page.method.trouble.isVisible()
    assert page.footer.next.isEnabled()
    page.method.trouble.button.click()
    settle()
    assert len(engine.of(api.ForecastTraining)) == 2


def test_method_and_options_are_sent(page: Page, engine: Any, settle: Any) -> None:
    walk_to(page, "method", settle)
    page.method.cards["head"].radio.click()
    page.method.more.click()
    options = page.method.options
    assert options.isVisible()
    options.rank.setCurrentIndex(options.rank.findText("8"))
    options.layers.setCurrentIndex(3)
    options.epochs.setValue(12)
    options.balance.setChecked(True)
    options.smoothing.setCurrentIndex(2)
    options.search.setValue(10)
    options.unlabelled.setCurrentIndex(options.unlabelled.findText("Raw"))
    options.teacher.setCurrentIndex(options.teacher.findText("Mails"))
    options.continual.setChecked(True)
    options.minutes.setValue(30)
    options.seed.setValue(7)
    assert page.method.again.isVisible()  # the forecast was for other options
    page.footer.next.click()
    settle()
    assert engine.of(api.TrainClassifier) == [
        api.TrainClassifier(
            "Mails", "Mails", "head", None, 30.0, 7, "auto",
            api.TrainOptions(
                rank=8, layers=3, epochs=12, balance=True, label_smoothing=0.1, teacher="Mails", search_minutes=10.0,
                unlabelled="Raw", continual=True,
            ),
        )
    ]  # fmt: skip


def test_knowledge_can_only_be_kept_where_there_is_some(page: Page, qtbot: Any, settle: Any) -> None:
    assert page.method.options.continual.isEnabled()
    page.data.name.selectAll()
    qtbot.keyClicks(page.data.name, "Something new")
    assert not page.method.options.continual.isEnabled()


def test_entities_are_taught_as_such(page: Page, engine: Any, settle: Any) -> None:
    page.data.data.setCurrentIndex(1)
    settle()
    start(page, settle)
    assert engine.of(api.TrainEntities) == [api.TrainEntities("Notes", "Notes")]
    engine.finish(api.TrainEntities, FOUND)
    settle()
    assert page.step == "report"
    assert page.report.entities.isVisible()
    assert page.report.classifier.isHidden()
    assert "81.0%" in texts_of(page.report.entities.figures)


# --- 4 train ----------------------------------------------------------------------------------------------------


def progress(step: int, loss: float, score: float | None = None, **more: Any) -> Progress:
    values = {"epoch": step / 10, "step": float(step), "loss": loss} | ({} if score is None else {"valid_score": score})
    return Progress(step, 60, "learn", more.get("left_s", 42.0), "", values)


def test_the_curves_grow_with_the_progress(page: Page, engine: Any, settle: Any) -> None:
    start(page, settle)
    assert page.step == "train"
    curves = page.train.curves
    assert curves.loss.points() == 0
    for step in range(1, 6):
        engine.progress(api.TrainClassifier, progress(step, 2 / step))
        settle()
        assert curves.loss.points() == step
    assert curves.score.points() == 0
    engine.progress(api.TrainClassifier, progress(10, 0.2, 0.71))
    engine.progress(api.TrainClassifier, progress(20, 0.1, 0.69))
    settle()
    assert curves.score.points() == 2
    assert curves.score._best == (1.0, 0.71)
    assert curves.score.accessibleDescription() == "exam: 69.0%"
    assert page.train.left.text() == "about 40 s left"
    assert "71.0%" in page.train.note.text()


def test_pause_and_resume_ask_for_the_job_of_the_engines_list(page: Page, engine: Any, settle: Any) -> None:
    start(page, settle)
    engine.answers[api.ListJobs] = listed((41, "running"))
    engine.progress(api.TrainClassifier, progress(1, 2.0))
    settle()
    page.train.pause.click()
    settle()
    assert engine.of(api.PauseJob) == [api.PauseJob(41)]
    assert page.train.state.text() == "Paused"
    assert page.train.resume.isVisible()
    assert page.train.pause.isHidden()
    page.train.resume.click()
    settle()
    assert engine.of(api.PauseJob) == [api.PauseJob(41), api.PauseJob(41, resume=True)]
    assert page.train.pause.isVisible()
    assert page.train.state.text() == "Running"


def test_a_refused_pause_changes_nothing(page: Page, engine: Any, settle: Any) -> None:
    start(page, settle)
    engine.answers[api.ListJobs] = listed((41, "running"))
    engine.answers[api.PauseJob] = api.Done(ok=False)
    engine.progress(api.TrainClassifier, progress(1, 2.0))
    settle()
    page.train.pause.click()
    settle()
    assert page.train.state.text() == "Running"


def test_stop_cancels_and_leads_back_to_the_method(page: Page, engine: Any, settle: Any) -> None:
    start(page, settle)
    engine.progress(api.TrainClassifier, progress(1, 2.0))
    settle()
    page.train.stop.click()
    settle()
    assert len(engine.cancelled) == 1
    assert page.train.state.text() == "Cancelled"
    assert "Nothing was changed" in page.train.banner.label.text()
    page.train.again.click()
    settle()
    assert page.step == "method"


def test_stopping_a_paused_training_also_ends_its_job(page: Page, engine: Any, settle: Any) -> None:
    engine.cancel = engine.cancelled.append  # as the engine does: nothing is heard while it is held
    start(page, settle)
    engine.answers[api.ListJobs] = listed((41, "running"))
    engine.progress(api.TrainClassifier, progress(1, 2.0))
    settle()
    page.train.pause.click()
    settle()
    page.train.stop.click()
    settle()
    assert engine.of(api.CancelJob) == [api.CancelJob(41)]
    assert page.train.state.text() == "Stopping…"
    assert not page.train.stop.isEnabled()


def test_two_trainings_wait_in_line_and_are_told_apart(page: Page, engine: Any, settle: Any) -> None:
    start(page, settle)
    engine.progress(api.TrainClassifier, progress(1, 2.0))
    settle()
    page.side.new.click()
    settle()
    assert page.step == "data"
    start(page, settle)
    engine.answers[api.ListJobs] = listed((41, "running"), (42, "queued"))
    page.trainings.look()
    settle()
    first, second = page.trainings.all()
    assert (first.job_id, second.job_id) == (41, 42)
    assert (first.state, second.state) == ("running", "queued")
    assert page.train.training is second
    assert "Waits for 1 training" in page.train.stage.whole_text()
    assert page.train.pause.isHidden()
    assert page.side.trainings.count() == 2
    page.side.trainings.setCurrentRow(1)  # the older one stands below
    settle()
    assert page.train.training is first
    assert page.train.curves.loss.points() == 1
    engine.answers[api.ListJobs] = listed((42, "running"))
    number = next(iter(n for n, entry in engine.open.items() if isinstance(entry[0], api.TrainClassifier)))
    engine.open.pop(number)[2](REPORT)
    settle()
    assert page.step == "report"
    page.trainings.look()
    settle()
    assert second.state == "running"


def test_leaving_and_coming_back_shows_the_training_again(
    page: Page, client: Any, engine: Any, qtbot: Any, settle: Any
) -> None:
    start(page, settle)
    engine.progress(api.TrainClassifier, progress(1, 2.0))
    settle()
    page.hide()
    engine.progress(api.TrainClassifier, progress(2, 1.0))
    settle()
    page.show()
    assert page.train.curves.loss.points() == 2
    # A page made anew, as after a change of language, finds it with its whole curve.
    anew = Page(client)
    qtbot.addWidget(anew)
    anew.show()
    anew.restore(page.state())
    anew.refresh()
    settle()
    assert anew.step == "train"
    assert anew.train.curves.loss.points() == 2
    engine.finish(api.TrainClassifier, REPORT)
    settle()
    assert anew.step == "report"


def test_locking_forgets_trainings_and_curves(page: Page, client: Any, engine: Any, settle: Any) -> None:
    start(page, settle)
    engine.progress(api.TrainClassifier, progress(1, 2.0))
    settle()
    client.locked.emit()
    settle()
    assert Trainings.of(client).all() == []
    assert page.train.training is None


def test_a_failed_training_says_why(page: Page, engine: Any, settle: Any) -> None:
    start(page, settle)
    engine.finish(api.TrainClassifier, DataUnusable(name="Mails", reason="it has one label only."))
    settle()
    assert page.step == "train"
    assert "one label only" in page.train.banner.label.text()
    assert page.train.state.text() == "Failed"
    assert page.train.again.isVisible()
    assert not page.footer.next.isEnabled()


LEFT = api.Unfinished(7, "Post", "classify", "lora", 3.5, "2026-01-02T10:00:00Z", {"dataset": "Mails"})


def test_an_interrupted_training_goes_on(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListUnfinished] = api.UnfinishedTrainings((LEFT,))
    page.refresh()
    settle()
    assert page.unfinished.isVisible()
    button: Any = page.findChild(object, "teach.go_on.7")
    button.click()
    settle()
    assert engine.of(api.ResumeTraining) == [api.ResumeTraining(7)]
    assert page.step == "train"
    assert page.name.whole_text() == "Post"
    assert page.unfinished.isHidden()
    done = api.TrainingResumed("Post", 1, msgspec.to_builtins(msgspec.structs.replace(REPORT, pack="Post")))
    engine.finish(api.ResumeTraining, done)
    settle()
    assert page.step == "report"
    assert page.report.report.pack == "Post"


def test_an_interrupted_training_is_forgotten_only_when_agreed(
    page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.answers[api.ListUnfinished] = api.UnfinishedTrainings((LEFT,))
    engine.answers[api.DropTraining] = api.Done()
    page.refresh()
    settle()
    button: Any = page.findChild(object, "teach.forget.7")
    monkeypatch.setattr(runs_module, "confirm", lambda *_, **__: False)
    button.click()
    settle()
    assert engine.of(api.DropTraining) == []
    monkeypatch.setattr(runs_module, "confirm", lambda *_, **__: True)
    engine.answers[api.ListUnfinished] = api.UnfinishedTrainings(())
    button.click()
    settle()
    assert engine.of(api.DropTraining) == [api.DropTraining(7)]
    assert page.unfinished.isHidden()


# --- 5 report ---------------------------------------------------------------------------------------------------


def test_the_report_says_everything_that_was_measured(page: Page, engine: Any, settle: Any) -> None:
    comparison = {"promote": True, "texts": 60, "champion_right": 51, "challenger_right": 56, "chance": 1.0}
    version = api.VersionInfo(2, "", True, "lora", "Mails", 640_000, {"accuracy": 0.931}, comparison)
    engine.answers[api.ListVersions] = api.Versions("Mails", "classify", (version,))
    start(page, settle)
    engine.finish(api.TrainClassifier, REPORT)
    settle()
    assert page.step == "report"
    words = page.report.banner.label.text()
    assert "93.3% right, 85.0% before" in words
    assert "60 text" in words
    shown = texts_of(page.report)
    assert "93.1%" in shown
    assert "62%" in shown  # strangers turned away
    assert "This is an estimate" in shown, "its layers were taught all labels"
    assert "Some of it was forgotten." in shown
    assert "Stopped early" in shown
    assert page.report.more.slices._tones == {1: "warning"}
    assert page.report.more.curves.score.points() == 2
    assert page.report.more.robust.visible_rows() == 2
    assert page.report.dial.isVisible()


def test_a_version_that_lost_is_not_put_to_use(page: Page, engine: Any, settle: Any) -> None:
    start(page, settle)
    engine.finish(api.TrainClassifier, msgspec.structs.replace(REPORT, promoted=False))
    settle()
    assert "stays in use" in page.report.banner.label.text()
    assert page.report.banner.property("tone") == "warning"


@pytest.mark.parametrize(("name", "written"), [("r.pdf", "r.pdf"), ("r", "r.html")])
def test_the_report_is_saved(
    page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, written: str
) -> None:
    engine.answers[api.ExportReport] = lambda request: api.Exported(request.path, 1)
    start(page, settle)
    engine.finish(api.TrainClassifier, REPORT)
    settle()
    monkeypatch.setattr(report_step, "ask_save_file", lambda *_: tmp_path / name)
    page.report.save.click()
    settle()
    assert engine.of(api.ExportReport) == [api.ExportReport("Mails", str(tmp_path / written), 2, "en")]
    assert page.report.save.isEnabled()


# --- 6 use ------------------------------------------------------------------------------------------------------

VERSIONS = api.Versions(
    "Mails",
    "classify",
    (
        api.VersionInfo(1, "", False, "head", "Mails", 40_000, {"accuracy": 0.9}),
        api.VersionInfo(2, "", True, "lora", "Mails", 640_000, {"accuracy": 0.93}),
        api.VersionInfo(3, "", False, "head", "Mails", 40_000, {"accuracy": 0.91}),
    ),
)


@pytest.fixture
def used(page: Page, engine: Any, settle: Any) -> Page:
    """The last step of a skill that was there before."""
    engine.answers[api.ListVersions] = VERSIONS
    engine.answers[api.GetModelCard] = api.ModelCard(SKILL, "", msgspec.to_builtins(REPORT))
    page.side.skills.setCurrentRow(0)
    settle()
    assert page.step == "report"
    page.footer.next.click()
    settle()
    assert page.step == "use"
    return page


def test_it_leads_to_reading_with_the_skill(used: Page, qtbot: Any) -> None:
    with qtbot.waitSignal(used.navigate_to) as heard:
        used.use.read.click()
    assert heard.args == ["read", "Mails"]


def test_it_leads_to_labelling_and_back(used: Page, engine: Any, settle: Any) -> None:
    used.use.label.click()
    settle()
    assert used.labelling.isVisible()
    assert engine.of(api.GetQueue)[-1].pack == "Mails"
    back: Any = used.findChild(object, "teach.label_back")
    back.click()
    settle()
    assert used.path.isVisible()
    assert used.step == "use"


def test_a_version_is_put_to_use(used: Page, engine: Any, settle: Any) -> None:
    card = used.use.versions
    assert [version.version for version in card.versions] == [3, 2, 1]
    assert not card.put.isEnabled()
    card.table.select_row(0)
    assert card.put.isEnabled()
    engine.answers[api.UseVersion] = VERSIONS
    card.put.click()
    settle()
    assert engine.of(api.UseVersion) == [api.UseVersion("Mails", 3)]
    assert used.step == "use"


def test_going_back_asks_first(used: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.answers[api.UseVersion] = VERSIONS
    monkeypatch.setattr(versions_card, "confirm", lambda *_, **__: False)
    used.use.versions.back.click()
    settle()
    assert engine.of(api.UseVersion) == []
    monkeypatch.setattr(versions_card, "confirm", lambda *_, **__: True)
    used.use.versions.back.click()
    settle()
    assert engine.of(api.UseVersion) == [api.UseVersion("Mails", 1)]


def test_two_versions_are_compared_in_a_sentence(used: Page, engine: Any, settle: Any) -> None:
    card = used.use.versions
    card.table.select_row(2)  # version 1, with the one in use
    card.compare.click()
    settle()
    assert engine.of(api.CompareVersions) == [api.CompareVersions("Mails", 1, 2)]
    result = api.VersionsCompared(
        "Mails", 1, 2, 100, 80, 92, 3, 15, 0.0075, {"refund": (0.7, 0.9), "praise": (0.8, 0.8)},
        ({"text": "Back", "label": "refund", "first": "praise", "second": "refund"},),
    )  # fmt: skip
    engine.finish(api.CompareVersions, result)
    settle()
    assert card.compared.isVisible()
    assert "Version 2 is better" in card.compared.sentence.text()
    assert "0.8%" in card.compared.sentence.text()
    assert card.compared.labels.visible_rows() == 1  # what did not change is left out
    luck = msgspec.structs.replace(result, chance=0.4)
    card.compared.show_result(luck)
    assert "cannot be told apart" in card.compared.sentence.text()


def test_two_readers_are_compared_by_what_they_find(used: Page) -> None:
    view = used.use.versions.compared
    found = api.VersionsCompared(
        "Finds", 1, 2, 100, 61, 70, 3, 12, 0.035, {"Drug": (0.7, 0.9)}, (), "entities", 0.712, 0.794, 0.0041
    )  # fmt: skip
    view.show_result(found)
    assert view.sentence.text() == "Version 2 is better; a difference like this comes by luck in 0.4% of cases."
    words = view.detail.text()
    assert "F1 of version 1: 71.2%, of version 2: 79.4%" in words
    assert "exactly its names and terms" in words
    # What was found decides, not whole texts.
    view.show_result(msgspec.structs.replace(found, f1_chance=0.4))
    assert "cannot be told apart" in view.sentence.text()
    assert "40%" in view.sentence.text()
    view.show_result(msgspec.structs.replace(found, second_f1=0.6))
    assert view.sentence.text().startswith("Version 1 is better")


def test_teaching_it_again_begins_with_its_examples_and_name(used: Page, settle: Any) -> None:
    used.data.data.setCurrentIndex(1)
    used.use.further.click()
    settle()
    assert used.step == "data"
    assert used.data.data.currentText() == "Mails"
    assert used.draft.name == "Mails"


# --- the whole --------------------------------------------------------------------------------------------------


def test_the_path_is_walked_by_keyboard(page: Page, qtbot: Any, settle: Any) -> None:
    walk_to(page, "method", settle)
    steps = page.stepper.buttons
    steps["method"].setFocus()
    qtbot.keyClick(page.stepper, Qt.Key.Key_Left)
    assert steps["check"].hasFocus()
    qtbot.keyClick(steps["check"], Qt.Key.Key_Space)
    settle()
    assert page.step == "check"
    assert steps["check"].isChecked()
    assert steps["data"].is_done
    assert not steps["train"].isEnabled()


def test_another_language_keeps_what_is_set_up(page: Page, client: Any, engine: Any, qtbot: Any, settle: Any) -> None:
    page.data.data.setCurrentIndex(1)
    settle()
    walk_to(page, "method", settle)
    page.method.cards["head"].radio.click()
    page.method.options.epochs.setValue(9)
    anew = Page(client)
    qtbot.addWidget(anew)
    anew.show()
    anew.restore(page.state())
    anew.refresh()
    settle()
    assert anew.step == "method"
    assert anew.data.data.currentText() == "Notes"
    assert anew.draft.method == "head"
    assert anew.method.cards["head"].radio.isChecked()
    assert anew.draft.options.epochs == 9


def test_nothing_scrolls_sideways_at_large_fonts(page: Page, engine: Any, settle: Any) -> None:
    from gui.theme import theme

    long = "a very long name of a data set that nobody would type but a file may well be called so " * 2
    engine.answers[api.ListDatasets] = api.Datasets((msgspec.structs.replace(MAILS, name=long),))
    theme().apply("light", "larger")
    try:
        page.refresh()
        page.resize(1032, 800)  # a window of 1280 px less the rail
        settle()
        for step in ("data", "check", "method"):
            walk_to(page, step, settle)
            area = page.areas[step]
            assert area.widget().minimumSizeHint().width() <= area.viewport().width(), step
        start(page, settle)
        engine.finish(api.TrainClassifier, REPORT)
        settle()
        page.resize(1032, 800)
        settle()
        for step in ("report", "use"):
            page._show(step)
            settle()
            area = page.areas[step]
            assert area.widget().minimumSizeHint().width() <= area.viewport().width(), step
        assert page.width() == 1032
    finally:
        theme().apply("light", "normal")


def test_ticks_are_round_and_cover_the_values() -> None:
    assert ticks(0.0, 1.0, 5) == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert ticks(0.37, 2.2, 4) == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]
    assert ticks(3.0, 3.0) == [3.0]


def test_the_running_mean_of_a_level_line_is_level() -> None:
    line = [(float(x), 2.0) for x in range(50)]
    assert [round(y, 9) for _, y in smoothed(line)] == [2.0] * 50


def test_a_long_line_is_thinned_and_keeps_its_end() -> None:
    line = [(float(x), 0.0) for x in range(10_001)]
    short = thinned(line, 100)
    assert len(short) <= 102
    assert short[0] == line[0]
    assert short[-1] == line[-1]


def test_a_banner_is_part_of_the_check(page: Page, settle: Any) -> None:
    walk_to(page, "check", settle)
    assert isinstance(page.check.banner, Banner)
    assert "in order" in page.check.banner.label.text()

"""What to do on each page before each picture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scenes_desk import SCENES_DESK, library_parts
from scenes_generator import SCENES_GENERATOR

from engine.paths import assets_folder
from gui.pages.read.skill_list import OWN_LABELS

UNANSWERABLE = {"en": "Who won the football world cup in 1998?", "zh_CN": "1998年世界杯足球赛的冠军是谁？"}
TYPED = {
    "en": "I was charged twice for my order and I want one of the payments back.",
    "zh_CN": "我的订单被重复扣款了，请退还其中一笔。",
}
WISHES = {"en": "something like the Ridge 2 tent but cheaper", "zh_CN": "类似双峰 2 帐篷，但便宜一点，要有货"}
LABELS = {"en": ("late delivery", "wrong item", "praise"), "zh_CN": ("送货太晚", "发错商品", "表扬")}


def samples(language: str) -> Path:
    return assets_folder() / "samples" / ("zh" if language == "zh_CN" else "en")


def _question(language: str) -> str:
    """An answerable question of the clinic sample."""
    lines = (samples(language) / "clinic" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return str(json.loads(lines[1])["question"])


def chat(camera: Any, window: Any, page: Any) -> None:
    page.new_conversation()
    camera.idle(window)
    for item in page._collections:
        if "Clinic" in item.name or "诊所" in item.name:
            page.header.choose(item.name)
            page._show_state()
    camera.shoot(window, "chat-new")
    if camera.fake:
        return
    page.ask(_question(camera.language))
    camera.idle(window)
    camera.shoot(window, "chat-answered")
    view = page.transcript.views()[-1]
    if view.answer and view.answer.citations:
        page._show_source(view.answer.citations[0])
        camera.idle(window)
        camera.shoot(window, "chat-source")
        page._on_source_closed()
    page.ask(UNANSWERABLE[camera.language])
    camera.idle(window)
    camera.shoot(window, "chat-refused")
    if camera.language == "en":
        page.new_conversation()
        page.choice.pick("generator-en")
        camera.idle(window)
        page.ask(_question(camera.language))
        camera.idle(window)
        camera.shoot(window, "chat-generated")
        page.choice.pick("")
        camera.idle(window)


def read(camera: Any, window: Any, page: Any) -> None:
    page._choose(next(info.name for info in page._infos if info.current))
    page.tabs.set_current("try")
    page._show_tab("try")
    page.try_tab.edit.setPlainText(TYPED[camera.language])
    page.try_tab.read()
    camera.idle(window)
    camera.shoot(window, "read-try")
    if camera.fake:
        page.try_tab.explain()
        camera.idle(window)
        camera.shoot(window, "read-why")
    table = samples(camera.language) / "shop" / "messages.csv"
    lines = [line.split(",")[0].strip('"') for line in table.read_text(encoding="utf-8").splitlines()[1:14]]
    for tab in ("list", "file", "report", "versions"):
        page.tabs.set_current(tab)
        page._show_tab(tab)
        if tab == "list":
            page.list_tab.edit.setPlainText("\n".join(lines))
            page.list_tab.read()
        if tab == "file":
            camera.shoot(window, "read-file-empty")
            page.file_tab.open_file(table)
        camera.idle(window)
        camera.shoot(window, f"read-{tab}")
        if tab == "report":
            bar = page.report_area.verticalScrollBar()
            for part in range(1, 5):
                bar.setValue(part * 640)
                camera.shoot(window, f"read-report-{part}")
                if bar.value() == bar.maximum():
                    break
            bar.setValue(0)
    page.tabs.set_current("measure")
    page._show_tab("measure")
    camera.idle(window)
    page.measure._start()
    camera.idle(window)
    _parts(camera, window, page.measure_area, "read-measure", 3)
    label(camera, window, page)
    if camera.fake:
        entities(camera, window, page)
    page._choose(OWN_LABELS)
    page.tabs.set_current("try")
    page._show_tab("try")
    page.labels.set_labels(LABELS[camera.language])
    page.try_tab.edit.setPlainText(TYPED[camera.language])
    page.try_tab.read()
    camera.idle(window)
    camera.shoot(window, "read-own-labels")


def label(camera: Any, window: Any, page: Any) -> None:
    """The labelling queue of the skill on show, with texts and without."""
    from engine.api import LabellingQueue

    page.tabs.set_current("label")
    page._show_tab("label")
    camera.idle(window)
    camera.shoot(window, "read-label")
    if not camera.fake:
        return
    view = page.label_tab
    view.answer("complaint")
    view._on_more()
    view.choices.search.setText("pa")
    camera.idle(window)
    camera.shoot(window, "read-label-more")
    view._on_more()
    view.queue._history.clear()
    view.queue.take(LabellingQueue((), 0, 0, ()))
    camera.shoot(window, "read-label-empty")
    view.queue.take(LabellingQueue((), 0, 34, ()))
    camera.shoot(window, "read-label-done")


def entities(camera: Any, window: Any, page: Any) -> None:
    """Read with a skill that finds names and terms."""
    from fake_values import CLINIC

    page._choose(next(info.name for info in page._infos if info.task == "entities"))
    page.tabs.set_current("try")
    page._show_tab("try")
    page.try_tab.edit.setPlainText(CLINIC[1])
    page.try_tab.read()
    camera.idle(window)
    page.try_tab.entities.table.select_row(1)
    camera.shoot(window, "read-entities")
    for tab in ("measure", "report"):
        page.tabs.set_current(tab)
        page._show_tab(tab)
        camera.idle(window)
        if tab == "measure":
            page.measure._start()
            camera.idle(window)
        camera.shoot(window, f"read-entities-{tab}")


def recommend(camera: Any, window: Any, page: Any) -> None:
    for tab in ("person", "history", "file", "map", "rules", "quality"):
        if tab not in page.tabs._buttons:
            continue
        page.tabs.set_current(tab)
        page._show_tab(tab)
        if tab == "person":
            page.person.picker.list.setCurrentRow(2)
        if tab == "history":
            camera.idle(window)
            for key in page.history.picker.list.keys()[:3]:
                page.history.add(key, page.history.picker.title_of(key))
        if tab == "file":
            camera.idle(window)
            camera.shoot(window, "recommend-file-empty")
            page.file.open_file(samples(camera.language) / "shop" / "purchases.csv")
        camera.idle(window)
        camera.shoot(window, f"recommend-{tab}")
        if tab == "person":
            page.person.pane.cards[0].similar_requested.emit()
            camera.idle(window)
            camera.shoot(window, "recommend-similar")
            page.person.pane.step_back()
            if not camera.fake:
                page.person.set_explore(0.2)
                page.person.keep.click()
                camera.idle(window)
                page.person.pane.cards[0].chosen_requested.emit()
                page.person.pane.cards[2].dismiss_requested.emit()
                camera.idle(window)
                camera.shoot(window, "recommend-kept")
        if tab == "history" and not camera.fake:
            page.history.wish.setText(WISHES[camera.language])
            page.history.find_button.click()
            camera.idle(window)
            camera.shoot(window, "recommend-wish")
        if tab == "map":
            point = max(page.map.canvas._map.points, key=lambda one: one.chosen)
            page.map.canvas.choose(point.item)
            page.map._choose(point.item)
            camera.idle(window)
            camera.shoot(window, "recommend-map-chosen")
        if tab == "rules" and not camera.fake:
            page.rules.kind.setCurrentIndex(page.rules.kind.findData("per_category"))
            page.rules.value.setText("2")
            page.rules.add_rule.click()
            camera.idle(window)
            camera.shoot(window, "recommend-rules-added")
        if tab == "quality":
            bar = page.quality_area.verticalScrollBar()
            if bar.maximum():
                bar.setValue(bar.maximum())
                camera.shoot(window, "recommend-quality-bottom")
                bar.setValue(0)
    page._open_fit()
    camera.idle(window)
    camera.shoot(window, "recommend-fit")
    page._close_fit()


def _parts(camera: Any, window: Any, area: Any, name: str, most: int = 8) -> None:
    """A page that is higher than the window, part by part."""
    bar = area.verticalScrollBar()
    bar.setValue(0)
    for part in range(most):
        camera.shoot(window, f"{name}-{part}" if part else name)
        if bar.value() >= bar.maximum():
            break
        bar.setValue((part + 1) * 420)
    bar.setValue(0)


def teach(camera: Any, window: Any, page: Any) -> None:
    page.new_skill()
    camera.idle(window)
    _parts(camera, window, page.areas["data"], "teach-data", 2)
    page._show("check")
    camera.idle(window)
    camera.shoot(window, "teach-check")
    page._show("method")
    if not camera.fake:
        camera.settle(1500)
        camera.shoot(window, "teach-forecast")
    camera.idle(window)
    _parts(camera, window, page.areas["method"], "teach-method", 2)
    page.method.more.setChecked(True)
    camera.settle()
    page.areas["method"].verticalScrollBar().setValue(560)
    camera.shoot(window, "teach-options")
    page.areas["method"].verticalScrollBar().setValue(5000)
    camera.shoot(window, "teach-options-end")
    page.method.more.setChecked(False)
    (_train_fake if camera.fake else _train)(camera, window, page)
    camera.idle(window)
    _parts(camera, window, page.areas["report"], "teach-report")
    page._show("use")
    camera.idle(window)
    _parts(camera, window, page.areas["use"], "teach-use", 2)
    if len(page.use.versions.versions) > 1:
        page.use.versions.table.select_row(1)
        page.use.versions.compare.click()
        camera.idle(window)
        _parts(camera, window, page.areas["use"], "teach-compared", 3)
    page.use.label.click()
    camera.idle(window)
    camera.shoot(window, "teach-label")
    page._show("data")


def _train(camera: Any, window: Any, page: Any) -> None:
    """A real training, looked at while it runs; a second one waits in line and is stopped."""
    if "lora" in page.method._offered and page.method.cards["lora"].radio.isEnabled():
        page.method.choose("lora")
    page._start()
    first = page.trainings.all()[-1]
    camera.wait(lambda: len(first.points) > 12 or not first.is_open, 240, "for points")
    camera.shoot(window, "teach-train")
    if first.is_open:
        page.train.pause.click()
        camera.settle(1500)
        camera.shoot(window, "teach-paused")
        page.train.resume.click()
        page.new_skill()
        camera.settle(300)
        page._show("method")
        page._start()
        second = page.trainings.all()[-1]
        camera.settle(1500)
        camera.shoot(window, "teach-queued")
        page.trainings.stop(second)
        camera.wait(lambda: not second.is_open, 60, "for the end of the second training")
        camera.shoot(window, "teach-stopped")
        page.choose_training(first.key)
    camera.wait(lambda: not first.is_open, 600, "for the training")
    page.choose_training(first.key)


def _train_fake(camera: Any, window: Any, page: Any) -> None:
    """A training that the pictures drive by hand."""
    from fake_values import TRAINED, learning

    from engine import api
    from engine.values import Progress

    page._start()
    first = page.trainings.all()[-1]
    for values in learning():
        done = int(values["step"])
        camera.engine.progress(api.TrainClassifier, Progress(done, 480, "learn", 80.0, "", values))
    camera.settle(300)
    camera.shoot(window, "teach-train")
    page.new_skill()
    camera.settle()
    page._show("method")
    page._start()
    camera.settle(300)
    camera.shoot(window, "teach-queued")
    second = page.trainings.all()[-1]
    page.trainings.stop(second)
    camera.settle(300)
    camera.shoot(window, "teach-stopped")
    page.choose_training(first.key)
    camera.engine.finish(api.TrainClassifier, TRAINED)
    camera.settle(300)


def library(camera: Any, window: Any, page: Any) -> None:
    from PySide6.QtWidgets import QDialog

    page.show_tab("documents")
    camera.idle(window)
    camera.shoot(window, "library-documents")
    library_parts(camera, window, page.documents)
    page.show_tab("data")
    camera.idle(window)
    camera.shoot(window, "library-data")
    page.data.import_file(samples(camera.language) / "shop" / "messages.csv")
    camera.idle(window)
    dialog = page.data.findChild(QDialog, "import")
    camera.shoot(dialog, "library-import")
    dialog.reject()
    page.data.open_dataset(page.data._datasets[0].name)
    camera.idle(window)
    camera.shoot(window, "library-dataset")
    marked = next((info.name for info in page.data._datasets if info.kind == "entities"), None)
    if marked is not None:
        page.data.open_dataset(marked)
        camera.idle(window)
        camera.shoot(window, "library-marked")
    page.data._stack.setCurrentIndex(1)
    page.show_tab("models")
    camera.idle(window)
    camera.shoot(window, "library-models")


def activity(camera: Any, window: Any, page: Any) -> None:
    from engine.api import VerifyWorkspace

    page.show_tab("jobs")
    camera.idle(window)
    camera.shoot(window, "activity-jobs")
    if not camera.fake:
        from engine.api import TrainClassifier

        datasets = list(window.pages["library"].data._datasets) if "library" in window.pages else []
        name = next((info.name for info in datasets if info.kind == "labelled"), None)
        if name is not None:
            job = window.client.call(TrainClassifier(dataset=name, pack="shown while it runs"))
            window.client.call(VerifyWorkspace())
            camera.settle(700)
            page.refresh()
            camera.settle(500)
            camera.shoot(window, "activity-running")
            job.cancel()
            camera.idle(window)
    page.show_tab("audit")
    camera.idle(window)
    camera.shoot(window, "activity-audit")


def settings(camera: Any, window: Any, page: Any) -> None:
    from PySide6.QtWidgets import QScrollArea

    from engine.errors import UnknownName
    from gui.bridge.show_error import ErrorDialog

    area = page.findChild(QScrollArea, "settings.scroll")
    area.verticalScrollBar().setValue(0)
    camera.shoot(window, "settings-top")
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    camera.shoot(window, "settings-bottom")
    dialog = ErrorDialog(UnknownName(what="data set", name="letters", known="messages, notes"), window)
    dialog.show()
    dialog._on_show()
    camera.shoot(dialog, "error-dialog")
    dialog.close()
    dialog.deleteLater()


SCENES = {
    "gate": None,
    "chat": chat,
    "read": read,
    "recommend": recommend,
    "teach": teach,
    "library": library,
    "activity": activity,
    "settings": settings,
    **SCENES_DESK,
    **SCENES_GENERATOR,
}
"""A scene of the page of its name; "chat_desk" is another one of Chat, with canned answers."""

"""From a table to a skill in use, in the real window with the real engine; a picture of every stop.

    python tests/look/real_path.py                        English, light
    python tests/look/real_path.py --language zh_CN --theme dark --epochs 3

A new workspace, a table of 300 labelled messages of the samples imported on the Teach page, checked, taught with LoRA
while the curves are watched, paused once; then the report, a text read and explained, a correction, the labelling
queue, the skill measured on the messages that were kept aside, the library and the activity. It ends with an error
where a stop is not reached.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path
from typing import Any

from shots import PASSPHRASE, ROOT, Camera

TAUGHT = 300
ODD = "Where is my parcel? It should have been here on Tuesday."


def tables(folder: Path) -> tuple[Path, Path, Path]:
    """The messages of the samples in three tables: to teach with, to measure on, and texts without labels.

    They are English in every language of the window: LoRA adapts the bundled encoder, which reads English.
    """
    source = ROOT / "assets" / "samples" / "en" / "shop" / "messages.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    random.Random(7).shuffle(rows)
    taught = min(TAUGHT, len(rows) * 2 // 3)
    paths = (folder / "messages.csv", folder / "kept-aside.csv", folder / "new-texts.csv")
    for path, part, columns in zip(
        paths, (rows[:taught], rows[taught:], rows[taught:][:60]), (("text", "label"), ("text", "label"), ("text",)),
        strict=True,
    ):  # fmt: skip
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(part)
    return paths


def create(camera: Camera) -> Any:
    """A window with a new, empty workspace."""
    import tempfile

    from gui.app import make_client
    from gui.look import Look
    from gui.main_window import MainWindow

    camera.place = Path(tempfile.mkdtemp(prefix="casemate-path-"))
    workspace = camera.place / "my-workspace"
    window = MainWindow(workspace, Look(), exists=False)
    window.resize(1280, 800)
    window.show()
    client = make_client(workspace)
    camera.window, camera.client = window, client
    client.start()
    window.attach(client)
    camera.idle(window)
    window.gate.passphrase.setText(PASSPHRASE)
    window.gate.repeat.setText(PASSPHRASE)
    camera.shoot(window, "path-01-create")
    window.gate.submit.click()
    camera.wait(lambda: client.is_unlocked and window.shell is not None, 60, "for the workspace")
    camera.idle(window)
    return window


def bring_in(camera: Camera, window: Any, owner: Any, path: Path, name: str) -> None:
    """Import a table by the dialog of a page."""
    from PySide6.QtWidgets import QDialog

    owner.import_file(path)
    camera.idle(window)
    dialog = owner.findChild(QDialog, "import")
    camera.shoot(dialog, name)
    if not dialog._accept.isEnabled():
        raise SystemExit(f"the table {path.name} cannot be imported: {dialog._message.text()}")
    dialog._accept.click()
    camera.idle(window)


def teach(camera: Camera, window: Any, messages: Path, epochs: int) -> str:
    """The Teach page from its empty first step to the report; returns the name of the skill."""
    window.show_page("teach")
    camera.idle(window)
    page = window.pages["teach"]
    camera.shoot(window, "path-02-teach-empty")
    bring_in(camera, window, page.data, messages, "path-03-import")
    camera.shoot(window, "path-04-data")
    page.footer.next.click()
    camera.idle(window)
    camera.shoot(window, "path-05-check")
    if not page.draft.checked:
        raise SystemExit("the examples cannot be taught")
    page.footer.next.click()
    camera.settle(1500)
    camera.shoot(window, "path-06-forecast-runs")
    camera.idle(window, 300)
    camera.shoot(window, "path-07-forecast")
    page.method.choose("lora")
    page.method.more.setChecked(True)
    page.method.options.epochs.setValue(epochs)
    camera.settle()
    camera.shoot(window, "path-08-options")
    if page.step != "method" or not page.footer.next.isEnabled():
        raise SystemExit("LoRA cannot be started")
    page.footer.next.click()
    training = page.trainings.all()[-1]
    camera.wait(lambda: len(training.points) > 4 or not training.is_open, 600, "for the first points of the curve")
    camera.shoot(window, "path-09-train")
    if training.is_open:
        page.train.pause.click()
        camera.settle(1200)
        camera.shoot(window, "path-10-paused")
        page.train.resume.click()
    camera.wait(lambda: len(training.points) > 12 or not training.is_open, 600, "for more points")
    camera.shoot(window, "path-11-curves")
    camera.wait(lambda: not training.is_open, 1800, "for the training")
    if training.state != "done" or training.result is None:
        raise SystemExit(f"the training ended as {training.state}")
    camera.idle(window)
    camera.wait(lambda: page.step == "report", 10, "for the report")
    from scenes import _parts

    _parts(camera, window, page.areas["report"], "path-12-report", 12)
    print({key: round(value, 4) for key, value in training.result.metrics.items()})
    page.footer.next.click()
    camera.idle(window)
    camera.shoot(window, "path-13-use")
    return str(training.pack)


def use(camera: Camera, window: Any, pack: str, aside: Path, texts: Path) -> None:
    """Read with the skill: a text and why, a correction, the labelling queue, other texts to measure on."""
    from scenes import _parts

    window.pages["teach"].use.read.click()
    camera.idle(window)
    page = window.pages["read"]
    if window.current != "read" or page._skill != pack:
        raise SystemExit("Read was not opened with the skill")
    page.try_tab.edit.setPlainText(ODD)
    page.try_tab.read()
    camera.idle(window)
    camera.shoot(window, "path-14-read")
    page.try_tab.explain()
    camera.idle(window)
    camera.settle(200)
    camera.shoot(window, "path-15-why")
    page.try_tab.correct(page._info().labels[0])
    camera.idle(window)
    camera.shoot(window, "path-16-corrected")

    window.show_page("library")
    camera.idle(window)
    library = window.pages["library"]
    library.show_tab("data")
    camera.idle(window)
    bring_in(camera, window, library.data, aside, "path-17-import-aside")
    bring_in(camera, window, library.data, texts, "path-18-import-texts")
    camera.settle(200)
    camera.shoot(window, "path-19-library-data")

    window.show_page("read")
    camera.idle(window)
    page.tabs.button("label").click()
    camera.idle(window)
    camera.shoot(window, "path-20-label-empty")
    view = page.label_tab
    view._on_more()
    camera.settle()
    place = view.choose.data.findData("new-texts")
    if place < 0:
        raise SystemExit("texts to label cannot be chosen from")
    view.choose.data.setCurrentIndex(place)
    view.choose.start.click()
    camera.idle(window, 120)
    camera.shoot(window, "path-21-label")
    for number in (1, 2):
        view._on_number(number)
        camera.idle(window)
    view.undo()
    camera.idle(window)
    camera.shoot(window, "path-22-labelled")
    if view.queue.labelled < 1:
        raise SystemExit("nothing was labelled")

    page.tabs.button("measure").click()
    camera.idle(window)
    page.measure.data.setCurrentIndex(page.measure.data.findData("kept-aside"))
    page.measure.start.click()
    camera.idle(window, 120)
    if not page.measure.measured.isVisible():
        raise SystemExit("the skill was not measured")
    _parts(camera, window, page.measure_area, "path-23-measure", 6)

    window.show_page("library")
    library.show_tab("models")
    camera.idle(window)
    camera.shoot(window, "path-24-models")
    model = library.models.view
    if model.name != pack:
        raise SystemExit(f"the library shows {model.name}, not {pack}")
    from PySide6.QtWidgets import QScrollArea

    for area in library.models.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    camera.shoot(window, "path-25-model")
    window.show_page("activity")
    camera.idle(window)
    camera.shoot(window, "path-26-activity")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="en", choices=("en", "zh_CN"))
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--size", default="normal", choices=("normal", "larger"))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--out", type=Path, default=ROOT / "shots")
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    camera = Camera(args.out, fake=False)
    camera.dress(args.theme, args.size, args.language)
    window = create(camera)
    try:
        messages, aside, texts = tables(camera.place)
        pack = teach(camera, window, messages, args.epochs)
        use(camera, window, pack, aside, texts)
    finally:
        camera.leave()


if __name__ == "__main__":
    main()

"""Pictures of every page in light and dark, English and Chinese, and with large fonts; they land in ./shots.

    python tests/look/shots.py            the real window, the real engine, the bundled samples
    python tests/look/shots.py --fake     the real window, canned answers (quick)
    python tests/look/shots.py library settings --themes dark --languages zh_CN

They are for looking at: clipped text, weak contrast and empty corners show at once.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent), str(ROOT / "tests" / "gui")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PAGES = ("chat", "read", "recommend", "library", "activity", "settings")
PASSPHRASE = "nine quiet words for a picture"


class Camera:
    """Drives one window and saves what it shows."""

    def __init__(self, folder: Path, *, fake: bool) -> None:
        from PySide6.QtCore import QStandardPaths
        from PySide6.QtWidgets import QApplication

        QStandardPaths.setTestModeEnabled(True)
        self.app = QApplication.instance() or QApplication([])
        self.app.setStyle("Fusion")
        self.folder = folder
        self.fake = fake

    def settle(self, seconds: float = 0.4) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.005)

    def wait(self, ready: Any, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not ready() and time.monotonic() < until:
            self.app.processEvents()
            time.sleep(0.01)
        if not ready():
            raise SystemExit("the engine did not get there in time")

    def dress(self, theme_name: str, size: str, language_name: str) -> None:
        from gui.text.language import use_language
        from gui.theme import theme

        use_language(language_name)
        theme().apply(theme_name, size)

    def open(self, language: str) -> Any:
        """A window whose workspace is open and filled."""
        from gui.app import make_client
        from gui.bridge.client import EngineClient
        from gui.look import Look
        from gui.main_window import MainWindow

        workspace = Path(tempfile.mkdtemp(prefix="casemate-shots-"))
        window = MainWindow(workspace, Look(), exists=False)
        window.resize(1280, 800)
        window.show()
        self.settle(0.2)
        if self.fake:
            from conftest import FakeEngine
            from fake_values import answers

            engine = FakeEngine()
            engine.answers.update(answers())
            client = EngineClient(lambda: engine)
        else:
            client = make_client(workspace)
        client.start()
        window.attach(client)
        if not self.fake:
            from engine.api import LoadSamples

            self.wait(lambda: window.gate.isVisible(), 5)
            window.gate.passphrase.setText(PASSPHRASE)
            window.gate.repeat.setText(PASSPHRASE)
            window.gate.submit.click()
            self.wait(lambda: client.is_unlocked, 60)
            done: list[Any] = []
            job = client.call(LoadSamples(language="zh" if language == "zh_CN" else "en"))
            job.finished.connect(done.append)
            job.failed.connect(done.append)
            self.wait(lambda: bool(done), 300)
            if isinstance(done[0], Exception):
                client.close()
                raise SystemExit(f"the samples did not load: {done[0]}")
        self.wait(lambda: client.is_unlocked and window.shell is not None, 20)
        return window

    def shoot(self, widget: Any, name: str) -> None:
        self.settle()
        widget.grab().save(str(self.folder / f"{name}.png"))
        print(name, flush=True)


def parts_of(window: Any, page: str) -> list[tuple[str, Any]]:
    """What to do on a page before each picture: (suffix, act)."""
    shown = window.pages[page]
    if page == "library":

        def open_dataset() -> None:
            shown.show_tab("data")
            shown.data.open_dataset(shown.data._datasets[0].name)

        return [
            ("", lambda: shown.show_tab("documents")),
            ("-data", lambda: shown.show_tab("data")),
            ("-dataset", open_dataset),
            ("-models", lambda: shown.show_tab("models")),
        ]
    if page == "activity":
        return [("", lambda: shown.show_tab("jobs")), ("-audit", lambda: shown.show_tab("audit"))]
    if page == "settings":
        return [("", lambda: None), ("-self-test", lambda: shown.about._on_test())]
    return [("", lambda: None)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="*", default=PAGES)
    parser.add_argument("--fake", action="store_true")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="en,zh_CN")
    parser.add_argument("--sizes", default="normal,larger")
    parser.add_argument("--out", type=Path, default=ROOT / "shots")
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    camera = Camera(args.out, fake=args.fake)
    for language in args.languages.split(","):
        camera.dress("light", "normal", language)
        window = camera.open(language)
        for theme_name in args.themes.split(","):
            for size in args.sizes.split(","):
                if size != "normal" and theme_name != "light":
                    continue
                camera.dress(theme_name, size, language)
                camera.settle(0.2)
                for page in args.pages:
                    window.show_page(page)
                    camera.settle(0.6)
                    for suffix, act in parts_of(window, page):
                        act()
                        camera.settle(0.3)
                        camera.shoot(window, f"{page}{suffix}-{theme_name}-{language}-{size}")
                window.grab()
        window.client.close()
        window.close()
        from gui.shell.gate import Gate

        for theme_name in args.themes.split(","):
            for exists in (False, True):
                camera.dress(theme_name, "normal", language)
                gate = Gate("/home/kim/casemate", exists=exists)
                gate.resize(1280, 800)
                gate.show()
                camera.shoot(gate, f"gate-{'unlock' if exists else 'create'}-{theme_name}-{language}-normal")
                gate.close()


if __name__ == "__main__":
    main()

"""Pictures of every page and its main states, light and dark, English and Chinese, normal and large fonts.

    python tests/look/shots.py                   the real window, the real engine, the bundled samples
    python tests/look/shots.py --fake            the real window, canned answers (quick, fewer states)
    python tests/look/shots.py library settings --themes dark --languages zh_CN --sizes larger

They land in ./shots and are for looking at: clipped text, weak contrast and empty corners show at once.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent), str(ROOT / "tests" / "gui")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

FAKE_ONLY = ("chat_desk", "chat_generator")
PASSPHRASE = "nine quiet words for a picture"


class Camera:
    """Drives one window and saves what it shows.

    It waits in event loops of its own: QTest.qWait keeps Python's lock while it waits, so that the thread which
    reads the engine's answers stands still and they seem lost.
    """

    def __init__(self, folder: Path, *, fake: bool) -> None:
        from PySide6.QtCore import QStandardPaths
        from PySide6.QtWidgets import QApplication

        QStandardPaths.setTestModeEnabled(True)
        QApplication.setStyle("Fusion")
        self.app = QApplication.instance() or QApplication([])
        self.folder = folder
        self.fake = fake
        self.dressed = ""
        self.language = "en"

    def settle(self, ms: int = 120) -> None:
        """Let timers and layouts run."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def wait(self, ready: Any, seconds: float = 60.0, what: str = "") -> None:
        """Until `ready()` holds."""
        from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

        loop, timer, clock = QEventLoop(), QTimer(), QElapsedTimer()
        clock.start()
        held: list[bool] = []  # it may hold for a moment only, before the loop has ended

        def look() -> None:
            if ready():
                held.append(True)
            if held or clock.elapsed() > seconds * 1000:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(15)
        loop.exec()
        if not held:
            raise SystemExit(f"waited {seconds:.0f} s in vain {what}")

    def idle(self, window: Any, seconds: float = 120.0) -> None:
        """Until nothing that was asked is still open."""
        self.settle(40)
        try:
            self.wait(lambda: not window.client._running, seconds)
            self.settle(80)
            self.wait(lambda: not window.client._running, seconds)  # an answer may have asked for more
        except SystemExit:
            open_ones = ", ".join(type(job.request).__name__ for job in window.client._running)
            raise SystemExit(f"waited {seconds:.0f} s in vain for answers to {open_ones}") from None
        self.settle(80)

    def dress(self, theme_name: str, size: str, language_name: str) -> None:
        from gui.text.language import use_language
        from gui.theme import theme

        if language_name != self.dressed:  # a window makes itself anew for every language
            use_language(language_name)
        self.dressed = self.language = language_name
        theme().apply(theme_name, size)
        self.suffix = f"{theme_name}-{language_name}-{size}"

    def open(self) -> Any:
        """A window whose workspace is open and filled."""
        from engine.api import LoadSamples
        from gui.app import make_client
        from gui.bridge.client import EngineClient
        from gui.look import Look
        from gui.main_window import MainWindow

        self.place = Path(tempfile.mkdtemp(prefix="casemate-shots-"))
        workspace = self.place / ("工作区" if self.language == "zh_CN" else "my-workspace")
        window = MainWindow(workspace, Look(), exists=False)
        window.resize(1280, 800)
        window.show()
        self.settle()
        if self.fake:
            from conftest import FakeEngine
            from fake_values import answers

            engine = self.engine = FakeEngine()
            engine.answers.update(answers())
            client = EngineClient(lambda: engine)
        else:
            client = make_client(workspace)
        self.window, self.client = window, client
        client.start()
        window.attach(client)
        if not self.fake:
            self.idle(window)
            window.gate.passphrase.setText(PASSPHRASE)
            window.gate.repeat.setText(PASSPHRASE)
            window.gate.submit.click()
            self.wait(lambda: client.is_unlocked and window.shell is not None)
            self.idle(window)
            self.shoot(window, "first-page-empty")
            for page in ("read", "recommend", "teach", "library", "activity"):
                window.show_page(page)
                self.idle(window)
                self.shoot(window, f"empty-{page}")
            window.show_page("chat")
            client.call(LoadSamples(language="zh" if self.language == "zh_CN" else "en"))
            self.wait(lambda: any(job.progress and job.progress.done for job in client.long_jobs()))
            self.settle(400)
            self.shoot(window, "samples-loading")
            self.wait(lambda: not client.long_jobs(), 300)
        self.wait(lambda: client.is_unlocked and window.shell is not None, 20)
        self.idle(window)
        return window

    def shoot(self, widget: Any, name: str) -> None:
        self.settle()
        widget.grab().save(str(self.folder / f"{name}-{self.suffix}.png"))
        print(f"{name}-{self.suffix}", flush=True)

    def leave(self) -> None:
        """End the engine: a host whose window process ends without a word would be waited for."""
        self.client.close()
        self.window.close()
        self.window.deleteLater()
        shutil.rmtree(self.place, ignore_errors=True)


def shoot_gates(camera: Camera) -> None:
    from gui.shell.gate import Gate

    for exists in (False, True):
        gate = Gate("/home/kim/casemate", exists=exists)
        gate.resize(1280, 800)
        gate.show()
        camera.shoot(gate, f"gate-{'unlock' if exists else 'create'}")
        if not exists:
            gate.passphrase.setText("harbour violet kettle nine")
            gate.repeat.setText("harbour violet")
            camera.shoot(gate, "gate-create-typed")
        gate.close()
        gate.deleteLater()


def main() -> None:
    from scenes import SCENES

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", help=f"of {', '.join(SCENES)}; all unless told")
    parser.add_argument("--real", action="store_true", help="with the real engine (the usual)")
    parser.add_argument("--fake", action="store_true", help="with canned answers")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="en,zh_CN")
    parser.add_argument("--sizes", default="normal,larger")
    parser.add_argument("--out", type=Path, default=ROOT / "shots")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    camera = Camera(args.out, fake=args.fake)
    themes, sizes = args.themes.split(","), args.sizes.split(",")
    for language in args.languages.split(","):
        camera.dress(themes[0], sizes[0], language)
        try:
            window = camera.open()
            for theme_name in themes:
                for size in sizes:
                    camera.dress(theme_name, size, language)
                    camera.settle()
                    for page in args.pages or SCENES:
                        if page == "gate":
                            shoot_gates(camera)
                        else:
                            if page in FAKE_ONLY and not camera.fake:
                                continue
                            name = page.split("_")[0]
                            window.show_page(name)
                            camera.idle(window)
                            SCENES[page](camera, window, window.pages[name])
        finally:
            camera.leave()


if __name__ == "__main__":
    main()

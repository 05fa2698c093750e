"""The versions of a skill: which is in use, how good each is, two compared, another put to use."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.api import CompareVersions, ListVersions, UseVersion, VersionInfo, Versions, VersionsCompared
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.teach.compared_view import ComparedView
from gui.text.methods import method_title
from gui.text.moments import short_moment
from gui.text.numbers import size_text
from gui.text.shares import percent
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.dialog import confirm
from gui.widgets.fit import fit_height
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.table import Table
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

MOST_ROWS = 10


class VersionsCard(Card):
    """Signals:
    changed(): another version is in use.
    listed(Versions): the versions of the skill on show.
    failed(EngineError): something could not be done.
    """

    changed = Signal()
    listed = Signal(object)
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(
            self.tr("Versions"),
            self.tr("Every teaching makes a version. Choose one to put it to use, or two to compare them."),
        )
        self.setObjectName("teach.versions_card")
        self._client = client
        self._listing, self._using, self._comparing = Latest(self), Latest(self), Latest(self)
        self.pack = ""
        self.versions: tuple[VersionInfo, ...] = ()
        self.table = Table("teach.versions", self.tr("Versions of this skill"), sortable=False)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        self.put = Button(self.tr("Put to use"), "teach.version_use", icon="check")
        self.put.clicked.connect(self._on_put)
        self.compare = Button(self.tr("Compare"), "teach.version_compare", icon="chart")
        self.compare.clicked.connect(self._on_compare)
        self.back = Button(self.tr("Go back to the version before"), "teach.version_back", icon="history")
        self.back.clicked.connect(self._on_back)
        acts = FlowLayout()
        for button in (self.put, self.compare, self.back):
            acts.addWidget(button)
        self.hint = Text(role="caption", wrap=True)
        self.strip = ProgressStrip(name="teach.compare_progress", framed=False)
        self.strip.cancel_requested.connect(self._comparing.cancel)
        self.compared = ComparedView()
        for part in (self.table, acts, self.hint, self.strip, self.compared):
            self.add(part)
        self.strip.hide()
        self.compared.hide()

    def set_pack(self, pack: str) -> None:
        """Show the versions of this skill."""
        if pack != self.pack:
            self.pack = pack
            self.versions = ()
            self.compared.hide()
            self._comparing.drop()
            self.strip.hide()
            self.table.set_rows((), ())
        self.refresh()

    def refresh(self) -> None:
        if self.pack:
            self._listing.run(
                self._client.call(ListVersions(self.pack)), done=self._on_versions, failed=self.failed.emit
            )

    @property
    def in_use(self) -> int | None:
        return next((one.version for one in self.versions if one.current), None)

    def chosen(self) -> list[int]:
        """Numbers of the chosen versions, as they stand in the table."""
        return [self.versions[row].version for row in self.table.selected_rows() if row < len(self.versions)]

    def _on_versions(self, result: Versions) -> None:
        self.versions = tuple(sorted(result.versions, key=lambda one: -one.version))
        score_key = "f1" if result.task == "entities" else "accuracy"
        heads = (
            self.tr("Version"),
            self.tr("In use"),
            self.tr("F1") if score_key == "f1" else self.tr("Right answers"),
            self.tr("Taught"),
            self.tr("Method"),
            self.tr("Size"),
            self.tr("Examples"),
        )
        rows = [
            (
                str(one.version),
                self.tr("in use") if one.current else "",
                percent(one.metrics[score_key]) if score_key in one.metrics else "–",
                short_moment(one.created),
                method_title(one.method),
                size_text(one.bytes),
                one.dataset,
            )
            for one in self.versions
        ]
        tones = {(place, 1): "success" for place, one in enumerate(self.versions) if one.current}
        self.table.set_rows(heads, rows, stretch=len(heads) - 1, widths=(0, 0, 0, 0, 0, 0), tones=tones)
        fit_height(self.table, MOST_ROWS)
        self._on_selected()
        self.listed.emit(result)

    def _on_selected(self) -> None:
        chosen, current = self.chosen(), self.in_use
        self.put.setEnabled(len(chosen) == 1 and chosen[0] != current)
        pair = self._pair()
        self.compare.setEnabled(pair is not None and not self._comparing.running)
        self.back.setEnabled(current is not None and any(one.version < current for one in self.versions))
        if pair is not None:
            text = self.tr("Compare asks version {first} and version {second} the same texts.")
            self.hint.setText(text.format(first=pair[0], second=pair[1]))
        else:
            self.hint.setText(self.tr("Hold Ctrl to choose two versions; one alone is compared with the one in use."))
        self.hint.setVisible(len(self.versions) > 1)
        for button in (self.put, self.compare, self.back):
            button.setVisible(len(self.versions) > 1)

    def _pair(self) -> tuple[int, int] | None:
        """Older and newer of the two that would be compared."""
        chosen, current = self.chosen(), self.in_use
        if len(chosen) == 1 and current is not None and chosen[0] != current:
            chosen = [chosen[0], current]
        return (min(chosen), max(chosen)) if len(chosen) == 2 else None

    # --- acts -------------------------------------------------------------------------------------------------

    def _on_put(self) -> None:
        if len(chosen := self.chosen()) == 1:
            self._use(chosen[0])

    def _on_back(self) -> None:
        current = self.in_use
        before = [one.version for one in self.versions if current is not None and one.version < current]
        if not before:
            return
        sure = confirm(
            self,
            "teach.roll_back_dialog",
            self.tr("Go back to version {version}?").format(version=max(before)),
            self.tr("{name} then works with that version. Nothing is deleted.").format(name=self.pack),
            self.tr("Go back"),
            self.tr("Cancel"),
            danger=False,
        )
        if sure:
            self._use(max(before))

    def _use(self, version: int) -> None:
        job = self._client.call(UseVersion(self.pack, version))
        self._using.run(job, done=self._on_used, failed=self.failed.emit, stop_older=False)

    def _on_used(self, result: Versions) -> None:
        self._on_versions(result)
        show_toast(self, self.tr("Version {version} is in use.").format(version=self.in_use), "success")
        self.changed.emit()

    def _on_compare(self) -> None:
        if (pair := self._pair()) is None:
            return
        self.compared.hide()
        words = self.tr("Comparing version {first} with version {second}")
        self.strip.set_title(words.format(first=pair[0], second=pair[1]))
        self.strip.set_progress(0, None)
        self.strip.show()
        self._comparing.run(
            self._client.call(CompareVersions(self.pack, *pair)),
            done=self._on_compared,
            failed=self._on_not_compared,
            progressed=self._on_progressed,
            cancelled=self._on_compare_ended,
        )
        self._on_selected()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_compare_ended(self) -> None:
        self.strip.hide()
        self._on_selected()

    def _on_compared(self, result: VersionsCompared) -> None:
        self._on_compare_ended()
        self.compared.show_result(result)
        self.compared.show()

    def _on_not_compared(self, error: EngineError) -> None:
        self._on_compare_ended()
        self.failed.emit(error)

    def dataset_in_use(self) -> str:
        """What the version in use was taught with."""
        return next((one.dataset for one in self.versions if one.current), "")

    def comparison_of(self, version: int) -> dict[str, Any]:
        """What the engine noted when it compared a new version with the one in use then."""
        return next((one.comparison for one in self.versions if one.version == version), {})

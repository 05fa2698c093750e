"""What came of a training: the report and the versions of the skill on show."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.api import GetModelCard, ModelCard, Versions
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.trainings import GENERATOR, Training, trained_of
from gui.pages.teach.body import Body
from gui.pages.teach.subject import Subject


class Results(QObject):
    """Signals:
    show_requested(str): the step that is ready to be looked at.
    failed(EngineError): the report kept with a skill could not be read.
    """

    show_requested = Signal(str)
    failed = Signal(object)

    def __init__(self, client: EngineClient, body: Body, subject: Subject) -> None:
        super().__init__(body)
        self._client, self._subject = client, subject
        self._report, self._use = body.report, body.use
        self._card = Latest(self)
        body.use.changed.connect(self._on_version_used)
        body.use.versions.listed.connect(self._on_versions)

    def pick(self, training: Training | None) -> None:
        """Turn to a training, or away from all of them; the report of another skill goes."""
        self._subject.training = training
        if training is not None and training.pack != self._subject.pack:
            self._subject.pack = ""
            self._report.show_report(None)
            self._use.set_pack("")

    def open_training(self) -> None:
        """The report of the training on show, if it is done."""
        training = self._subject.training
        if training is None or training.state != "done" or training.task == GENERATOR:
            return
        self._subject.pack = training.pack
        if training.result is None:  # taught from the labelling queue: the report is with the skill
            self.load(training.pack)
            return
        self._card.drop()
        self._report.show_report(training.result, fresh=True)
        self._use.set_pack(training.pack, task=training.task)
        self.show_requested.emit("report")

    def open_skill(self, name: str) -> None:
        """The report of a skill, whichever training it came from."""
        self.pick(None)
        self._subject.pack = name
        self.load(name)

    def load(self, name: str) -> None:
        """The report that is kept with a skill."""
        self._use.set_pack(name, task=self._subject.task_of(name))
        self._card.run(self._client.call(GetModelCard(name)), done=self._on_card, failed=self.failed.emit)

    def _on_card(self, card: ModelCard) -> None:
        report = trained_of(card.report) if card.report else None
        self._report.show_report(report)
        self._use.set_pack(card.info.name, task=card.info.task)
        self._subject.pack = card.info.name
        self.show_requested.emit("report" if report is not None and self._subject.wanted != "use" else "use")

    def _on_versions(self, result: Versions) -> None:
        """The engine's note on the comparison with the version before belongs to the report on show."""
        report = self._report.report
        if report is not None and report.pack == result.pack:
            self._report.show_comparison(self._use.versions.comparison_of(report.version))

    def _on_version_used(self) -> None:
        self._subject.wanted = "use"
        self.load(self._subject.pack)

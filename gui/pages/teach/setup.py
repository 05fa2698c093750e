"""What is to be taught: the draft as the first three steps fill it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.api import DatasetInfo, DatasetLint, Datasets, ModelInfo
from gui.pages.teach.body import Body
from gui.pages.teach.draft import Draft
from gui.pages.teach.subject import Subject


class Setup(QObject):
    """Signals:
    changed(): the draft is another one.
    """

    changed = Signal()

    def __init__(self, body: Body, draft: Draft, subject: Subject) -> None:
        super().__init__(body)
        self._body, self._draft, self._subject = body, draft, subject
        body.data.chosen.connect(self._on_data_chosen)
        body.data.renamed.connect(self._on_renamed)
        body.check.checked.connect(self._on_checked)
        body.method.changed.connect(self.changed)

    def start_anew(self) -> None:
        """Forget what was set up."""
        self._body.data.start_anew()
        self._body.method.choose("auto")

    def start_for(self, pack: str, dataset: str) -> None:
        """Set up a further version of a skill, with the data set of the one in use if there is one."""
        if dataset:
            self._body.data.choose(dataset)
        self._body.data.set_name(pack)

    def show_datasets(self, result: Datasets) -> None:
        self._subject.datasets = result.datasets
        self._body.data.show_datasets(result)
        self._fill_options()

    def show_skills(self, skills: dict[str, ModelInfo]) -> None:
        self._subject.skills = skills
        self._body.side.show_skills(list(skills.values()))
        self._body.data.set_skills(set(skills))
        self._fill_options()

    def _fill_options(self) -> None:
        """What the options can name: other data sets and skills of the kind that is taught."""
        info, subject = self._draft.info, self._subject
        own, kind = (info.name, info.kind) if info is not None else ("", "labelled")
        self._body.method.options.set_sources(
            [one.name for one in subject.datasets if one.kind == kind and one.name != own],
            [one.name for one in subject.datasets if one.kind == "texts"],
            [one.name for one in subject.skills.values() if one.task == self._draft.task],
            exists=self._draft.name in subject.skills,
        )

    def _on_data_chosen(self, info: DatasetInfo | None) -> None:
        same = info == self._draft.info
        self._draft.info = info
        if not same:
            self._draft.lint = None
            self._body.method.reset()
        self._body.check.set_dataset(info)
        if not same:
            self._fill_options()
        self.changed.emit()

    def _on_renamed(self, name: str) -> None:
        self._draft.name = name
        self._fill_options()
        self.changed.emit()

    def _on_checked(self, lint: DatasetLint | None) -> None:
        self._draft.lint = lint
        self.changed.emit()

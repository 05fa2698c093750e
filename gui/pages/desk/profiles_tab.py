"""Agents: several profiles in one workspace, each with its form, and conversations to test it with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.api import (
    Collections,
    ConversationsTested,
    DeleteProfile,
    GetProfile,
    ListCollections,
    ListModels,
    ListProfiles,
    LoadProfile,
    Models,
    Profile,
    Profiles,
    ProfileShown,
    RunConversationTests,
    SaveProfile,
)
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.pages.desk.profile_form import ProfileForm
from gui.pages.desk.tests_dialog import TestsDialog
from gui.text.errors import reason
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.dialog import confirm
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.files import ask_open_file
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.page import scrolling
from gui.widgets.toast import show_toast
from gui.widgets.two_line_list import ListRow, TwoLineList


class ProfilesTab(QWidget):
    """Signals:
    saved(str): the name of an agent that was stored.
    """

    saved = Signal(str)

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self.setObjectName("desk.agents")
        self._client = client
        self._profiles: dict[str, Profile] = {}
        self._stored: Profile | None = None  # as the engine has the one on show
        self._listing, self._showing, self._saving = Latest(self), Latest(self), Latest(self)
        self._collecting, self._modelling, self._testing = Latest(self), Latest(self), Latest(self)
        self.empty = EmptyState(
            "desk",
            self.tr("No agents yet"),
            self.tr(
                "An agent answers from one collection with intents, slots, rules and words of its own. Chat offers it "
                "beside the collections."
            ),
            self.tr("New agent"),
            second=self.tr("Open from a file…"),
            name="desk.agents.empty",
        )
        self.empty.activated.connect(self.new_profile)
        self.empty.second_activated.connect(self._on_import)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._make_filled())
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)

    def _make_filled(self) -> QWidget:
        self.list = named(TwoLineList(), "desk.agents.list", self.tr("Agents"))
        self.list.chosen.connect(self._on_chosen)
        new = Button(self.tr("New agent"), "desk.agents.new", icon="add")
        new.clicked.connect(self.new_profile)
        from_file = Button(self.tr("Open from a file…"), "desk.agents.import", kind="ghost", icon="upload")
        from_file.clicked.connect(self._on_import)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(new)
        column.addWidget(self.list, 1)
        column.addLayout(row(from_file, "stretch"))
        self.title = ElidedLabel("", "h2")
        self.test = Button(self.tr("Test conversations…"), "desk.agents.test", icon="play")
        self.test.clicked.connect(self._on_test)
        self.delete = Button(self.tr("Delete…"), "desk.agents.delete", kind="ghost", icon="trash")
        self.delete.clicked.connect(self._on_delete)
        self.save = Button(self.tr("Save"), "desk.agents.save", kind="primary", tip="Ctrl+S")
        self.save.setShortcut("Ctrl+S")
        self.save.clicked.connect(self._on_save)
        self.remarks = Banner("", "warning", name="desk.agents.remarks")
        self.remarks.hide()
        self.form = ProfileForm()
        self.form.changed.connect(self._update)
        self.area = scrolling(self.form, "desk.agents.area", self.tr("The agent"))
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(12, 0, 0, 0)
        inside.setSpacing(12)
        head = row(self.title, self.delete, self.test, self.save)
        head.setStretch(0, 1)
        inside.addLayout(head)
        inside.addWidget(self.remarks)
        inside.addWidget(self.area, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("desk.agents.splitter")
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([220, 780])
        return split

    # --- showing ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._collecting.run(self._client.call(ListCollections()), done=self._on_collections)
        self._modelling.run(self._client.call(ListModels()), done=self._on_models)
        self._listing.run(self._client.call(ListProfiles()), done=self._on_listed, failed=self._on_failed)

    def _on_collections(self, result: Collections) -> None:
        self.form.set_collections([item.name for item in result.collections])

    def _on_models(self, result: Models) -> None:
        self.form.set_skills(result.models)

    def _on_listed(self, result: Profiles) -> None:
        self._profiles = {profile.name: profile for profile in result.profiles}
        writing = self._stored is None and bool(self.form.name.text().strip())
        self.stack.setCurrentIndex(0 if self._profiles or writing else 1)
        current = self._stored.name if self._stored is not None else None
        if not writing and current not in self._profiles and self._profiles:
            current = next(iter(self._profiles))
        rows = [ListRow(profile.name, profile.name, profile.collection) for profile in result.profiles]
        self.list.set_rows(rows, current or "")
        if current in self._profiles and (self._stored is None or not self._is_changed()):
            self._show(self._profiles[current])

    def _on_chosen(self, name: str) -> None:
        if self._stored is not None and name == self._stored.name:
            return
        if self._is_changed() and not self._agree_to_lose():
            self.list.set_current(self._stored.name if self._stored is not None else None)
            return
        self._show(self._profiles[name])

    def _show(self, profile: Profile) -> None:
        """Draw it now; what is missing for it to work comes after."""
        self._stored = profile
        self.form.show_profile(profile)
        self.remarks.hide()
        self._update()
        self._showing.run(self._client.call(GetProfile(profile.name)), done=self._on_shown)

    def _on_shown(self, result: ProfileShown) -> None:
        self._say_remarks(result.remarks)

    def _say_remarks(self, remarks: Sequence[str]) -> None:
        self.remarks.set_text("\n".join(reason(remark) for remark in remarks))
        self.remarks.setVisible(bool(remarks))

    def new_profile(self) -> None:
        """An empty form."""
        if self._is_changed() and not self._agree_to_lose():
            return
        self._stored = None
        self.list.set_current(None)
        self.stack.setCurrentIndex(0)
        self.remarks.hide()
        first = self.form.collection.itemData(0) if self.form.collection.count() else ""
        self.form.show_profile(Profile("", str(first or "")))
        self._update()
        self.form.name.setFocus()

    def _is_changed(self) -> bool:
        if self._stored is None:
            return bool(self.form.name.text().strip())
        try:
            return self.form.profile() != self._stored
        except msgspec.ValidationError:
            return True

    def _agree_to_lose(self) -> bool:
        return confirm(
            self,
            "desk.agents.unsaved",
            self.tr("Leave without saving?"),
            self.tr("The changes to this agent are lost."),
            self.tr("Leave"),
            self.tr("Stay"),
        )

    def _update(self) -> None:
        name = self.form.name.text().strip()
        self.title.set_text(name or self.tr("New agent"))
        self.save.setEnabled(bool(name) and bool(self.form.collection.currentData()) and self._is_changed())
        self.delete.setVisible(self._stored is not None)
        self.test.setEnabled(self._stored is not None and not self._is_changed())
        self.test.setToolTip("" if self.test.isEnabled() else self.tr("Save the agent first."))

    # --- acting -----------------------------------------------------------------------------------------------

    def _on_save(self) -> None:
        profile = self.form.profile()
        before = self._stored
        taken = profile.name in self._profiles and (before is None or before.name != profile.name)
        if taken and not confirm(
            self,
            "desk.agents.replace",
            self.tr("Replace the agent “{name}”?").format(name=profile.name),
            self.tr("There is an agent of this name already."),
            self.tr("Replace"),
            self.tr("Cancel"),
        ):
            return
        self._saving.run(
            self._client.call(SaveProfile(profile)),
            done=lambda shown: self._on_saved(before, shown),
            failed=self._on_failed,
        )

    def _on_saved(self, before: Profile | None, shown: ProfileShown) -> None:
        self._stored = shown.profile
        self.form.show_profile(shown.profile)
        self._say_remarks(shown.remarks)
        self._update()
        show_toast(self, self.tr("Saved. Chat offers it now."), "success")
        self.saved.emit(shown.profile.name)
        if before is not None and before.name != shown.profile.name:  # it has another name now
            self._client.call(DeleteProfile(before.name))
        self.refresh()

    def _on_import(self) -> None:
        path = ask_open_file(self, self.tr("Open an agent"), self.tr("Agents (*.json)"))
        if path is not None:
            self._saving.run(
                self._client.call(LoadProfile(str(path))),
                done=lambda shown: self._on_saved(None, shown),
                failed=self._on_failed,
            )

    def _on_delete(self) -> None:
        stored = self._stored
        if stored is None or not confirm(
            self,
            "desk.agents.confirm",
            self.tr("Delete the agent “{name}”?").format(name=stored.name),
            self.tr("Its collection, documents and conversations stay."),
            self.tr("Delete"),
            self.tr("Keep"),
        ):
            return
        self._saving.run(
            self._client.call(DeleteProfile(stored.name)), done=lambda _done: self._on_gone(), failed=self._on_failed
        )

    def _on_gone(self) -> None:
        self._stored = None
        self.form.show_profile(Profile("", ""))
        self.refresh()

    # --- tests ------------------------------------------------------------------------------------------------

    def _on_test(self) -> None:
        path = ask_open_file(
            self, self.tr("Conversations to test with"), self.tr("Conversation tests (*.txt *.md);;All files (*)")
        )
        if path is not None:
            self.run_tests(str(path))

    def run_tests(self, path: str) -> None:
        """Play the conversations of a file with the agent on show."""
        if self._stored is None:
            return
        self.test.setEnabled(False)
        job = self._client.call(RunConversationTests(path, self._stored.name))
        job.ended.connect(self._update)
        self._testing.run(job, done=lambda result: self._on_tested(path, result), failed=self._on_failed)

    def _on_tested(self, path: str, result: ConversationsTested) -> None:
        dialog = TestsDialog(result, path, self.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_failed(self, error: EngineError) -> None:
        show_error(self, error)

    # --- kept over a change of language -----------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """The agent on show, with what was changed."""
        return {"stored": self._stored, "form": self.form.profile() if self._is_changed() else None}

    def restore(self, state: dict[str, Any]) -> None:
        self._stored = state["stored"]
        if (profile := state["form"] or self._stored) is not None:
            self.stack.setCurrentIndex(0)
            self.form.show_profile(profile)
        self._update()

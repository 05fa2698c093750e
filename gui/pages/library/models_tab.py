"""Models: what they are, how good they are, and what may be done with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.api import (
    AdapterExported,
    ExportAdapter,
    ExportModel,
    ImportModel,
    ListModels,
    ModelInfo,
    Models,
    RemoveModel,
    RollBackModel,
    VerifyModels,
)
from gui.bridge.client import EngineClient
from gui.pages.library.model_view import ModelView
from gui.text.errors import reason
from gui.text.jobs import task_text
from gui.text.sentences import sentences
from gui.text.shares import count
from gui.widgets.buttons import Button
from gui.widgets.dialog import confirm
from gui.widgets.empty_state import EmptyState
from gui.widgets.files import ask_folder, ask_open_file, ask_save_file
from gui.widgets.layout import column, holder, row
from gui.widgets.naming import named
from gui.widgets.page import scrolling
from gui.widgets.toast import show_toast
from gui.widgets.two_line_list import ListRow, TwoLineList


class ModelsTab(QWidget):
    """Models at the left, the chosen one at the right."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        named(self, "library.models", self.tr("Models"))
        self._client = client
        self._models: dict[str, ModelInfo] = {}
        self._empty = EmptyState(
            "model",
            self.tr("No models yet"),
            self.tr("Teach Casemate on the pages Teach or Recommend, or import a model that somebody gave you."),
            self.tr("Import a model"),
            name="library.models.empty",
        )
        self._empty.activated.connect(self._on_import)
        self.list = named(TwoLineList(), "library.models.list", self.tr("Models"))
        self.list.chosen.connect(lambda _key: self._show_chosen())
        add = Button(self.tr("Import a model"), "library.models.import", kind="ghost", icon="upload")
        add.clicked.connect(self._on_import)
        add_folder = Button(
            self.tr("Import a model's folder"), "library.models.import_folder", kind="ghost", icon="upload"
        )
        add_folder.setToolTip(
            self.tr(
                "A folder as Hugging Face's programs write it (config.json, safetensors, tokenizer.json). It is turned "
                "into a GGUF file here."
            )
        )
        add_folder.clicked.connect(self._on_import_folder)
        verify = Button(self.tr("Verify all"), "library.models.verify_all", kind="ghost", icon="shield")
        verify.clicked.connect(lambda: self._verify(None))
        left = holder(
            column(self.list, row(add, "stretch"), row(add_folder, "stretch"), row(verify, "stretch"), spacing=4)
        )
        left.setFixedWidth(264)
        self.view = ModelView(client)
        self.view.verify_requested.connect(self._verify)
        self.view.export_requested.connect(self._on_export)
        self.view.adapter_requested.connect(self._on_export_adapter)
        self.view.roll_back_requested.connect(self._on_roll_back)
        self.view.remove_requested.connect(self._on_remove)
        both = QWidget()
        halves = QHBoxLayout(both)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(24)
        halves.addWidget(left)
        halves.addWidget(scrolling(self.view, "library.models.scroll", self.tr("The chosen model")), 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(both)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    def refresh(self) -> None:
        self._client.ask(self, ListModels(), self._on_listed)

    def _on_listed(self, result: Models) -> None:
        # One entry per name: the version in use.
        shown = sorted((item for item in result.models if item.current), key=lambda item: (item.bundled, item.name))
        self._models = {item.name: item for item in shown}
        self._stack.setCurrentIndex(1 if self._models else 0)
        current = self.list.current_key()
        if current not in self._models and self._models:
            current = next(iter(self._models))
        self.list.set_rows(
            [ListRow(item.name, item.name, self._detail(item)) for item in self._models.values()], current
        )
        self._show_chosen()

    def _detail(self, item: ModelInfo) -> str:
        parts = [task_text(item.task)]
        if item.bundled:
            parts.append(self.tr("bundled"))
        else:
            parts.append(self.tr("version {n}").format(n=item.version))
        if not item.ok:
            parts.append(self.tr("damaged"))
        return "  ·  ".join(parts)

    def _show_chosen(self) -> None:
        item = self._models.get(self.list.current_key() or "")
        if item is not None:
            self.view.show_model(item)

    # --- acts -------------------------------------------------------------------------------------------------

    def _verify(self, name: str | None) -> None:
        self._client.ask(self, VerifyModels(name=name), self._on_verified)

    def _on_verified(self, result: Models) -> None:
        bad = [item.name for item in result.models if not item.ok]
        if bad:
            show_toast(self, self.tr("Damaged: {names}").format(names=", ".join(bad)), "danger")
        else:
            show_toast(self, self.tr("Every file is as it should be."), "success")
        self.refresh()

    def _on_import(self) -> None:
        path = ask_open_file(
            self, self.tr("Import a model"), self.tr("Models ({types})").format(types="*.casepack *.gguf")
        )
        self._import(path)

    def _on_import_folder(self) -> None:
        self._import(ask_folder(self, self.tr("Choose a model's folder")))

    def _import(self, path: Path | None) -> None:
        if path is not None:
            self._client.ask(
                self,
                ImportModel(path=str(path)),
                lambda _models: show_toast(self, self.tr("The model is imported."), "success"),
            )

    def _may_leave(self, name: str) -> bool:
        """A recommender holds what every person did: whoever hands it on must know."""
        people = self.view.people if name == self.view.name else 0
        return not people or confirm(
            self,
            "confirm_export",
            self.tr("This file holds the behaviour of {people} people").format(people=count(people)),
            self.tr(
                "Whoever opens it can see what each of them chose, under the names your data gives them. Hand it only "
                "to those who may know."
            ),
            self.tr("Export all the same"),
            self.tr("Cancel"),
        )

    def _on_export_adapter(self, name: str, form: str) -> None:
        title = self.tr("Choose a folder for the export")
        if (folder := ask_folder(self, title)) is None:
            return
        path = folder / f"{''.join(c if c.isalnum() or c in '-_.' else '_' for c in name)}-{form}"
        self._client.ask(
            self,
            ExportAdapter(pack=name, path=str(path), format="peft" if form == "peft" else "onnx"),
            self._on_written,
        )

    def _on_written(self, done: AdapterExported) -> None:
        words = self.tr("Written to {file}.").format(file=Path(done.path).name)
        show_toast(self, sentences(words, reason(done.note)), "success")

    def _on_export(self, name: str) -> None:
        if not self._may_leave(name):
            return
        path = ask_save_file(
            self,
            self.tr("Export the model"),
            f"{name}.casepack",
            self.tr("Model packs ({types})").format(types="*.casepack"),
        )
        if path is not None:
            self._client.ask(
                self,
                ExportModel(name=name, path=str(path)),
                lambda done: show_toast(
                    self, self.tr("Written to {file}.").format(file=Path(done.path).name), "success"
                ),
            )

    def _on_roll_back(self, name: str) -> None:
        if confirm(
            self,
            "confirm_roll_back",
            self.tr("Go back to the version before?"),
            self.tr("“{name}” will answer as its former version did. The present version stays stored.").format(
                name=name
            ),
            self.tr("Go back"),
            self.tr("Cancel"),
            danger=False,
        ):
            self._client.ask(
                self,
                RollBackModel(name=name),
                lambda _models: show_toast(self, self.tr("The former version is in use."), "success"),
            )

    def _on_remove(self, name: str) -> None:
        if confirm(
            self,
            "confirm_remove",
            self.tr("Remove the model “{name}”?").format(name=name),
            self.tr("All its versions are deleted. The data it was trained on stays."),
            self.tr("Remove"),
            self.tr("Keep"),
        ):
            self._client.ask(self, RemoveModel(name=name), lambda _done: None)

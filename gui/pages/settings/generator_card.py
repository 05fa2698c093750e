"""How generators write, in plain words: each choice with a sentence about it and a way back to what is usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QComboBox

from engine.api import ChangeSettings, Generators, GetSettings, ListGenerators, SettingsValues
from gui.bridge.client import EngineClient
from gui.pages.settings.setting_row import SettingRow
from gui.text.shares import count
from gui.theme import theme
from gui.widgets.buttons import IconButton
from gui.widgets.card import Card
from gui.widgets.layout import line
from gui.widgets.naming import named
from gui.widgets.toast import show_toast

WIDE = 240


@dataclass
class _Choice:
    """A setting on show; `usual` is what it is where nobody chose."""

    box: QComboBox
    back: IconButton
    row: SettingRow
    usual: Any


class GeneratorCard(Card):
    """The settings of generators; they belong to the workspace."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__(spacing=8)
        self.set_title(
            self.tr("Generators"),
            self.tr(
                "How a language model writes where you let one phrase answers. A choice counts from the next answer on."
            ),
        )
        self._client = client
        self._values: dict[str, Any] = {}
        self.choices: dict[str, _Choice] = {}
        self._threads = 0
        self._add(
            "generator_temperature",
            self.tr("How freely it words"),
            self.tr(
                "Free wording sounds livelier, and more of its sentences are left out because your documents do not "
                "hold them."
            ),
            0.0,
            (
                (0.0, self.tr("The same words each time")),
                (0.3, self.tr("A little freely")),
                (0.7, self.tr("Freely")),
                (1.0, self.tr("Very freely")),
            ),
        )
        self._add(
            "generator_max_tokens",
            self.tr("How long answers may be"),
            self.tr("An answer that reaches this length ends there, and its unfinished sentence is left out."),
            200,
            tuple((n, self._words(n)) for n in (100, 200, 400, 800, 1600)),
        )
        self._add(
            "generator_context",
            self.tr("How much it can read at once"),
            self.tr("Passages, conversation and answer together. More takes more memory."),
            0,
            ((0, self.tr("As much as fits")), *((n, self._pages(n)) for n in (1024, 2048, 4096, 8192, 16384, 32768))),
        )
        self._add(
            "generator_threads",
            self.tr("Processor threads"),
            self.tr("More than your processor has cores makes it slower; fewer leave room for other programs."),
            0,
            ((0, self.tr("All that help")),),
        )
        self._add(
            "generator_gpu_layers",
            self.tr("Layers on the graphics card"),
            self.tr("What lies on the graphics card is much faster and takes the card's own memory."),
            -1,
            (
                (-1, self.tr("All")),
                (0, self.tr("None")),
                *((n, self.tr("The first {n}").format(n=n)) for n in (4, 8, 16, 24, 32, 48)),
            ),
        )
        self._add(
            "generator_idle_s",
            self.tr("Give memory back after"),
            self.tr("The time without a question after which the generator is taken out of memory."),
            300,
            (
                (0, self.tr("At once")),
                (60, self.tr("1 minute")),
                (300, self.tr("5 minutes")),
                (900, self.tr("15 minutes")),
                (3600, self.tr("An hour")),
                (86_400, self.tr("A day")),
            ),
        )
        self.choices["generator_gpu_layers"].box.setEnabled(False)
        theme().changed.connect(self._fit)

    def _words(self, tokens: int) -> str:
        return self.tr("About {words} words").format(words=count(round(tokens * 0.75 / 25) * 25))

    def _pages(self, tokens: int) -> str:
        return self.tr("{tokens} tokens, about {pages} pages").format(
            tokens=count(tokens), pages=count(max(1, round(tokens * 0.75 / 400)))
        )

    def _add(self, name: str, title: str, about: str, usual: Any, options: tuple[tuple[Any, str], ...]) -> None:
        box = named(QComboBox(), f"settings.{name}", title)
        box.setAccessibleDescription(about)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setFixedWidth(theme().px(WIDE))
        for value, words in options:
            box.addItem(words, value)
        words = self.tr("Back to what is usual: {title}").format(title=title)
        back = IconButton("history", words, f"settings.{name}.reset", small=True)
        policy = back.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        back.setSizePolicy(policy)
        back.clicked.connect(lambda: self._change(name, usual))
        box.activated.connect(lambda _row: self._change(name, box.currentData()))
        row = SettingRow(title, about, back, box)
        if self.choices:
            self.add(line())
        self.add(row)
        self.choices[name] = _Choice(box, back, row, usual)
        self._show(name, usual)

    def refresh(self) -> None:
        self._client.ask(self, GetSettings(), self._on_values)
        self._client.ask(self, ListGenerators(), self._on_machine, lambda _error: None)

    def _on_machine(self, result: Generators) -> None:
        """Threads and graphics cards are those of this machine and of this build."""
        threads = self.choices["generator_threads"]
        if result.threads and result.threads != self._threads:
            self._threads = result.threads
            threads.box.clear()
            threads.box.addItem(self.tr("All that help ({n})").format(n=result.threads), 0)
            for n in range(1, max(2, 2 * result.threads) + 1):
                threads.box.addItem(str(n), n)
            self._show("generator_threads", self._values.get("generator_threads", 0))
        graphics = self.choices["generator_gpu_layers"]
        graphics.box.setEnabled(bool(result.accelerators))
        graphics.row.set_about(
            self.tr("What lies on the graphics card ({kind}) is much faster and takes the card's own memory.").format(
                kind=", ".join(result.accelerators)
            )
            if result.accelerators
            else self.tr("This Casemate was built without a graphics card for generators; the processor does it all.")
        )

    def _on_values(self, result: SettingsValues) -> None:
        self._values = result.values
        for name, choice in self.choices.items():
            self._show(name, result.values.get(name, choice.usual))

    def _show(self, name: str, value: Any) -> None:
        choice = self.choices[name]
        place = choice.box.findData(value)
        if place < 0:  # chosen elsewhere
            choice.box.addItem(f"{value:g}", value)
            place = choice.box.count() - 1
        choice.box.setCurrentIndex(place)
        choice.back.setVisible(value != choice.usual)

    def _change(self, name: str, value: Any) -> None:
        self._client.ask(
            self, ChangeSettings(values={name: value}), lambda values: self._on_saved(values), slot=f"save {name}"
        )

    def _on_saved(self, result: SettingsValues) -> None:
        self._on_values(result)
        show_toast(self, self.tr("Saved."))

    def _fit(self) -> None:
        """All as wide as each other, in every font size."""
        for choice in self.choices.values():
            choice.box.setFixedWidth(theme().px(WIDE))

"""Which generators there are, and which one each agent phrases its answers with: asked of the engine, kept by it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.api import (
    ChangeSettings,
    GeneratorInfo,
    Generators,
    GeneratorShown,
    GetGenerator,
    GetSettings,
    ListGenerators,
    SettingsValues,
    UnloadGenerator,
)
from gui.bridge.client import EngineClient

PICKS = "generator_picks"


class GeneratorChoice(QObject):
    """What there is and what is picked, for a page.

    Signals:
        changed(): generators, their state, or what is picked are others now.
        measuring_changed(): a measuring began or ended.
    """

    changed = Signal()
    measuring_changed = Signal()

    def __init__(self, client: EngineClient, parent: QObject) -> None:
        super().__init__(parent)
        self._client = client
        self._picks: dict[str, str] = {}
        self._agent = ""
        self.generators: tuple[GeneratorInfo, ...] = ()
        self.measuring = ""
        self.listed = False

    def refresh(self) -> None:
        """Ask the engine anew."""
        self._client.ask(self, GetSettings(), self._on_settings)
        self.look()

    def look(self) -> None:
        """Ask for the generators alone: memory and what is loaded change by themselves."""
        self._client.ask(self, ListGenerators(), self._on_listed, lambda _error: None)

    def set_agent(self, agent: str) -> None:
        """Whose choice it is now: an agent by name, "" for collections asked by themselves."""
        if agent != self._agent:
            self._agent = agent
            self.changed.emit()

    @property
    def agent(self) -> str:
        return self._agent

    @property
    def current(self) -> str:
        """The generator that phrases the next answer; "" where documents are quoted. An agent without a choice of its
        own does as the workspace does; a generator that is gone counts as none."""
        name = self._picks.get(self._agent, self._picks.get("", ""))
        return name if any(one.name == name for one in self.generators) else ""

    def info(self, name: str) -> GeneratorInfo | None:
        return next((one for one in self.generators if one.name == name), None)

    def pick(self, name: str) -> None:
        """Choose for this agent, and keep it."""
        self._picks = {**self._picks, self._agent: name}
        self._client.ask(self, ChangeSettings(values={PICKS: self._picks}), self._on_settings)
        self.changed.emit()

    def measure(self, name: str) -> None:
        """Load a generator and measure its speed here."""
        if self.measuring:
            return
        self.measuring = name
        self.measuring_changed.emit()
        job = self._client.ask(self, GetGenerator(pack=name, measure=True), self._on_measured, slot="measure")
        job.ended.connect(self._on_measuring_ended)

    def unload(self) -> None:
        """Give the memory of the loaded one back."""
        self._client.ask(self, UnloadGenerator(), lambda _done: self.look())

    def _on_settings(self, result: SettingsValues) -> None:
        picks = result.values.get(PICKS, {})
        self._picks = {str(agent): str(name) for agent, name in picks.items()}
        self.changed.emit()

    def _on_listed(self, result: Generators) -> None:
        self.generators = result.generators
        self.listed = True
        self.changed.emit()

    def _on_measured(self, shown: GeneratorShown) -> None:
        self.generators = tuple(shown.info if one.name == shown.info.name else one for one in self.generators)
        self.changed.emit()

    def _on_measuring_ended(self) -> None:
        self.measuring = ""
        self.measuring_changed.emit()
        self.look()

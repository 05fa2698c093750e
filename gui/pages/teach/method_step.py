"""Step 3: how to teach. A short probe tells what each way would take and reach; one is recommended with its reason."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from engine.api import TrainingForecast
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.teach.draft import Draft
from gui.pages.teach.method_card import MethodCard
from gui.pages.teach.options_panel import OptionsPanel
from gui.text.errors import reason, sentence
from gui.text.methods import FURTHER, MAIN, method_title, with_titles
from gui.text.numbers import size_text
from gui.theme import theme
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.layout import column, holder, row
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.text import Text

CARD_WIDTH = 290  # px at font scale 1; narrower cards stand below each other


class MethodStep(QWidget):
    """Signals:
    changed(): another method or option was chosen, or the forecast came; the draft holds it.
    """

    changed = Signal()

    def __init__(self, client: EngineClient, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.method_step")
        self._client = client
        self.draft = draft
        self._probing = Latest(self)
        self._probed: Any = None  # the request that the forecast answers
        self._columns = 0
        self._offered = set(MAIN) | set(FURTHER)

        self.strip = ProgressStrip(name="teach.forecast_progress")
        self.strip.cancel_requested.connect(self._probing.cancel)
        self.strip.hide()
        self.trouble = Banner("", "warning", action=self.tr("Try again"), name="teach.forecast_trouble")
        self.trouble.activated.connect(self.probe)
        self.trouble.hide()
        self.facts = Text(role="caption", wrap=True)
        self.facts.setObjectName("teach.forecast_facts")
        self.again = Button(self.tr("Forecast again"), "teach.forecast_again", small=True, icon="refresh")
        self.again.clicked.connect(self.probe)

        self.cards = {method: MethodCard(method) for method in ("auto", *MAIN, *FURTHER)}
        self._group = QButtonGroup(self)
        for card in self.cards.values():
            self._group.addButton(card.radio)
            card.chosen.connect(self._on_method)
        self.why = Text(wrap=True)
        self.why.setObjectName("teach.forecast_why")
        auto = self.cards["auto"]
        auto.add(self.why)
        auto.what.setText(self.tr("Takes the way that promises most for its time on this machine."))
        self._main = QGridLayout()
        self._further = QGridLayout()
        for grid in (self._main, self._further):
            grid.setSpacing(12)

        self.more = Button(self.tr("More options"), "teach.more", kind="ghost", icon="chevron-right")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._on_more)
        self.options = OptionsPanel()
        self.options.changed.connect(self._on_options)
        settings = Card(self.tr("Settings"), self.tr("Everything here has a default that was measured to be good."))
        settings.add(self.options)
        self.further = holder(column(self._further, settings, spacing=16))
        self.further.hide()

        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.strip)
        box.addWidget(self.trouble)
        box.addWidget(auto)
        box.addLayout(self._main)
        box.addLayout(row(self.facts, self.again))
        box.addLayout(row(self.more, "stretch"))
        box.addWidget(self.further)
        box.addStretch(1)
        self._place()
        self._show_forecast()
        auto.radio.setChecked(True)

    # --- the forecast -----------------------------------------------------------------------------------------

    def enter(self) -> None:
        """The step is on show: forecast, unless it was done for these examples."""
        if self.draft.info is None or not self.draft.checked:
            return
        if not self._probing.running and self._probed != self._key():
            self.probe()

    def reset(self) -> None:
        """Other examples: what was forecast no longer holds."""
        self._probing.drop()
        self._probed = None
        self.draft.forecast = None
        self.strip.hide()
        self.trouble.hide()
        self._show_forecast()

    def probe(self) -> None:
        """Try every way for half a minute at most."""
        if self.draft.info is None:
            return
        self._probed = self._key()
        self.draft.forecast = None
        self.trouble.hide()
        self.strip.set_title(self.tr("Trying out what each way would take; half a minute at most"))
        self.strip.set_progress(0, None)
        self.strip.show()
        self._probing.run(
            self._client.call(self.draft.probe()),
            done=self._on_forecast,
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._on_cancelled,
        )
        self._show_forecast()
        self.changed.emit()

    def _key(self) -> Any:
        info = self.draft.info
        return (info.name, info.version, self.draft.extras.device, self.draft.options) if info is not None else None

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_forecast(self, forecast: TrainingForecast) -> None:
        self.draft.forecast = forecast
        self.strip.hide()
        told = self.draft.forecast_of(self.draft.method)
        if told is not None and not told.possible:
            self.cards["auto"].radio.setChecked(True)
        self._show_forecast()
        self.changed.emit()

    def _on_failed(self, error: EngineError) -> None:
        words = self.tr("There is no forecast: {reason} You can start without it.")
        self._say_trouble(words.format(reason=sentence(error)))

    def _on_cancelled(self) -> None:
        self._say_trouble(self.tr("The forecast was stopped. You can start without it."))

    def _say_trouble(self, text: str) -> None:
        self.strip.hide()
        self.trouble.set_text(text)
        self.trouble.show()
        self._show_forecast()
        self.changed.emit()

    def _show_forecast(self) -> None:
        forecast, entities = self.draft.forecast, self.draft.task == "entities"
        told = {one.method: one for one in forecast.methods} if forecast else {}
        usable = [one for one in told.values() if one.possible and one.score is not None]
        ends = [value for one in usable for value in (one.score_low, one.score, one.score_high) if value is not None]
        scale = (max(0.0, min(ends) - 0.03), min(1.0, max(ends) + 0.03)) if ends else (0.0, 1.0)
        waiting = self._probing.running
        for method, card in self.cards.items():
            if method != "auto":
                shown = told.get(method)
                card.show_forecast(shown, scale=scale, entities=entities, waiting=waiting and method in MAIN)
                card.show_badge(self.tr("Recommended") if forecast and forecast.chosen == method else "")
        # A method that the forecast does not know cannot be taken; without a forecast all can be tried.
        self._offered = {method for method in (*MAIN, *FURTHER) if forecast is None or method in told}
        if entities:
            self._offered.discard("zero")
        for method in (*MAIN, *FURTHER):
            self.cards[method].setVisible(method in self._offered)
        self.why.setVisible(forecast is not None)
        if forecast is not None:
            why, title = with_titles(reason(forecast.why)), method_title(forecast.chosen)
            words = self.tr("Takes “{method}”. {why}")
            self.why.setText(why if f"“{title}”" in why else words.format(method=title, why=why))
            self.facts.setText(
                self.tr("Measured on this machine in {seconds} s; {memory} of memory are free.").format(
                    seconds=round(forecast.seconds), memory=size_text(forecast.free_mb * 1e6)
                )
            )
        self.facts.setVisible(forecast is not None)
        self.again.setVisible(forecast is not None and not waiting and self._probed != self._key())
        auto = self.cards["auto"]
        auto.show_forecast(self.draft.forecast_of("auto"), scale=scale, entities=entities, waiting=False)
        auto.show_badge(self.tr("Recommended") if forecast is None else "")
        self._place(force=True)

    # --- choosing ---------------------------------------------------------------------------------------------

    def choose(self, method: str) -> None:
        """Take a method."""
        if (card := self.cards.get(method)) is not None:
            card.radio.setChecked(True)
            if method in FURTHER:
                self.more.setChecked(True)

    def _on_method(self, method: str) -> None:
        self.draft.method = method
        self.changed.emit()

    def _on_options(self) -> None:
        self.draft.options, self.draft.extras = self.options.options(), self.options.extras()
        forecast = self.draft.forecast
        self.again.setVisible(forecast is not None and not self._probing.running and self._probed != self._key())
        self.changed.emit()

    def _on_more(self, on: bool) -> None:
        from gui.icons import set_icon

        self.further.setVisible(on)
        set_icon(self.more, "chevron-down" if on else "chevron-right", "muted", 16)

    # --- layout -----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self, *, force: bool = False) -> None:
        columns = 2 if self.width() >= 2 * theme().px(CARD_WIDTH) else 1
        if columns == self._columns and not force:
            return
        self._columns = columns
        for grid, methods in ((self._main, MAIN), (self._further, FURTHER)):
            shown = [self.cards[method] for method in methods if method in self._offered]
            for card in (self.cards[method] for method in methods):
                grid.removeWidget(card)
            for place, card in enumerate(shown):
                grid.addWidget(card, place // columns, place % columns)
            for place in range(2):
                grid.setColumnStretch(place, 1 if place < columns else 0)

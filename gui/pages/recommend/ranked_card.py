"""One recommended item: its place, its title, how strong it is beside the first one, and why it is here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from engine.api import RankedItem
from gui.text.shares import percent
from gui.text.why import why_text
from gui.theme import theme
from gui.widgets.buttons import Button, IconButton
from gui.widgets.card import Card
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import column, row
from gui.widgets.meter import Meter
from gui.widgets.text import Text
from gui.widgets.thumbnail import Thumbnail


def ground_of(why: str) -> tuple[str, str]:
    """The ground of a recommendation in words, and the tone of its chip."""
    translate = QCoreApplication.translate
    if why == "behaviour":
        return translate("Recommend", "Chosen together"), "accent"
    if why == "text":
        return translate("Recommend", "Described alike"), "success"
    if why == "popular":
        return translate("Recommend", "Popular"), "neutral"
    if why == "explored":
        return translate("Recommend", "By lot"), "neutral"
    if why == "pinned":
        return translate("Recommend", "Pinned"), "warning"
    if why == "together":
        return translate("Recommend", "Chosen together"), "accent"
    return why, "neutral"


def facts_of(item: RankedItem) -> str:
    """Price and main category, as far as they are known."""
    price = "" if item.price is None else QLocale().toString(item.price, "f", 2)
    return " · ".join(part for part in (price, item.categories[0] if item.categories else "") if part)


class RankedCard(Card):
    """A card that opens the items like it.

    Args:
        acts: names of further buttons: "pin", "chosen", "dismiss".
        mark: what became of the item, "chosen" or "dismissed"; empty while nothing did.

    Signals:
        similar_requested(): the card or its button was clicked.
        pin_requested(), chosen_requested(), dismiss_requested(): the buttons of those names.
    """

    similar_requested = Signal()
    pin_requested = Signal()
    chosen_requested = Signal()
    dismiss_requested = Signal()

    def __init__(
        self,
        place: int,
        item: RankedItem,
        strength: float,
        parent: QWidget | None = None,
        *,
        acts: tuple[str, ...] = (),
        mark: str = "",
    ) -> None:
        super().__init__(padding=14, spacing=8, parent=parent)
        self.item = item
        self.setObjectName(f"recommend.card.{place}")
        self.setProperty("hoverable", True)
        why = why_text(item.reason)
        self.setAccessibleName(f"{place}. {item.title}. {why}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        number = Text(str(place), "h3")
        number.setFixedWidth(theme().px(24))
        number.setContentsMargins(0, 4, 0, 0)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        title = ElidedLabel(item.title or item.item, "strong")
        ground = Text(why, "muted", wrap=True)
        similar = Button(self.tr("Similar"), f"recommend.similar.{place}", kind="ghost", small=True)
        similar.setAccessibleName(self.tr("Items similar to {title}").format(title=item.title))
        similar.clicked.connect(self.similar_requested)
        buttons: list[QWidget] = [similar]
        if "pin" in acts and item.why != "pinned":
            pin = IconButton("pin", self.tr("Always show this on top"), f"recommend.pin.{place}", small=True)
            pin.setAccessibleName(self.tr("Pin {title}").format(title=item.title or item.item))
            pin.clicked.connect(self.pin_requested)
            buttons.append(pin)
        if "chosen" in acts and not mark:
            took = IconButton("check", self.tr("They chose this"), f"recommend.chosen.{place}", small=True)
            took.setAccessibleName(self.tr("{title} was chosen").format(title=item.title or item.item))
            took.clicked.connect(self.chosen_requested)
            buttons.append(took)
        if "dismiss" in acts and not mark:
            away = IconButton("close", self.tr("Do not show this again"), f"recommend.dismiss.{place}", small=True)
            away.setAccessibleName(self.tr("Dismiss {title}").format(title=item.title or item.item))
            away.clicked.connect(self.dismiss_requested)
            buttons.append(away)
        above = row(title, *buttons, spacing=4)
        above.setStretch(0, 1)
        below: list[QWidget] = [Chip(*ground_of(item.why))] if item.why else []
        below.append(self._mark(place, mark) if mark else self._meter(strength))
        strength_line = row(*below, spacing=12)
        strength_line.addWidget(ElidedLabel(facts_of(item), "caption"), 1)
        words_beside = column(above, strength_line, ground, spacing=4)
        self.picture = Thumbnail(item.image, self.tr("Picture of {title}").format(title=item.title or item.item), self)
        parts = (number, self.picture, words_beside) if self.picture.has_picture else (number, words_beside)
        line = row(*parts, spacing=12)
        line.setStretch(len(parts) - 1, 1)
        self.add(line)

    def _meter(self, strength: float) -> Meter:
        meter = Meter(strength, name=self.tr("Strength beside the first item"))
        meter.setFixedWidth(theme().px(72))
        meter.setToolTip(self.tr("Strength beside the first item: {share}").format(share=percent(strength, 0)))
        return meter

    def _mark(self, place: int, mark: str) -> Chip:
        """What became of the item, in place of its strength."""
        chosen = mark == "chosen"
        words = self.tr("They chose it") if chosen else self.tr("Not shown again")
        chip = Chip(words, "success" if chosen else "neutral")
        chip.setObjectName(f"recommend.mark.{place}")
        return chip

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.similar_requested.emit()

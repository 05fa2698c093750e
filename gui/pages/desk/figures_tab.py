"""How the desk does: questions per day and what became of them, how sure, how rated, and what finds no answer."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from engine.api import ChatFigures, Collections, GetChatFigures, ListCollections, Topic
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.text.shares import count, percent
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.chip import Chip
from gui.widgets.day_chart import DayChart, Part
from gui.widgets.empty_state import EmptyState
from gui.widgets.figure import Figures
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear, line, row
from gui.widgets.naming import named
from gui.widgets.page import scrolling
from gui.widgets.segmented import Segmented
from gui.widgets.text import Text

SHOWN_TOPICS = 8
SHOWN_EXAMPLES = 3


class FiguresTab(QWidget):
    """Signals:
    answer_requested(str): write an approved answer to this question.
    """

    answer_requested = Signal(str)

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self.setObjectName("desk.figures")
        self._client = client
        self._asking, self._collecting = Latest(self), Latest(self)
        self.days = Segmented(
            (("7", self.tr("7 days")), ("30", self.tr("30 days")), ("90", self.tr("90 days"))),
            name="desk.figures.days",
            label=self.tr("How far back"),
            current="30",
        )
        self.days.changed.connect(lambda _days: self.refresh())
        self.collection = named(QComboBox(), "desk.figures.collection", self.tr("Collection"))
        self.collection.addItem(self.tr("All collections"), "")
        self.collection.activated.connect(lambda _place: self.refresh())
        self.figures = Figures("desk.figures.numbers")
        self.chart = DayChart(
            "desk.figures.chart",
            self.tr("Questions per day"),
            (
                Part(self.tr("Answered"), "accent_fill"),
                Part(self.tr("Handed over"), "#dd9a2c"),
                Part(self.tr("Not found"), "danger_fill"),
                Part(self.tr("Asked back"), "scrollbar"),
            ),
        )
        chart = Card(self.tr("Questions per day"), padding=16)
        chart.add(self.chart)
        self.topics = Card(
            self.tr("What finds no answer"),
            self.tr("Questions without an answer, put together by what they are about. The most asked come first."),
            padding=16,
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.topics.add(self._rows)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(16)
        column.addWidget(self.figures)
        column.addWidget(chart)
        column.addWidget(self.topics)
        column.addStretch(1)
        self.area = scrolling(inner, "desk.figures.area", self.tr("Figures"))
        self.empty = EmptyState(
            "chart",
            self.tr("No questions yet"),
            self.tr("Once questions are asked in Chat, this page shows how many were answered and what is missing."),
            name="desk.figures.empty",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.area)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(row(self.days, "stretch", self.collection))
        box.addWidget(self.stack, 1)

    def refresh(self) -> None:
        self._collecting.run(self._client.call(ListCollections()), done=self._on_collections)
        request = GetChatFigures(int(self.days.current), str(self.collection.currentData() or ""))
        self._asking.run(self._client.call(request), done=self._on_figures, failed=self._on_failed)

    def _on_collections(self, result: Collections) -> None:
        before = self.collection.currentData()
        self.collection.clear()
        self.collection.addItem(self.tr("All collections"), "")
        for item in result.collections:
            self.collection.addItem(item.name, item.name)
        self.collection.setCurrentIndex(max(0, self.collection.findData(before)))

    def _on_figures(self, result: ChatFigures) -> None:
        self.stack.setCurrentWidget(self.area if result.questions else self.empty)
        self.figures.set_figures(self._numbers(result))
        self.chart.set_days(
            [
                (
                    _short_day(day.date),
                    (
                        day.answered,
                        day.handed_over,
                        day.not_found,
                        max(0, day.questions - day.answered - day.handed_over - day.not_found),
                    ),
                )
                for day in result.per_day
            ]
        )
        clear(self._rows)
        for place, topic in enumerate(result.top_unanswered[:SHOWN_TOPICS]):
            if place:
                self._rows.addWidget(line())
            self._rows.addWidget(self._topic(place + 1, topic))
        if not result.top_unanswered:
            self._rows.addWidget(Text(self.tr("Every question got an answer."), "muted", wrap=True))

    def _numbers(self, result: ChatFigures) -> list[tuple[str, str, str]]:
        share = "–" if result.answered_share is None else percent(result.answered_share, 0)
        sure = "–" if result.median_confidence is None else percent(result.median_confidence, 0)
        waits = self.tr("%n question(s) wait", "", result.open_handoffs)
        if result.median_wait_hours is not None:
            waits += ". " + self.tr("Answered after {hours} h, as a rule").format(
                hours=QLocale().toString(result.median_wait_hours, "f", 1)
            )
        return [
            (self.tr("Questions"), count(result.questions), self.tr("%n day(s)", "", len(result.per_day))),
            (self.tr("Answered"), share, self.tr("by Casemate itself")),
            (self.tr("Handed over"), count(result.handed_over), waits),
            (self.tr("Not found"), count(result.not_found), ""),
            (self.tr("How sure"), sure, self.tr("half of the answers are surer")),
            (
                self.tr("Ratings"),
                f"{count(result.ratings_good)} / {count(result.ratings_bad)}",
                self.tr("right / wrong"),
            ),
        ]

    def _topic(self, number: int, topic: Topic) -> QWidget:
        shown = QWidget()
        shown.setObjectName(f"desk.topic.{number}")
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        words = QWidget()
        flow = FlowLayout(words, spacing=6, line_spacing=6)
        for word in topic.words:
            flow.addWidget(Chip(word, "accent"))
        write = Button(self.tr("Write an answer"), f"desk.topic.{number}.write", small=True, icon="edit")
        question = topic.examples[0] if topic.examples else " ".join(topic.words)
        write.clicked.connect(lambda: self.answer_requested.emit(question))
        head = row(Text(self.tr("%n question(s)", "", topic.count), "strong"), words, write, spacing=12)
        head.setStretch(1, 1)
        column.addLayout(head)
        for example in topic.examples[:SHOWN_EXAMPLES]:
            column.addWidget(Text(f"“{' '.join(example.split())}”", "muted", wrap=True, selectable=True))
        return shown

    def _on_failed(self, error: EngineError) -> None:
        show_error(self, error)


def _short_day(day: str) -> str:
    """Day and month as the language writes them."""
    date = QDate.fromString(day, "yyyy-MM-dd")
    if not date.isValid():
        return day
    order = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    month_first = order.casefold().find("m") < order.casefold().find("d")
    return f"{date.month()}/{date.day()}" if month_first else f"{date.day()}.{date.month()}."

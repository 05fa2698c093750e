"""What stands where the messages will be: nothing to ask yet, or everything ready for the first question."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import CollectionInfo
from gui.widgets.empty_state import EmptyState
from gui.widgets.text import Text


class NoDocuments(QWidget):
    """The first thing to do: add documents, or look at the samples.

    Signals:
        add_requested(): go where documents are added.
        samples_requested(): load the samples.
    """

    add_requested = Signal()
    samples_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.no_documents")
        self._words = (
            self.tr("Ask your own documents"),
            self.tr(
                "Add manuals, policies or questions with approved answers. Casemate answers from them and "
                "shows the page that each answer comes from. Nothing leaves this computer."
            ),
        )
        self._loading = (
            self.tr("The samples are being loaded"),
            self.tr(
                "In a minute you can ask about the handbook of a clinic and the policies of a shop here, and see "
                "texts read and items recommended on the other pages."
            ),
        )
        self.state = EmptyState(
            "chat",
            *self._words,
            self.tr("Add documents"),
            second=self.tr("Look at it with sample data"),
            name="chat.start",
        )
        self.state.activated.connect(self.add_requested)
        self.state.second_activated.connect(self.samples_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 24)
        column.addWidget(self.state, 1)

    def set_busy(self, busy: bool) -> None:
        """While the samples are loaded there is nothing to choose; the window shows how far it is."""
        self.state.set_words(*(self._loading if busy else self._words))
        self.state.button.setVisible(not busy)
        self.state.second_button.setVisible(not busy)


class ReadyToAsk(QWidget):
    """A new conversation: what can be asked, and how the answers come about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.ready")
        centre = Qt.AlignmentFlag.AlignHCenter
        self.heading = Text(role="h1", wrap=True)
        self.heading.setAlignment(centre)
        self.counts = Text(role="muted", wrap=True)
        self.counts.setObjectName("chat.ready_counts")
        self.counts.setAlignment(centre)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self.heading)
        column.addWidget(self.counts)
        column.addStretch(3)

    def show_collection(self, info: CollectionInfo | None, greeting: str = "") -> None:
        """Say what stands behind the answers of this collection; an agent says hello in its own words."""
        if info is None:
            self.heading.setText("")
            self.counts.setText("")
            return
        self.heading.setText(greeting or self.tr("What do you want to know?"))
        documents = self.tr("%n document(s)", "", info.documents)
        answers = self.tr("%n approved answer(s)", "", info.answers)
        words = (
            self.tr("Answers come from {documents} and {answers} in {name}.")
            if info.answers
            else self.tr("Answers come from {documents} in {name}.")
        )
        self.counts.setText(words.format(documents=documents, answers=answers, name=info.name))

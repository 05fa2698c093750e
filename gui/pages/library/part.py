"""What the views of one collection share: whose they are, and how failures are shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error


class CollectionPart(QWidget):
    """A view of one collection; `refresh` fetches what it shows."""

    def __init__(self, client: EngineClient, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.client = client
        self.collection = ""
        self.there = False
        """Whether the engine knows the collection; one that was only named here has nothing to fetch."""
        self.asking = Latest(self)

    def set_collection(self, collection: str, *, there: bool = True) -> None:
        """Show another collection. What still comes of the former one is not drawn."""
        self.there = there
        if collection != self.collection:
            self.collection = collection
            self.asking.drop(stop=False)
            self.forget()

    def forget(self) -> None:
        """Take away what belongs to the former collection."""

    def refresh(self) -> None:
        """Fetch anew; nothing while no collection is chosen."""

    def on_failed(self, error: EngineError) -> None:
        show_error(self, error)

"""A message lies on nothing that can be clicked, and goes on a click."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from gui.widgets.toast import show_toast


def test_a_message_gives_way_to_a_control_that_comes_later(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 400)
    window.show()
    toast = show_toast(window, "Stored.")
    low = toast.geometry()
    assert low.bottom() > 340
    button = QPushButton("Back", window)
    button.setGeometry(QRect(low.left(), low.top(), 200, 40))
    button.show()
    qtbot.waitUntil(lambda: toast.geometry().bottom() < button.y())
    assert toast.isVisible()


def test_a_click_takes_a_message_away(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 400)
    window.show()
    toast = show_toast(window, "Stored.")
    qtbot.mouseClick(toast, Qt.MouseButton.LeftButton)
    assert not toast.isVisible()
    assert not toast._look.isActive()

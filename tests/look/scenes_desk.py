"""What to do on Chat with an agent, and on the Desk, before each picture."""

from __future__ import annotations

from typing import Any


def chat_desk(camera: Any, window: Any, page: Any) -> None:
    """A long conversation of the canned answers, from its end to its beginning; sources; editing."""
    page.open_conversation(21)
    camera.idle(window)
    camera.shoot(window, "chat-desk-end")
    bar = page.transcript.verticalScrollBar()
    bar.setValue(0)
    camera.shoot(window, "chat-desk-top")
    bar.setValue(520)
    camera.shoot(window, "chat-desk-middle")
    from gui.pages.chat.message_view import AnswerView

    views = [view for view in page.transcript.views() if isinstance(view, AnswerView)]
    quoted = next(view for view in views if view.answer.because == "contradiction")
    quoted.sources.buttons[0].click()
    camera.idle(window)
    camera.settle(200)
    camera.shoot(window, "chat-desk-source")
    page._on_source_closed()
    from gui.pages.chat.question_view import QuestionView

    asked = [view for view in page.transcript.views() if isinstance(view, QuestionView)]
    asked[2].edit.click()
    camera.idle(window)
    camera.shoot(window, "chat-desk-editing")
    page._end_edit()
    page.acts.hand_over(quoted)
    camera.settle(200)
    from PySide6.QtWidgets import QDialog

    dialog = window.findChild(QDialog, "handover")
    camera.shoot(dialog, "chat-desk-handover")
    dialog.reject()
    page.new_conversation()
    page.header.choose("", "Shop desk")
    page._show_state()
    camera.shoot(window, "chat-desk-new")


def _list_of(page: Any, state: str) -> None:
    box = page.queue.list.state
    box.setCurrentIndex(box.findData(state))
    box.activated.emit(box.currentIndex())


def desk(camera: Any, window: Any, page: Any) -> None:
    page.show_tab("queue")
    camera.idle(window)
    page.queue.show_item(33) if camera.fake else None
    camera.idle(window)
    camera.shoot(window, "desk-queue")
    page.queue.form.edit.setPlainText("Yes: send us the customs receipt with the parcel.")
    camera.shoot(window, "desk-queue-typed")
    page.queue.form.expires.set_day("2026-06-30")
    camera.shoot(window, "desk-queue-until")
    page.queue.form.expires.set_day("")
    page.queue.form.edit.clear()
    page.queue._on_dismiss()
    camera.settle()
    from PySide6.QtWidgets import QDialog

    if (dialog := window.findChild(QDialog, "dismiss")) is not None:
        camera.shoot(dialog, "desk-dismiss")
        dialog.reject()
    _list_of(page, "answered")
    camera.idle(window)
    camera.shoot(window, "desk-queue-answered")
    _list_of(page, "open")
    page.show_tab("approved")
    camera.idle(window)
    camera.shoot(window, "desk-approved")
    page.approved.table.select_row(0)
    camera.idle(window)
    camera.shoot(window, "desk-approved-one")
    if camera.fake:
        page.approved.table.select_row(2)
        camera.shoot(window, "desk-approved-expired")
        page.approved.table.select_row(3)
        camera.shoot(window, "desk-approved-file")
    page.show_tab("figures")
    camera.idle(window)
    camera.shoot(window, "desk-figures")
    bar = page.figures.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    camera.shoot(window, "desk-figures-end")
    page.show_tab("agents")
    camera.idle(window)
    from scenes import _parts

    _parts(camera, window, page.agents.area, "desk-agents", 8)
    if camera.fake:
        page.agents.run_tests("/home/kim/shop/conversations.txt")
        camera.idle(window)
        dialog = window.findChild(QDialog, "conversation_tests")
        camera.shoot(dialog, "desk-tests")
        dialog.reject()


def library_parts(camera: Any, window: Any, tab: Any) -> None:
    """The views of a collection beside its documents."""
    for name in ("folders", "refused", "search", "meter"):
        tab.parts.button(name).click()
        camera.idle(window)
        if name == "search":
            tab.searching.query.setText("refund" if camera.language == "en" else "退款")
            tab.searching.search()
            camera.idle(window)
        if name == "meter" and not camera.fake:
            camera.shoot(window, "library-meter-empty")
            tab.meter.measure("")
            camera.idle(window, 300)
        camera.shoot(window, f"library-{name}")
    tab.searching.table.select_row(0)
    tab.searching._on_open(0)
    camera.idle(window)
    from PySide6.QtWidgets import QDialog

    if (dialog := window.findChild(QDialog, "library.page")) is not None:
        camera.settle(200)
        camera.shoot(dialog, "library-page")
        dialog.reject()
    tab.parts.button("documents").click()


SCENES_DESK = {"chat_desk": chat_desk, "desk": desk}

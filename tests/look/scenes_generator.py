"""What to do on Chat, Settings and Library with generators before each picture."""

from __future__ import annotations

from typing import Any


def chat_generator(camera: Any, window: Any, page: Any) -> None:
    """The picker, a conversation that a generator phrased, a draft as it comes, and the dialog that writes."""
    from fake_generator import CONVERSATION

    from engine import api
    from engine.values import Progress

    page.new_conversation()
    camera.idle(window)
    camera.shoot(window, "generator-new")
    page.picker.open()
    camera.settle()
    camera.shoot(page.picker.panel, "generator-picker")
    page.picker.panel.hide()
    before = camera.engine.answers[api.GetConversation]
    camera.engine.answers[api.GetConversation] = CONVERSATION
    page.open_conversation(22)
    camera.idle(window)
    page.transcript.verticalScrollBar().setValue(0)
    camera.shoot(window, "generator-answers")
    page.transcript.views()[1].left_out.button.click()
    camera.settle()
    page.transcript.verticalScrollBar().setValue(0)
    camera.shoot(window, "generator-left-out")
    page.transcript.verticalScrollBar().setValue(5000)
    camera.shoot(window, "generator-answers-end")
    asked = camera.engine.answers.pop(api.AskQuestion)  # stays open
    page.ask("And how long does the parcel take to you?")
    camera.settle()
    camera.engine.progress(api.AskQuestion, Progress(30, 100, "load the generator"))
    camera.settle()
    camera.shoot(window, "generator-loading")
    camera.engine.progress(
        api.AskQuestion, Progress(9, 200, "draft", note="The parcel takes three days to us, and you may")
    )
    camera.settle()
    camera.shoot(window, "generator-draft")
    page.stop()
    camera.idle(window)
    camera.shoot(window, "generator-stopped")
    camera.engine.answers |= {api.GetConversation: before, api.AskQuestion: asked}
    for task in ("document", "rewrite", "draft"):
        dialog = page.write.open_dialog(task)
        camera.idle(window)
        if task != "document":
            dialog.text.setPlainText("Send us the customs receipt with the parcel, and we pay it back with the refund.")
        camera.shoot(dialog, f"generator-write-{task}")
        if task == "document":
            dialog.start.click()
            camera.idle(window)
            dialog.left_out.button.click()
            camera.shoot(dialog, "generator-write-summary")
        dialog.reject()
    dialog = page.write.open_dialog("translate")
    camera.idle(window)
    dialog.text.setPlainText("Please call Maria at the Gothenburg shop. Express delivery costs 9 euros.")
    dialog.to.set_current("zh")
    for name in ("generator-en", "Qwen2.5-1.5B-Instruct"):
        dialog.pack.setCurrentIndex(dialog.pack.findData(name))
        dialog.start.click()
        camera.idle(window)
        camera.shoot(dialog, f"generator-translate-{'refused' if name == 'generator-en' else 'shown'}")
    dialog.reject()
    page.new_conversation()


def settings_generator(camera: Any, window: Any, page: Any) -> None:
    page.open_subject("generators")
    camera.settle()
    camera.shoot(window, "generator-settings")


def library_generator(camera: Any, window: Any, page: Any) -> None:
    page.open_subject("models")
    camera.idle(window)
    if camera.fake:
        for name in ("generator-en", "Qwen2.5-1.5B-Instruct", "Mistral-7B-Instruct-v0.3"):
            page.models.list.set_current(name)
            page.models._show_chosen()
            camera.idle(window)
            camera.shoot(window, f"generator-library-{name.split('-')[0].lower()}")


SCENES_GENERATOR = {
    "chat_generator": chat_generator,
    "settings_generator": settings_generator,
    "library_generator": library_generator,
}

"""From a question without an answer to an approved answer, in the real window with the real engine; pictures of it.

    python tests/look/desk_path.py                        English, light
    python tests/look/desk_path.py --language zh_CN --theme dark

The samples are loaded; Chat answers from the handbook of a clinic with its printed page, hands over what it does not
find; a person answers at the desk; the same question is answered at once. Then another source, a branch, a transcript
as PDF, an agent with a slot and a rule, conversation tests, a watched folder, the meter of the search, and the figures.
It ends with an error where a stop is not reached.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from real_path import create
from scenes import UNANSWERABLE, _question, samples
from shots import ROOT, Camera

ANSWER = {"en": "France won it.", "zh_CN": "法国队获得了冠军。"}
ANSWERABLE = {"en": "Clinic", "zh_CN": "诊所"}
TESTS = {
    "en": """test: hello
customer: Hello
expect because: greeting
expect says: What can I do

test: a person is wanted
customer: I want to talk to a person
expect person: yes

test: one that fails, to be seen
customer: Hello
expect mode: handoff
""",
    "zh_CN": """测试: 问候
客户: 您好
期望 原因: greeting

测试: 要人工
客户: 转人工
期望 人工: 是

测试: 一个会失败的
客户: 您好
期望 方式: handoff
""",
}


def expect(reached: bool, what: str) -> None:
    if not reached:
        raise SystemExit(f"not reached: {what}")


def last(page: Any) -> Any:
    """The newest answer of the conversation."""
    view = page.transcript.views()[-1]
    expect(getattr(view, "answer", None) is not None, "an answer")
    return view


def ask(camera: Camera, window: Any, page: Any, question: str) -> Any:
    page.ask(question)
    camera.idle(window)
    camera.settle(250)
    return last(page)


def _printed_question(language: str) -> str:
    """An answerable question whose answer stands in a PDF of the clinic."""
    lines = (samples(language) / "clinic" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return next(one["question"] for one in map(json.loads, lines) if str(one.get("doc", "")).endswith(".pdf"))


def chat(camera: Camera, window: Any) -> Any:
    """An answer with its page, another source, and a question that goes to a person."""
    page = window.pages["chat"]
    for item in page._collections:
        if ANSWERABLE[camera.language] in item.name:
            page.header.choose(item.name)
            page._show_state()
    view = ask(camera, window, page, _question(camera.language))
    camera.shoot(window, "desk-path-01-answered")
    expect(bool(view.answer.citations and view.answer.reason), "sources and a reason")
    view.sources.buttons[0].click()
    camera.idle(window)
    camera.settle(400)
    camera.shoot(window, "desk-path-02-source")
    page._on_source_closed()
    printed = ask(camera, window, page, _printed_question(camera.language))
    expect(bool(printed.sources.buttons), "a source in a PDF")
    printed.sources.buttons[0].click()
    camera.idle(window)
    camera.settle(600)
    camera.shoot(window, "desk-path-02-printed-page")
    expect(page.source.views.currentWidget() is page.source.picture, "the picture of the page")
    expect(bool(page.source.picture.sheet.rectangles), "the marked lines")
    page._on_source_closed()
    page.new_conversation()
    view = ask(camera, window, page, _question(camera.language))
    view.acts.elsewhere.click()
    camera.idle(window)
    camera.settle(250)
    camera.shoot(window, "desk-path-03-another-source")
    view = ask(camera, window, page, UNANSWERABLE[camera.language])
    camera.shoot(window, "desk-path-04-handed-over")
    expect(view.answer.handoff is not None, "a question that waits for a person")
    return view


def desk(camera: Camera, window: Any, view: Any) -> None:
    """The waiting question is answered and kept; Chat shows the words of the person and knows the answer now."""
    page = window.pages["chat"]
    expect(window.rail.buttons["desk"].badge > 0, "the badge of the desk")
    view.waits.button.click()
    camera.idle(window)
    at_desk = window.pages["desk"]
    form = at_desk.queue.form
    form.edit.setPlainText(ANSWER[camera.language])
    form.owner.setText("Kim")
    camera.shoot(window, "desk-path-05-queue")
    form.send.click()
    camera.idle(window)
    camera.settle(200)
    camera.shoot(window, "desk-path-06-queue-done")
    at_desk.show_tab("approved")
    camera.idle(window)
    expect(any(one.answer == ANSWER[camera.language] for one in at_desk.approved._answers), "the approved answer")
    at_desk.approved.table.select_row(0)
    camera.settle()
    camera.shoot(window, "desk-path-07-approved")
    window.show_page("chat")
    camera.idle(window)
    camera.settle(250)
    camera.shoot(window, "desk-path-08-person")
    expect(type(page.transcript.views()[-1]).__name__ == "PersonView", "the words of the person in Chat")
    page.new_conversation()
    view = ask(camera, window, page, UNANSWERABLE[camera.language])
    camera.shoot(window, "desk-path-09-known-now")
    expect(view.answer.mode == "template", "the approved answer in Chat")


def branch(camera: Camera, window: Any, folder: Path) -> None:
    page = window.pages["chat"]
    ask(camera, window, page, _question(camera.language))
    before = page._conversation
    view = next(view for view in page.transcript.views()[2:] if type(view).__name__ == "QuestionView")
    view.edit.click()
    camera.idle(window)
    camera.shoot(window, "desk-path-10-editing")
    page.composer._submit()
    camera.idle(window)
    camera.settle(300)
    camera.shoot(window, "desk-path-11-branched")
    expect(page._conversation not in (None, before) and len(page.transcript.views()) == 4, "the branch")
    from engine.api import ExportConversation

    for kind in ("md", "pdf", "json"):
        window.client.call(ExportConversation(page._conversation, str(folder / f"talk.{kind}"), kind))
        camera.idle(window)
        expect((folder / f"talk.{kind}").stat().st_size > 200, f"the transcript as {kind}")


def agents(camera: Camera, window: Any, folder: Path) -> None:
    """An agent is made by hand, tested, and asked."""
    window.show_page("desk")
    page = window.pages["desk"]
    page.show_tab("agents")
    camera.idle(window)
    camera.shoot(window, "desk-path-12-no-agents")
    tab = page.agents
    tab.new_profile()
    form = tab.form
    form.name.setText("Shop desk" if camera.language == "en" else "商店客服")
    form.slots.add.click()
    form.slots.controls["name"].setText("order_number")
    form.slots.controls["kind"].setCurrentIndex(1)
    form.slots.controls["ask"].setText("What is the number of your order?")
    form.greeting.setText("Hello! What can I do for you?")
    form.greeting_zh.setText("您好！请问有什么可以帮您？")
    form.masks["email"].setChecked(True)
    tab._update()
    camera.settle(200)
    camera.shoot(window, "desk-path-13-agent")
    tab.save.click()
    camera.idle(window)
    camera.settle(200)
    expect(tab._stored is not None, "the stored agent")
    camera.shoot(window, "desk-path-14-agent-saved")
    tests = folder / "conversations.txt"
    tests.write_text(TESTS[camera.language], encoding="utf-8")
    tab.run_tests(str(tests))
    camera.idle(window)
    camera.settle(200)
    from PySide6.QtWidgets import QDialog

    for name in ("conversation_tests", "error"):
        if (dialog := window.findChild(QDialog, name)) is not None:
            camera.shoot(dialog, "desk-path-15-tests")
            expect(name == "conversation_tests", "the results of the conversation tests")
            dialog.reject()
    window.show_page("chat")
    camera.idle(window)
    chat = window.pages["chat"]
    chat.new_conversation()
    chat.header.choose("", form.name.text())
    chat._show_state()
    camera.shoot(window, "desk-path-16-agent-greets")


def library(camera: Camera, window: Any, folder: Path) -> None:
    """A watched folder, a refused file, the search and its meter."""
    watched = folder / "watched"
    watched.mkdir()
    (watched / "customs.md").write_text("# Customs\n\nCustoms are paid by the person who orders.\n", encoding="utf-8")
    (watched / "broken.pdf").write_bytes(b"%PDF-1.7 nothing that a reader could use")
    window.show_page("library")
    page = window.pages["library"]
    page.show_tab("documents")
    camera.idle(window)
    tab = page.documents
    from engine.api import RefreshCollection, WatchFolder

    window.client.call(WatchFolder(tab.folders.collection, str(watched)))
    camera.idle(window)
    window.client.call(RefreshCollection(tab.folders.collection))
    camera.idle(window, 120)
    for name in ("folders", "refused", "search"):
        tab.parts.button(name).click()
        camera.idle(window)
        if name == "search":
            tab.searching.query.setText("Customs" if camera.language == "en" else "挂号")
            tab.searching.search()
            camera.idle(window)
        camera.shoot(window, f"desk-path-17-{name}")
    expect(tab.folders.table.visible_rows() == 1, "the watched folder")
    expect(tab.refused.table.visible_rows() >= 1, "the file that was left out")
    expect(tab.searching.table.visible_rows() >= 1, "passages")
    tab.parts.button("meter").click()
    camera.idle(window)
    camera.shoot(window, "desk-path-18-meter-empty")
    tab.meter.measure("")
    camera.idle(window, 400)
    camera.settle(200)
    camera.shoot(window, "desk-path-19-meter")
    expect(tab.meter.stack.currentIndex() == 0, "the meter of the search")


def figures(camera: Camera, window: Any) -> None:
    window.show_page("desk")
    page = window.pages["desk"]
    page.show_tab("figures")
    camera.idle(window)
    camera.shoot(window, "desk-path-20-figures")
    expect(page.figures.stack.currentWidget() is page.figures.area, "figures")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="en", choices=("en", "zh_CN"))
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    parser.add_argument("--size", default="normal", choices=("normal", "larger"))
    parser.add_argument("--out", type=Path, default=ROOT / "shots")
    args = parser.parse_args()
    args.out.mkdir(exist_ok=True)
    camera = Camera(args.out, fake=False)
    camera.dress(args.theme, args.size, args.language)
    window = create(camera)
    try:
        from engine.api import LoadSamples

        window.client.call(LoadSamples(language="zh" if args.language == "zh_CN" else "en"))
        camera.idle(window, 600)
        window.show_page("chat")
        camera.idle(window)
        view = chat(camera, window)
        desk(camera, window, view)
        branch(camera, window, camera.place)
        agents(camera, window, camera.place)
        library(camera, window, camera.place)
        figures(camera, window)
    finally:
        camera.leave()


if __name__ == "__main__":
    main()

# ruff: noqa: E501 - rows of values read best on one line
"""Answers of a busy desk: a conversation with every rung, a queue, approved answers, figures, and an agent."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date, timedelta
from typing import Any

from engine import api
from engine.values import Citation, Sentence

NOW = "2025-05-14T09:12:00+00:00"
POLICY = "Refunds are paid to the card you used within five working days after the parcel has arrived with us."
OLD = "Refunds are paid within fourteen days."
CITATIONS = (
    Citation("/home/kim/shop/returns-policy.pdf", 2, POLICY, 108, 108 + len(POLICY), 1, "Returns policy", "2025-02-01"),
    Citation("/home/kim/shop/delivery-terms.docx", None, OLD, 40, 40 + len(OLD), 2, "Delivery terms", "2022-09-30"),
)


def answer(text: str, mode: Any, **more: Any) -> api.Answer:
    values: dict[str, Any] = {
        "confidence": 0.93, "citations": (), "sentences": (), "seconds": 0.04, "conversation": 1, "message": 2,
    }  # fmt: skip
    return api.Answer(answer=text, mode=mode, **(values | more))


def _said(number: int, text: str) -> api.ChatMessage:
    return api.ChatMessage(number, "user", text, NOW)


def _told(number: int, told: api.Answer, rating: int = 0) -> api.ChatMessage:
    return api.ChatMessage(number, "assistant", told.answer, NOW, told, rating)


STATE = api.DeskState("Shop desk", "cancel_order", {"order_number": "4711-2205"})
INFO = api.ConversationInfo(21, "Cancel an order, and when the refund comes", "Online shop", NOW, 10)
MESSAGES = (
    _said(1, "Hi, I would like to cancel my order."),
    _told(2, answer("What is the number of your order?", "template", asks="order_number", intent="cancel_order", reason="The answer needs “order_number”, which has not been said yet.", because="slot_missing")),
    _said(3, "It is 4711-2205."),
    _told(4, answer("Order 4711-2205 is cancelled. You get an e-mail that confirms it within the hour.", "template", intent="cancel_order", slots={"order_number": "4711-2205"}, reason="The message was understood as “cancel_order”, which has an approved answer.", because="approved", desk=STATE, confidence=0.97), 1),
    _said(5, "And when will I get my money back?"),
    _told(6, answer(POLICY + " " + OLD, "quote", citations=CITATIONS, sentences=(Sentence(POLICY, True, 0), Sentence(OLD, True, 1)), reason="Documents answer the question, and they do not agree.", because="contradiction", notice="This is information from documents and no legal advice. Please ask a lawyer about your own case.", confidence=0.81)),
    _said(7, "Do you also pay me back the customs that I paid in Norway?"),
    _told(8, answer("I am handing this over to a colleague, who will see our conversation and get back to you.", "handoff", reason="The question was asked again and still has no answer.", because="not_understood", handoff=31)),
    api.ChatMessage(9, "person", "Yes: send us the customs receipt with the parcel, and we pay it back with the refund.", NOW, author="Maria Lindqvist"),
    _said(10, "Wonderful. Can I change the address or the day of the delivery instead?"),
    _told(11, answer("Which of these do you mean?\n1. change the delivery address\n2. choose another day for the delivery", "template", asks="choice", reason="The message fits several intents: change_address, change_day.", because="ambiguous")),
)  # fmt: skip
CONVERSATION = api.Conversation(INFO, MESSAGES)

_WAITING = [
    ("safety", "I cannot go on like this any more, everything is too much.", 1, "The message speaks of self-harm."),
    ("rule", "My order of 780 euros came broken, I want all of it back.", 1, "The rule “amount > 500 → handoff” applies."),
    ("not_found", "Do you also pay me back the customs that I paid in Norway?", 3, "Neither an approved answer nor a passage of the documents answers the question."),
    ("person", "Which of your lamps may hang above a bath tub?", 1, "The answer is from the old catalogue, please check."),
    ("rated_bad", "How long is the warranty on kettles?", 1, ""),
    ("not_found", "Is there a shop of yours in Gothenburg where I can try the chairs before I buy one of them?", 1, ""),
    ("out_of_scope", "Can you book me a hotel?", 1, "The message is about something else (“travel”)."),
    ("confused", "the thing does not do it", 2, "The question was asked again and still has no answer."),
]  # fmt: skip
HANDOFFS = tuple(
    api.Handoff(31 + n, 21, 8, "Online shop", question, reason, "open", NOW, note, times)
    for n, (reason, question, times, note) in enumerate(_WAITING)
)
ANSWERED = (
    api.Handoff(12, 21, 8, "Online shop", "Do you ship to Iceland?", "not_found", "answered", NOW, "", 1, NOW, "Maria Lindqvist", "Yes, within eight working days.", 9, 4),
)  # fmt: skip


def handoffs(request: api.ListHandoffs) -> api.Handoffs:
    shown = {"open": HANDOFFS, "answered": ANSWERED}.get(request.state, ())
    found = tuple(one for one in shown if request.reason in ("", one.reason))
    reasons = Counter(one.reason for one in shown)
    return api.Handoffs(found, len(HANDOFFS), 41, 6, len(found), dict(reasons))


def handoff(request: api.GetHandoff) -> api.HandoffShown:
    item = next(item for item in (*HANDOFFS, *ANSWERED) if item.id == request.id)
    return api.HandoffShown(item, INFO.title, MESSAGES[4:9], ("cancel_order", "refund", "customs", "delivery"))


ANSWERS = (
    api.ApprovedAnswer(1, "Online shop", "Do you pay back customs?", "Yes: send us the customs receipt with the parcel, and we pay it back with the refund.", ("Do you also pay me back the customs that I paid in Norway?",), "Maria Lindqvist", NOW, NOW, "2026-06-30"),
    api.ApprovedAnswer(2, "Online shop", "Do you ship to Iceland?", "Yes, within eight working days.", (), "Maria Lindqvist", NOW, NOW, ""),
    api.ApprovedAnswer(3, "Online shop", "Are there discounts at Christmas?", "Ten percent on lamps until the 24th.", (), "Jon", NOW, NOW, "2024-12-24", True),
    api.ApprovedAnswer(4, "Online shop", "How long does the delivery take?", "Three to five working days within the country.", (), "", NOW, NOW, "", False, "/home/kim/shop/faq.csv", 12),
    api.ApprovedAnswer(5, "Online shop", "Can I pay by invoice?", "Yes, from the second order on.", (), "", NOW, NOW, "", False, "/home/kim/shop/faq.csv", 13),
)  # fmt: skip


def figures(request: api.GetChatFigures) -> api.ChatFigures:
    last = date(2025, 5, 14)
    days = []
    for n in range(request.days):
        day = last - timedelta(days=request.days - 1 - n)
        busy = 0.35 if day.weekday() >= 5 else 1.0
        asked = round(busy * (26 + 9 * math.sin(n / 3.1) + n / 4))
        over, missed = round(asked * 0.09), round(asked * (0.16 - n / 900))
        days.append(api.ChatDay(day.isoformat(), asked, asked - over - missed - round(asked * 0.05), over, missed))
    asked = sum(day.questions for day in days)
    answered = sum(day.answered for day in days)
    return api.ChatFigures(
        tuple(days), asked, answered, sum(day.handed_over for day in days), sum(day.not_found for day in days),
        answered / asked, 0.87, 214, 19, 96, len(HANDOFFS), 3.4,
        (
            api.Topic(("customs", "norway", "receipt"), 23, ("Do you also pay me back the customs that I paid in Norway?", "Who pays customs to Switzerland?", "Is customs part of the price?")),
            api.Topic(("gothenburg", "shop", "try"), 14, ("Is there a shop of yours in Gothenburg where I can try the chairs?", "Where can I see the chairs?")),
            api.Topic(("lamp", "bath", "splash"), 9, ("Which of your lamps may hang above a bath tub?", "Is the lamp Alva safe in a bathroom?")),
            api.Topic(("invoice", "vat"), 4, ("Can the invoice show my VAT number?",)),
        ),
        0.3,
    )  # fmt: skip


PROFILE = api.Profile(
    "Shop desk", "Online shop", "shop-topics", "", 0.0, 0.45,
    slots=(
        api.Slot("order_number", "What is the number of your order?", "请问您的订单号是多少？", "order_number"),
        api.Slot("amount", "How much did you pay?", "您付了多少钱？", "amount"),
    ),
    templates=(
        api.Template("refund", "The refund for order {order_number} is on its way and arrives within five working days.", "订单 {order_number} 的退款将在五个工作日内到账。", "get a refund", "退款"),
        api.Template("delivery", "Order {order_number} is on its way. Follow it on the page “My orders”.", "订单 {order_number} 正在配送。", "know where an order is", "查询订单"),
    ),
    rules=(
        api.Rule("amount", ">", "500", "refund", "handoff", "A refund of this size is looked at by a person. I am handing it over.", "这笔退款金额较大，我为您转接人工。"),
        api.Rule("order_number", "missing", "", "", "answer", "You find the number in the e-mail that confirmed the order.", ""),
    ),
    out_of_scope=("other",), notice="legal", mask=("email", "phone", "card"),
    greeting="Hello! This is the desk of the shop. What can I do for you?", greeting_zh="您好！这里是商店客服，请问有什么可以帮您？",
)  # fmt: skip
CLINIC = api.Profile("Clinic desk", "Clinic", notice="medical", mask=("name", "birth_date"))
PROFILES = {profile.name: profile for profile in (PROFILE, CLINIC)}
TESTED = api.ConversationsTested(
    6, 2,
    tuple(
        api.ConversationCheck(name, turn, line, expected, got, ok)
        for name, turn, line, expected, got, ok in (
            ("A refund", 1, 3, "asks order_number", "asks order_number", True),
            ("A refund", 2, 5, "answer contains “five working days”", "The refund for order 4711 is on its way and arrives within five working days.", True),
            ("A large refund", 2, 11, "mode handoff", "mode template: “The refund for order 4711 is on its way and arrives within five working days.”", False),
            ("Small talk", 1, 15, "mode template", "mode template", True),
            ("Out of scope", 1, 19, "mode handoff", "mode not_found: “I did not find an answer to that.”", False),
        )
    ),
    1.8,
)  # fmt: skip


def page_image(request: api.GetPageImage) -> api.PageImage:
    """A page drawn here, with two marked lines."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
    from PySide6.QtGui import QColor, QFont, QImage, QPainter

    wide, high = request.width, round(request.width * 1.414)
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    font = QFont("Noto Sans")
    font.setPixelSize(round(wide / 42))
    painter.setFont(font)
    painter.setPen(QColor("#222222"))
    for n in range(30):
        text = (
            "Refunds are paid to the card you used within five working days after"
            if n == 9
            else "the parcel has arrived with us."
            if n == 10
            else "Keep the box until you are sure that nothing is missing or broken."
        )
        painter.drawText(
            QRectF(wide * 0.1, high * (0.08 + n * 0.028), wide * 0.8, high * 0.028), Qt.AlignmentFlag.AlignVCenter, text
        )
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    marks = ((0.1, 0.332, 0.88, 0.36), (0.1, 0.36, 0.45, 0.388)) if request.end else ()
    return api.PageImage(bytes(data.data()), wide, high, marks)


WATCHED = (
    api.WatchedInfo("Online shop", "/home/kim/shop/policies", NOW, 0, 0, 0, 1),
    api.WatchedInfo("Online shop", "/media/share/product-sheets", NOW, 0, 0, 2, 0),
    api.WatchedInfo("Online shop", "/media/usb/archive", NOW, 0, 0, 0, 0, "The folder cannot be reached; a drive may be unplugged."),
)  # fmt: skip
REFUSED = api.Refused(
    (
        api.RefusedInfo("/home/kim/shop/policies/scan-2019.pdf", "failed", "The file is encrypted with a password.", NOW),
        api.RefusedInfo("/home/kim/shop/policies/floor-plan.dwg", "skipped", "Casemate cannot read this kind of file.", NOW),
    )
)  # fmt: skip


def page_text(request: api.GetPage) -> api.DocumentPage:
    if request.document_id == 2:
        return api.DocumentPage(
            "/home/kim/shop/delivery-terms.docx",
            "Delivery terms",
            1,
            1,
            "Our terms.\n\n" + OLD + "\n\nParcels are insured.",
        )
    line = "Keep the box until you are sure that nothing is missing or broken.\n"
    text = line * 9 + POLICY + "\n" + line * 12
    return api.DocumentPage("/home/kim/shop/returns-policy.pdf", "Returns policy", request.page, 6, text)


METER = api.RetrievalMeter(
    "Online shop",
    {
        "bm25": {"recall@1": 0.61, "recall@3": 0.77, "recall@10": 0.86, "recall@10_low": 0.79, "recall@10_high": 0.91, "mrr": 0.702, "ms": 3.1},
        "dense": {"recall@1": 0.58, "recall@3": 0.79, "recall@10": 0.9, "recall@10_low": 0.84, "recall@10_high": 0.94, "mrr": 0.699, "ms": 11.8},
        "hybrid": {"recall@1": 0.68, "recall@3": 0.84, "recall@10": 0.95, "recall@10_low": 0.9, "recall@10_high": 0.98, "mrr": 0.771, "ms": 14.2},
        "rerank": {"recall@1": 0.77, "recall@3": 0.9, "recall@10": 0.96, "recall@10_low": 0.91, "recall@10_high": 0.98, "mrr": 0.845, "ms": 164.0},
    },
    "rerank", 120, True, "It finds the right passage among the first three most often.", NOW,
)  # fmt: skip
FOUND = api.PassageHits(
    tuple(
        api.PassageHit(one.doc, one.page, one.start, one.end, 1 / (n + 1), one.excerpt, one.document_id, one.title)
        for n, one in enumerate(CITATIONS * 4)
    ),
    "hybrid", 0.014,
)  # fmt: skip


def desk_answers() -> dict[type[api.Request], Any]:
    return {
        api.ListHandoffs: handoffs,
        api.GetHandoff: handoff,
        api.AnswerHandoff: lambda request: api.HandoffDone(HANDOFFS[0], 7),
        api.DismissHandoff: lambda request: api.HandoffDone(HANDOFFS[0], 7),
        api.HandOver: lambda request: api.HandoffDone(HANDOFFS[3], 9),
        api.ListAnswers: api.ApprovedAnswers(ANSWERS, 46, 1),
        api.GetChatFigures: figures,
        api.ListProfiles: api.Profiles(tuple(PROFILES.values())),
        api.GetProfile: lambda request: api.ProfileShown(
            PROFILES[request.name],
            ("The skill shop-topics cannot promise 98% right answers yet; teach it more examples per intent, or choose "
             "yourself from which certainty on an intent is answered.",) if request.name == "Shop desk" else (),
        ),
        api.SaveProfile: lambda request: api.ProfileShown(request.profile),
        api.RunConversationTests: TESTED,
        api.GetPageImage: page_image,
        api.GetRetrievalMeter: METER,
        api.SearchPassages: FOUND,
        api.GetPage: page_text,
        api.ListWatched: lambda request: api.Watched(
            tuple(one for one in WATCHED if request.collection in ("", one.collection))
        ),
        api.ListRefused: lambda request: REFUSED if request.collection == "Online shop" else api.Refused(()),
        api.GetConversation: CONVERSATION,
    }  # fmt: skip

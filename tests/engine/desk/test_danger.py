"""Who belongs to a person at once, and what only sounds like it."""

from __future__ import annotations

import pytest

from engine.serve.desk.danger import danger
from engine.serve.desk.replies import chosen, reply


@pytest.mark.parametrize(
    "text",
    ["I want to kill myself", "i dont want to live anymore", "I'm thinking about suicide", "there is no reason to live",
     "I just want to die", "I feel suicidal", "I wish I was dead", "I'm going to end my life tonight",
     "my daughter wants to kill herself", "I took all my pills", "I've been having suicidal thoughts",
     "everyone would be better off without me", "I want to hurt myself", "thinking of ending it, I might end it all",
     "我不想活了", "我想自杀", "活着没意思", "我想死", "我想结束自己的生命", "我总是想割腕", "有自杀的念头",
     "死了算了", "真的活不下去了"],
)  # fmt: skip
def test_self_harm(text: str) -> None:
    assert danger(text) == "self_harm"


@pytest.mark.parametrize(
    "text",
    ["fuck you", "You are an idiot", "you stupid bot", "go to hell", "you're all a bunch of crooks", "I will kill you",
     "I'm going to burn your house, I'll find you", "shut up", "drop dead", "you useless piece of shit",
     "傻逼客服", "你们这群骗子", "去死吧", "他妈的什么破公司", "滚蛋", "你就是个废物"],
)  # fmt: skip
def test_abuse(text: str) -> None:
    assert danger(text) == "abuse"


@pytest.mark.parametrize(
    "text",
    ["how do I kill the process", "kill the running job", "this killed my battery", "the killer feature is missing",
     "What are the signs of suicide in teenagers?", "suicide prevention policy", "I'm dying to try it",
     "dead pixel on my screen",
     "I don't want to live in London", "I hurt myself on your table", "I almost killed myself laughing",
     "my plant wants to die", "the server died", "where is the kill switch", "I want to die of embarrassment",
     "I will find you a photo of it", "I'll hurt my credit score", "How do I report someone who called me an idiot?",
     "A user said fuck you to me, how do I block him?", "can I return a stupid present", "this is damn good",
     "I shoot photos with your camera", "burn down chart", "shut up shop", "I have cut myself a slice",
     "how do I execute a query", "abort the upload", "terminate my contract", "headshot size",
     "I will kill it in the exam",
     "如何杀死进程", "杀掉这个进程", "程序死机了", "我想死机是什么原因", "跳楼价商品在哪里", "想死你们了",
     "死锁怎么处理", "我要去死海旅游",
     "如何预防自杀", "青少年自杀的迹象有哪些", "垃圾怎么分类", "有人骂我傻逼，怎么举报", "智障儿童的学校",
     "滚动条不见了"],
)  # fmt: skip
def test_false_alarms(text: str) -> None:
    assert danger(text) == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [("I want to speak to a human", "person"), ("Can I talk to someone?", "person"), ("agent please", "person"),
     ("connect me to customer service agent", "person"), ("转人工", "person"), ("我要找人工客服", "person"),
     ("yes please", "yes"), ("that's right", "yes"), ("是的", "yes"), ("no", "no"), ("none of these", "no"), ("不是",
     "no"),
     ("never mind", "stop"), ("算了", "stop"), ("hello there!", "greeting"), ("在吗", "greeting"), ("thanks a lot",
     "thanks"),
     ("谢谢你", "thanks"), ("hello, where is my order?", ""), ("how many agents does a team have?", ""),
     ("what is a human resources file", ""), ("yes but where is my order 5?", ""), ("cancel my order", "")],
)  # fmt: skip
def test_replies(text: str, kind: str) -> None:
    assert reply(text) == kind


def test_a_choice_by_words_must_be_clear() -> None:
    titles = ["cancel an order", "track an order"]
    assert chosen("tracking", titles) == 1
    assert chosen("my order", titles) is None
    assert chosen("2", titles) == 1

"""Small talk that steers a conversation: yes, no, "the second", "never mind", "a person, please", hello, thanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from engine.language.terms import query_terms

_YES = re.compile(
    r"^(?:yes|yeah|yep|yup|sure|correct|right|exactly|ok(?:ay)?|please do|that'?s (?:it|right|"
    r"correct)|indeed|of course|"
    r"absolutely|i do|y)(?:[\s,.!]+(?:please|thanks|thank you|that'?s (?:it|right)|i do|exactly|sure|yes))*[\s.!]*$"
    r"|^(?:是的?|对的?|没错|好的?|嗯+|可以|行|确定|正是|是这样)(?:[，,。！!\s]*(?:是的?|对的?|谢谢|没错|吧|呀|啊))*[。！!\s]*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^(?:no|nope|nah|not (?:really|that|quite|exactly)|wrong|neither|none(?: of (?:these|them|"
    r"those|the above))?|i don'?t|n|"
    r"something else)\b[^?]{0,40}$|^(?:不是?的?|不对|没有|都不是|否|错了?|不要|另外的|其他的?|别的)[^？?]{0,20}$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^(?:never ?mind|forget (?:it|about it|that)|stop|stop (?:it|that|this)|cancel (?:this|that)|"
    r"leave it|no thanks|no thank you|"
    r"it'?s ok(?:ay)?,? (?:never ?mind|forget it)|not now|i changed my mind)[\s.!]*$"
    r"|^(?:算了|不用了|不要了|不问了|停|停止|取消|没事了|不必了)[吧了。！!\s]*$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:speak|talk|chat|connect|transfer|put|pass|switch|hand|get|give|want|need|prefer|like|"
    r"reach)\b[^.!?]{0,40}\b(?:to|with|through to|me|over to|for)?\s*"
    r"(?:an? |the |some |your |real |live |actual |human )*(?:human(?: being)?|real person|"
    r"live person|actual person|live agent|human agent|real agent|"
    r"representative|operator|customer service agent|support agent|supervisor|somebody real|someone real|real human)\b"
    r"|\b(?:speak|talk|chat) (?:to|with) (?:an? |the |some |your )?(?:person|agent|advisor|adviser|"
    r"manager|somebody|someone|staff member|employee)\b"
    r"|^(?:an? )?(?:human|agent|representative|operator|real person|person)(?:,? please)?[\s.!]*$"
    r"|(?:转|找|要|接|叫|换|联系)(?:一下|个|一个|到)?(?:人工|真人|客服人员|客服专员|人工客服|活人|你们经理|你们主管)|^人工(?:客服|"
    r"服务)?[。！!\s]*$|(?:和|跟|与)(?:真人|人工|客服人员)(?:说|聊|谈|沟通|对话)",
    re.IGNORECASE,
)
_PERSON_ABOUT = re.compile(
    r"\b(?:how (?:many|much|does|do) (?:a|the|an)|what is|what'?s|job|hire|hiring|become|becoming|salary)\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|hi there|"
    r"hello there|hey there)(?:[\s,!.]+"
    r"(?:there|team|everyone|everybody|all|sir|madam|how are you(?: doing)?(?: today)?|"
    r"good (?:morning|afternoon|evening|day)))*[\s.!?,]*$"
    r"|^(?:你好|您好|嗨|哈喽|早上好|上午好|下午好|晚上好|在吗|有人吗|在不在|您好在吗|你好在吗)[呀啊吗，,。！!？?～~\s]*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^(?:(?:ok(?:ay)?|great|perfect|good|super|alright|cool)[\s,!.]+)?(?:thanks|thank you|thx|"
    r"many thanks|cheers|ty)(?: (?:a lot|so much|very much|again|for (?:your|the) help))*"
    r"(?:[\s,!.]+(?:bye|goodbye|have a (?:nice|good|great) (?:day|one|evening)|that'?s all|that is all))*[\s.!]*$"
    r"|^(?:好的?[，, ]*)?(?:多谢|谢谢|谢啦|感谢)(?:你|您|了|啦|你们)?(?:的帮助)?[，,]?(?:再见)?[。！!～~\s]*$",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:another|other|different|new|second|next|not that|instead)\b"
    r"|另一个|另外|别的|其他|换一个|新的|第二个|不是这个",
    re.IGNORECASE,
)
_PLACES = (
    re.compile(
        r"^\W*(?:(?:number|option|the)\s+)*(?:1|one|1st|first)(?: one)?\W*$|^第?一(?:个|种|项)?[。\s]*$|"
        r"\bthe first\b|第一",
        re.IGNORECASE,
    ),
    re.compile(
        r"^\W*(?:(?:number|option|the)\s+)*(?:2|two|2nd|second)(?: one)?\W*$|^第?[二2](?:个|种|"
        r"项)?[。\s]*$|\bthe (?:second|latter|last)\b|第二",
        re.IGNORECASE,
    ),
    re.compile(
        r"^\W*(?:(?:number|option|the)\s+)*(?:3|three|3rd|third)(?: one)?\W*$|^第?[三3](?:个|种|"
        r"项)?[。\s]*$|\bthe third\b|第三",
        re.IGNORECASE,
    ),
)  # fmt: skip
_QUESTION = re.compile(
    r"[?？]\s*$|^(?:how|what|where|when|why|who|which|can|could|do|does|is|are|will|would|should|"
    r"may)\b|怎么|如何|什么|哪|吗[。？?]?$|多少|几",
    re.IGNORECASE,
)

Reply = Literal["yes", "no", "stop", "person", "greeting", "thanks", ""]


def reply(text: str) -> Reply:
    """What a message is besides a question; "" for none of these. A request for a person wins."""
    plain = " ".join(text.replace("’", "'").split())
    if _PERSON.search(plain) and not _PERSON_ABOUT.search(plain):
        return "person"
    kinds: tuple[tuple[Reply, re.Pattern[str]], ...] = (
        ("stop", _STOP), ("yes", _YES), ("no", _NO), ("greeting", _GREETING), ("thanks", _THANKS),
    )  # fmt: skip
    return next((kind for kind, pattern in kinds if pattern.search(plain)), "")


def means_another(text: str) -> bool:
    """Whether a message speaks of another thing than the one before ("a different order")."""
    return _ANOTHER.search(text) is not None


def is_question(text: str) -> bool:
    """Whether a message asks something rather than tells what it was asked for."""
    return _QUESTION.search(text.strip()) is not None


def chosen(text: str, titles: Sequence[str]) -> int | None:
    """Which of the titles that were offered is meant: by its place, or as the only one that shares words."""
    plain = " ".join(text.split())
    for place, pattern in enumerate(_PLACES[: len(titles)]):
        if pattern.search(plain):
            return place
    said = set(query_terms(plain))
    wanted = [set(query_terms(title)) for title in titles]
    telling = [own.difference(*(other for other in wanted if other is not own)) for own in wanted]
    shared = [len(own & said) for own in telling]
    best = max(shared, default=0)
    return shared.index(best) if best and shared.count(best) == 1 else None

"""What the desk says in its own words, in the language of the customer."""

from __future__ import annotations

from engine.serve.desk.heard import Language

_SAID: dict[str, tuple[str, str]] = {
    "handoff": (
        "I am handing this over to a colleague, who will see our conversation and get back to you.",
        "我已将您的问题转交给同事，他们会看到我们的对话并回复您。",
    ),
    "person": (
        "Of course. I am handing you over to a colleague, who will see our conversation.",
        "好的，我已为您转接人工客服，他们会看到我们的对话。",
    ),
    "abuse": (
        "I can see that you are upset, and I am sorry about that. I am handing this over to a person who will look "
        "into it.",
        "我看得出您很不满意，对此我很抱歉。我已将此事转交给同事处理。",
    ),
    "self_harm": (
        "I am very sorry that things are so hard right now. You do not have to carry this alone, and it was right to "
        "say it. I am asking a person to talk with you. If there is danger at this moment, please call the emergency "
        "number of the place where you are, or go to somebody you trust.",
        "听到这些我很难过，您现在一定很不容易。您不必独自承受，说出来是对的。我正在请一位同事与您联系。"
        "如果此刻有危险，请立即拨打您所在地的急救电话，或者去找您信任的人。",
    ),
    "out_of_scope": (
        "That is outside of what I can help with. I am passing it on to a colleague, in case somebody can.",
        "这超出了我能帮助的范围，我已转给同事，看看是否有人可以帮您。",
    ),
    "rephrase": (
        "I did not find an answer to that. Could you say it in other words, with a little more detail?",
        "我没有找到这个问题的答案。您能换一种说法，再说得具体一些吗？",
    ),
    "not_found": ("I have no answer to that.", "这个问题我没有答案。"),
    "no_other": ("I found no other answer to that.", "没有找到其他答案。"),
    "stopped": ("All right, I have stopped that. What else can I do for you?", "好的，已取消。还有什么可以帮您？"),
    "greeting": ("Hello! How can I help you?", "您好！请问有什么可以帮您？"),
    "thanks": ("You are welcome.", "不客气。"),
    "which": ("Which of these do you mean?", "您指的是哪一个？"),
    "neither": ("none of these", "都不是"),
    "confirm": ("Do I understand you right: do you want to {title}?", "我理解得对吗：您想{title}？"),
    "ask": ("Please tell me: {slot}.", "请告诉我：{slot}。"),
    "again": ("I could not find that in your message. ", "我没有在您的消息中找到。"),
    "medical": (
        "This is information from documents and no medical advice. Please ask a doctor; in an emergency call the "
        "emergency number of the place where you are.",
        "以上内容来自文件，不构成医疗建议。请咨询医生；紧急情况请拨打您所在地的急救电话。",
    ),
    "legal": (
        "This is information from documents and no legal advice. Please ask a lawyer about your own case.",
        "以上内容来自文件，不构成法律意见。具体情况请咨询律师。",
    ),
}
_REASONS: dict[str, str] = {
    "approved": "The message was understood as “{detail}”, which has an approved answer.",
    "quoted": "A passage of the documents answers the question.",
    "generated": "A generator phrased it; of its sentences the passages hold {detail}, and only they are shown.",
    "contradiction": "Documents answer the question, and they do not agree.",
    "slot_missing": "The answer needs “{detail}”, which has not been said yet.",
    "ambiguous": "The message fits several intents: {detail}.",
    "unsure": "The message probably means “{detail}”, but not surely enough.",
    "confirmed": "The customer confirmed “{detail}”.",
    "greeting": "The message is a greeting.",
    "thanks": "The message says thanks.",
    "stopped": "The customer did not want to go on.",
    "rule": "The rule “{detail}” applies.",
    "not_found": "Neither an approved answer nor a passage of the documents answers the question.",
    "not_understood": "The question was asked again and still has no answer.",
    "slot_not_given": "The customer was asked for “{detail}” twice and did not give it.",
    "out_of_scope": "The message is about something else (“{detail}”).",
    "asked_for_person": "The customer asked for a person.",
    "abuse": "The message is abusive.",
    "self_harm": "The message speaks of self-harm.",
    "no_other": "The answer was wanted from another source, and there is none.",
    "no_documents": "There are no documents to look into.",
}


def say(key: str, language: Language, **values: str) -> str:
    """A sentence of the desk."""
    return _SAID[key][language == "zh"].format(**values)


def reason(because: str, detail: str = "") -> str:
    """Why a rung was taken, as a sentence for the people of the desk."""
    return _REASONS[because].replace("{detail}", detail)


def of_two(english: str, chinese: str, language: Language) -> str:
    """The desk's own text in the customer's language, or in the other one where only that is written."""
    return (chinese or english) if language == "zh" else (english or chinese)

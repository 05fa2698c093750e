# ruff: noqa: E501 - rows of values read best on one line
"""Answers of a workspace with generators: what they take, how fast they are, a conversation that one phrased."""

from __future__ import annotations

from typing import Any

from fake_desk import CITATIONS, NOW, POLICY, _said, _told, answer

from engine import api
from engine.values import Sentence

FREE_MB = 5_322.0
GENERATORS = (
    api.GeneratorInfo("generator-en", True, "llama", 62_100_000, "Q8_0", 66_900_000, "Apache-2.0", "9f" * 32, 2048, 2048, 12, 16_384, True, "", 201.0, 64.0, 48.0, FREE_MB, True, "", True, 214.0, 1213.0, 84.3, NOW, 2, 252.0),
    api.GeneratorInfo("Qwen2.5-1.5B-Instruct", False, "qwen2", 1_540_000_000, "Q4_K_M", 986_000_000, "Apache-2.0", "1c" * 32, 32_768, 4096, 28, 151_936, True, "", 1_290.0, 940.0, 112.0, FREE_MB, True, "", prompt_speed=61.2, decode_speed=9.4, measured=NOW, speed_threads=2),
    api.GeneratorInfo("Mistral-7B-Instruct-v0.3", False, "llama", 7_250_000_000, "Q8_0", 7_700_000_000, "", "7a" * 32, 32_768, 4096, 32, 32_768, True, "", 8_290.0, 7_340.0, 512.0, FREE_MB, False, ""),
)  # fmt: skip
SENTENCES = (
    Sentence("The refund goes to the card you used, within five working days after the parcel has arrived.", True, 0),
    Sentence("It does not matter which carrier you used.", True, 0),
)
DROPPED = (
    api.Unsupported("You get an e-mail within 24 hours that confirms the refund.", "number"),
    api.Unsupported("Refunds of more than 100 euros are paid by bank transfer.", "unlike"),
)
PHRASED = answer(
    " ".join(one.text for one in SENTENCES), "generated", citations=CITATIONS[:1], sentences=SENTENCES, confidence=0.88,
    because="generated", reason="A generator phrased it; of its sentences the passages hold 2/4, and only they are shown.",
    phrasing=api.Phrasing("generator-en", 4, 2, DROPPED, "", 0, 0.0, 71, 1.4),
)  # fmt: skip
QUOTED = answer(
    POLICY, "quote", citations=CITATIONS[:1], sentences=(Sentence(POLICY, True, 0),), because="quoted", message=6, confidence=0.84,
    reason="The passages hold 0 of 1 sentences that the generator wrote, so one is quoted.",
    phrasing=api.Phrasing("generator-en", 1, 0, (api.Unsupported("We never pay money back.", "negation"),), "unsupported", 0, 0.0, 12, 0.3),
)  # fmt: skip
INFO = api.ConversationInfo(22, "When the refund comes", "Online shop", NOW, 6)
CONVERSATION = api.Conversation(
    INFO,
    (
        _said(1, "When will I get my money back?"),
        _told(2, PHRASED, 1),
        _said(3, "Do you pay back orders of last year too?"),
        _told(4, QUOTED),
        _said(5, "Who won the football world cup in 1998?"),
        _told(6, answer("I have no answer to that.", "not_found", reason="Neither an approved answer nor a passage of the documents answers the question.", because="not_found")),
    ),
)  # fmt: skip
SUMMARY = api.Phrased(
    "Send back what you do not like within 30 days. " + POLICY, True,
    (Sentence("Send back what you do not like within 30 days.", True, 0), Sentence(POLICY, True, 0)), CITATIONS[:1], 3, 2,
    "generator-en", "The text holds 2 of 3 sentences that the generator wrote.", DROPPED[:1], 0,
)  # fmt: skip
TRANSLATED = api.Phrased(
    "请致电哥德堡商店的玛丽亚。快递费用为9欧元。", True, (Sentence("请致电哥德堡商店的玛丽亚。快递费用为9欧元。", False, None),), (), 1, 1, "Qwen2.5-1.5B-Instruct",
    "Numbers, dates and codes are the same in both texts; whether the words mean the same was not checked. Not found in the translation, check them: Maria, Gothenburg.",
)  # fmt: skip
REFUSED = api.Phrased(
    "", False, (), (), 1, 0, "generator-en",
    "The generator did not translate it. It did not write in that language. A model that was not taught both languages cannot translate.",
    (api.Unsupported("Once upon a time there was a parcel that went to Gothenburg.", "script"),),
)  # fmt: skip
SETTINGS = {
    "auto_lock_s": 600, "generator_idle_s": 300, "threads": 0, "generator_temperature": 0.3, "generator_max_tokens": 200,
    "generator_context": 0, "generator_threads": 0, "generator_gpu_layers": -1, "generator_picks": {"": "generator-en"},
}  # fmt: skip


def translated(request: api.Translate) -> api.Phrased:
    return TRANSLATED if request.pack.startswith("Qwen") else REFUSED


def generator_answers() -> dict[type[api.Request], Any]:
    kept = dict(SETTINGS)

    def change(request: api.ChangeSettings) -> api.SettingsValues:
        kept.update(request.values)
        return api.SettingsValues(dict(kept))

    return {
        api.ListGenerators: api.Generators(GENERATORS, FREE_MB, 2),
        api.GetSettings: lambda _request: api.SettingsValues(dict(kept)),
        api.ChangeSettings: change,
        api.UnloadGenerator: api.Done(),
        api.Summarise: SUMMARY,
        api.Translate: translated,
        api.Rewrite: SUMMARY,
        api.DraftReply: SUMMARY,
    }


GENERATOR_MODELS = tuple(
    api.ModelInfo(
        one.name, "generator", 1, one.bytes, False, True, True, NOW, bundled=one.bundled, licence=one.licence,
        sha256=one.sha256, about=f"{one.architecture}, {one.quantisation}",
    )
    for one in GENERATORS
)  # fmt: skip


def generator_card(request: api.GetModelCard) -> api.ModelCard | None:
    """The card of a generator, as the engine makes it from the file."""
    info = next((one for one in GENERATOR_MODELS if one.name == request.name), None)
    if info is None:
        return None
    rows = (
        ("architecture", "qwen2"), ("parameters", "1,543,714,304"), ("weights", "Q4_K_M, 986,048,768 bytes"),
        ("taught context", "32,768 tokens"), ("layers, heads, width", "28, 12, 1536"),
        ("licence, as the file says", info.licence or "the file names none"), ("SHA-256", info.sha256),
    )  # fmt: skip
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    template = "{% for message in messages %}{{ '<|im_start|>' + message['role'] + message['content'] }}{% endfor %}"
    card = f"# {info.name}\n\n*A generator that was taken in from a file.*\n\n| | |\n| --- | --- |\n{table}\n"
    return api.ModelCard(info, f"{card}\n## Chat template\n\n    {template}\n", {})

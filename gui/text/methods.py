"""The ways to teach, in words for people who never heard their names; the names come as small print."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

MAIN = ("zero", "head", "lora", "full")
FURTHER = ("adalora", "prefix")
# A name of a method where the engine's sentences have one, in English and in Chinese (“a head” is no name).
_NAMED = re.compile(
    r"(?:(?<=method )|(?<=by )|(?<=what )|(?<=方法 )|(?<=相比之下 )|(?<=；))"
    r"(?:zero|head|lora|full|adalora|prefix)(?= was | in | would | 为| 能|：)"
)


def method_title(method: str) -> str:
    """What a method is called."""
    translate = QCoreApplication.translate
    texts = {
        "auto": translate("methods", "Let Casemate choose"),
        "zero": translate("methods", "From the names alone"),
        "head": translate("methods", "Quick lesson"),
        "lora": translate("methods", "Thorough lesson"),
        "full": translate("methods", "Complete lesson"),
        "adalora": translate("methods", "Thorough lesson with shared room"),
        "prefix": translate("methods", "Learned opening words"),
    }
    return texts.get(method, method)


def method_text(method: str) -> str:
    """What a method does, in a sentence or two."""
    translate = QCoreApplication.translate
    texts = {
        "zero": translate(
            "methods",
            "Compares each text with the words of the labels. Nothing is learned; right while there are hardly any "
            "examples.",
        ),
        "head": translate(
            "methods",
            "Learns which meanings go with which label. Done in seconds, and often good enough.",
        ),
        "lora": translate(
            "methods",
            "Also learns how texts like yours are written, in a small add-on to the reader. Usually the best result "
            "for its time.",
        ),
        "full": translate(
            "methods",
            "Tunes the whole reader to your texts. Takes most time and memory; worth it with thousands of examples.",
        ),
        "adalora": translate(
            "methods",
            "As the thorough lesson, but it finds out where in the reader the add-on needs more room.",
        ),
        "prefix": translate(
            "methods",
            "Learns opening words that are put before every text and leaves the reader as it is.",
        ),
    }
    return texts.get(method, "")


def method_term(method: str) -> str:
    """What those who know the field call it."""
    translate = QCoreApplication.translate
    texts = {
        "zero": translate("methods", "zero-shot"),
        "head": translate("methods", "few-shot head on the unchanged encoder"),
        "lora": translate("methods", "LoRA, an add-on file of at most 2 MB"),
        "full": translate("methods", "full fine-tuning"),
        "adalora": translate("methods", "AdaLoRA"),
        "prefix": translate("methods", "prefix-tuning"),
    }
    return texts.get(method, "")


def with_titles(sentence: str) -> str:
    """A sentence of the engine about methods, with their titles in place of their names."""
    shown = _NAMED.sub(lambda found: "“" + method_title(found.group()) + "”", sentence)
    return shown.replace(" “", "“").replace("” ", "”") if "方法 “" in shown else shown

"""The words around a question: what the model is taught to read and to write.

Passages are numbered from 1. An answer is a row of sentences, each followed by the number of its passage in brackets:
`Refunds take five days. [2]`. Turns are marked as in ChatML, which every runner of GGUF files knows. The runtime reads
the template from the file; the texts of INSTRUCTIONS and REFUSAL are in the file's metadata too (`casemate.*`), so that
what asks and what was taught cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

END_OF_TEXT, TURN, END_OF_TURN, PAD = "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>"
SPECIALS = (END_OF_TEXT, TURN, END_OF_TURN, PAD)
"""Their ids are 0, 1, 2, 3."""

REFUSAL = "The passages do not answer this question."

INSTRUCTIONS = {
    "answer": "Answer the question from the passages. After each sentence write the number of its passage, like [1]. "
    "If the passages do not answer it, say so.",
    "reply": "Write a reply to the customer.",
    "summary": "Summarise the text in one or two sentences.",
    "title": "Write a title for the text.",
    "formal": "Rewrite the text in a formal tone.",
    "friendly": "Rewrite the text in a friendly tone.",
    "short": "Rewrite the text in fewer words.",
}

TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def asked(passages: Sequence[str], question: str) -> str:
    """The user's turn of a grounded question."""
    numbered = "\n\n".join(f"[{number}] {text}" for number, text in enumerate(passages, start=1))
    return f"Passages:\n{numbered}\n\nQuestion: {question}"


def prompt(instruction: str, user: str) -> str:
    """Everything before the answer, as TEMPLATE renders it."""
    return f"{TURN}system\n{instruction}{END_OF_TURN}\n{TURN}user\n{user}{END_OF_TURN}\n{TURN}assistant\n"


def pieces(row: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """A whole tuning row as texts in order, True for those that the model writes. `more` holds further questions on
    the same passages and their answers."""
    found = [(prompt(row["system"], row["user"]), False), (row["answer"] + END_OF_TURN, True)]
    for question, answer in row.get("more", ()):
        found.append((f"\n{TURN}user\nQuestion: {question}{END_OF_TURN}\n{TURN}assistant\n", False))
        found.append((answer + END_OF_TURN, True))
    return found


def cited(sentences: Sequence[tuple[str, int]]) -> str:
    """Sentences, each with the number of its passage, as one answer."""
    return " ".join(f"{sentence} [{number}]" for sentence, number in sentences)

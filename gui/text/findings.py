"""Why a finding of the check matters and what to do about it, by its code."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def finding_why(code: str) -> str:
    """A sentence for people who teach for the first time; "" where the finding says enough."""
    translate = QCoreApplication.translate
    texts = {
        "duplicates": translate(
            "finding reasons",
            "A repeated text adds nothing new. Copies are kept on one side when texts are held back for the exam.",
        ),
        "near_duplicates": translate(
            "finding reasons",
            "Texts that are almost the same make an exam too easy if one of them was learned before.",
        ),
        "conflicting_labels": translate(
            "finding reasons",
            "The same text cannot be two things at once: decide which label is right, or the skill will waver.",
        ),
        "label_noise": translate(
            "finding reasons",
            "These examples do not look like the others of their label. Read them again: some labels may be slips.",
        ),
        "leakage": translate(
            "finding reasons",
            "A text that was learned cannot serve as an exam question; the result would look better than it is.",
        ),
        "few_examples": translate(
            "finding reasons",
            "Rare labels are learned badly. Ten examples of each are a start, thirty are good.",
        ),
        "tiny_labels": translate(
            "finding reasons",
            "Rare labels are learned badly. Ten examples of each are a start, thirty are good.",
        ),
        "imbalance": translate(
            "finding reasons",
            "The skill would rather answer with the frequent label. “Count every label the same” under More options "
            "works against it.",
        ),
        "similar_labels": translate(
            "finding reasons",
            "They count as different labels. If they mean the same, spell them alike and import the table again.",
        ),
        "one_label": translate(
            "finding reasons",
            "Add examples of a second label, for example “other”, and import the table again.",
        ),
        "many_labels": translate(
            "finding reasons",
            "Perhaps another column holds the labels: import the table again and choose it.",
        ),
        "empty_text": translate(
            "finding reasons", "Fill these rows or take them out of the table, and import it again."
        ),
        "empty_label": translate(
            "finding reasons", "Fill these rows or take them out of the table, and import it again."
        ),
        "personal_data": translate(
            "finding reasons",
            "Everything stays on this machine. A skill that you hand on may have learned from it, so take it out first "
            "if you mean to share.",
        ),
        "long_text": translate(
            "finding reasons", "What matters should stand near the beginning of a text."
        ),
    }  # fmt: skip
    return texts.get(code, "")

"""A small task: is a question polite or rude? Its texts are made, so that nothing has to be downloaded."""

from __future__ import annotations

import random

import pytest

THINGS = ["the invoice", "my parcel", "the new lamp", "my password", "the blue chair", "your opening hours"]
POLITE = ["Could you please tell me about {}?", "I would be grateful for help with {}.", "Thank you for looking at {}."]
RUDE = ["Sort out {} right now!", "I am sick of {}, fix it.", "{} again, are you all asleep?"]
ENDS = ["", " It is for my mother.", " I wrote last week.", " We live in Leeds.", " This is my second message."]


@pytest.fixture(scope="session")
def manners() -> list[tuple[str, str]]:
    """180 texts with the labels polite and rude."""
    rows = [
        (pattern.format(thing) + end, label)
        for label, patterns in (("polite", POLITE), ("rude", RUDE))
        for pattern in patterns
        for thing in THINGS
        for end in ENDS
    ]
    random.Random(1).shuffle(rows)
    return rows

"""English texts of our own that show the encoder what it will read, so that fixed ranges can be measured.

Only ranges are taken from them. They are made, always the same, from frames and words of a shop, a bank, a clinic,
a newsroom and a help desk, joined to lengths from one word to the encoder's limit, beside runs of random words.
"""

from __future__ import annotations

import random

FRAMES = [
    "Where is my {thing}? I ordered it {when} and the {place} still says {state}.",
    "Please cancel the {thing} that I bought {when}; it was {state} when it came.",
    "Can I return a {thing} after {count} days if the box has been opened?",
    "I was charged {count} dollars twice for one {thing} {when}, why?",
    "How do I change the {detail} on my account without calling the {place}?",
    "My {detail} was not accepted at the {place}, and the screen showed error {count}.",
    "What is the {detail} for sending money from the {place} to another country?",
    "The {thing} does not turn on, although I charged it {when}.",
    "Thanks, the {person} was very kind and solved it in {count} minutes!",
    "Worst {thing} ever. Broke {when}. The {person} never answered. Avoid!!!",
    "Patient is a {count}-year-old man with {symptom} since {when}, no {symptom} before.",
    "She reports {symptom} and {symptom}; the {person} prescribed {count} mg twice a day.",
    "What are the causes of {symptom}, and when should I see a {person}?",
    "Give the medicine with food. Stop if {symptom} appears and tell the {person}.",
    "Is {symptom} inherited? What treatments are there for {symptom}?",
    "Shares of the {place} fell {count} percent {when} after the {person} resigned.",
    "The central bank left its rate at {count} percent, and markets had expected {state} news.",
    "The team won {count} to 3 {when}, and the {person} called the match {state}.",
    "Researchers at the {place} say that a new {thing} could cut costs by {count} percent.",
    "To reset the {detail}, open Settings, choose Security and press Continue.",
    "Error 0x{count}: the {thing} could not connect to the {place}. Check the {detail}.",
    "Opening hours: Monday to Friday {count}:00 to 18:00; closed {when}.",
    "A {state} {thing} of stainless steel, {count} litres, with a two-year warranty.",
    "A novel about a {person} who finds a {thing} in an old {place} and loses everything.",
    "an utterly {state} film, with a {person} who seems to have wandered in from another {place}",
    "{thing}",
    "{state} {thing}, {count} pcs",
    "Contact: help{count}@example.com or +1 555 01{count}, ask for the {person}.",
    "Staff must lock the {place} and record every {thing} in the log before leaving.",
    "I agree. | No, that is {state}. | Why {count}? | See https://example.com/{thing}/{count}",
]
WORDS = {
    "thing": [
        "kettle",
        "parcel",
        "card",
        "refund",
        "invoice",
        "headset",
        "laptop",
        "sofa",
        "vaccine",
        "ticket",
        "password",
        "receipt",
        "charger",
        "top-up",
        "book",
    ],
    "when": ["yesterday", "last week", "on 3 May 2023", "two hours ago", "this morning", "since Christmas", "in 1998"],
    "place": [
        "warehouse",
        "bank",
        "website",
        "clinic",
        "hospital",
        "ATM",
        "airport",
        "ministry",
        "shop",
        "server",
        "kitchen",
        "university",
        "ward",
    ],
    "state": [
        "pending",
        "broken",
        "excellent",
        "delayed",
        "declined",
        "dull",
        "brilliant",
        "unclear",
        "dangerous",
        "free",
        "refunded",
        "unexpected",
    ],
    "detail": [
        "address PIN exchange rate",
        "phone number",
        "delivery date",
        "IBAN",
        "router firmware",
        "fee",
        "second name",
    ],
    "person": [
        "nurse",
        "driver",
        "manager",
        "surgeon",
        "cashier",
        "pharmacist",
        "editor",
        "neighbour",
        "lawyer",
        "technician",
        "dog",
    ],
    "symptom": [
        "chest pain",
        "a dry cough",
        "high blood pressure",
        "type 2 diabetes",
        "nausea",
        "a skin rash",
        "migraine",
        "cystic fibrosis",
        "shortness of breath",
        "fever",
        "Alzheimer's disease",
        "acute lymphoblastic leukaemia",
    ],
    "count": [str(number) for number in (2, 7, 12, 24, 30, 49, 80, 365, 1500, 20481)],
}


def texts(vocabulary: list[str], *, count: int = 900, seed: int = 7) -> list[str]:
    """Frames filled, joined to many lengths, and random words; the same list on every call."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        if number % 10 == 9:
            found.append(" ".join(chance.choices(vocabulary, k=chance.choice((1, 3, 8, 20, 60, 150)))))
            continue
        sentences = chance.choice((1, 1, 1, 1, 1, 2, 2, 3, 5, 9, 20))
        found.append(" ".join(_fill(FRAMES[(number + step) % len(FRAMES)], chance) for step in range(sentences)))
    return [*found, "", ".", "?!", "a"]


def _fill(frame: str, chance: random.Random) -> str:
    while "{" in frame:
        begin, end = frame.index("{"), frame.index("}")
        frame = frame[:begin] + chance.choice(WORDS[frame[begin + 1 : end]]) + frame[end + 1 :]
    return frame

"""Made-up messages of customers: three labels that are easy to tell apart."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from engine import api
from engine.host.service import Service

THINGS = {
    "parcel": ("parcel", "delivery", "courier", "package", "shipment"),
    "money": ("refund", "invoice", "payment", "charge", "bank"),
    "login": ("password", "account", "login", "code", "email"),
}
PHRASES = ("Where is my {}?", "There is a problem with the {}", "please help me with a {}", "my {} is wrong, again",
           "I have waited for the {} since {} o'clock", "what about the {} of number {}")  # fmt: skip


def import_messages(service: Service, folder: Path, count: int) -> None:
    chance = random.Random(4)
    table = folder / "messages.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("text", "label"))
        for number in range(count):
            label = chance.choice(sorted(THINGS))
            writer.writerow((chance.choice(PHRASES).format(chance.choice(THINGS[label]), number), label))
    service.call(api.ImportData(path=str(table), name="messages", kind="labelled"))

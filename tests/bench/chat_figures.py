"""How long figures, and search through conversations, take in a desk with many messages.

    python tests/bench/chat_figures.py [--conversations 10000] [--turns 5]

Makes a workspace of synthetic conversations, one answer in twelve missing, and prints seconds: the figures of 30 and 90
days, where the first call embeds questions for as long as it may and later ones find them kept; the list of
conversations, and three searches in it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine import api
from engine.host.service import Service

PASSPHRASE = "correct horse battery staple"
THINGS = ("router", "parcel", "invoice", "refund", "password", "contract", "battery", "screen", "licence", "delivery")
ACTS = ("change", "cancel", "repair", "find", "pay for", "return", "order", "update", "delete", "insure")
FILL = ("please", "today", "at home", "for my mother", "from abroad", "without receipt", "again", "by phone", "twice")


def question(rng: random.Random) -> str:
    return f"How can I {rng.choice(ACTS)} the {rng.choice(THINGS)} {rng.choice(FILL)} {rng.choice(FILL)}?"


def fill(service: Service, conversations: int, turns: int, rng: random.Random) -> None:
    now = datetime.now(UTC)
    days = [(now - timedelta(days=i)).isoformat(timespec="seconds") for i in range(90)]
    rows: list[tuple[Any, ...]] = []
    for number in range(1, conversations + 1):
        moment = rng.choice(days)
        for _ in range(turns):
            rows.append((number, "user", question(rng), moment, "", None))
            missing = rng.random() < 1 / 12
            text = " ".join(question(rng) for _ in range(4))
            rows.append((number, "assistant", text, moment, "not_found" if missing else "quote", rng.random()))
    with service.context.store.write() as connection:
        connection.executemany(
            "INSERT INTO conversations (title, collection, created, updated) VALUES (?, 'shop', ?, ?)",
            [(question(rng), days[0], days[0]) for _ in range(conversations)],
        )
        connection.executemany(
            "INSERT INTO messages (conversation, role, text, created, mode, confidence) VALUES (?, ?, ?, ?, ?, ?)", rows
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=5)
    args = parser.parse_args()
    found: dict[str, Any] = {"messages": args.conversations * args.turns * 2}
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "workspace")
        service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
        fill(service, args.conversations, args.turns, random.Random(20))

        def timed(name: str, request: api.Request) -> Any:
            began = time.monotonic()
            result = service.call(request)
            found[name] = round(time.monotonic() - began, 3)
            return result

        service.context.encoder.embed(["open the encoder"])
        for days in (30, 90):
            for call in ("first", "second", "third"):
                figures = timed(f"figures of {days} days, {call}", api.GetChatFigures(days=days))
        found["unanswered"] = figures.unanswered
        found["topics"] = [(topic.words, topic.count) for topic in figures.top_unanswered]
        for query in ("", "battery", "battery insure", "nowhere"):
            listed = timed(f"conversations with '{query}'", api.ListConversations(query=query))
            found[f"conversations with '{query}'"] = (found[f"conversations with '{query}'"], len(listed.conversations))
        service.close()
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()

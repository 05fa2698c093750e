"""Further public sets through the engine: English and Chinese, topics and moods, even and uneven labels.

python tests/quality/other_sets.py [NAME …]
"""

from __future__ import annotations

import random
import sys

from reading import Rows, engine, read, teach_and_test, told_promises

from engine import api


def both(name: str) -> tuple[Rows, Rows]:
    return read(name, "train"), read(name, "test")


def ag_news() -> tuple[Rows, Rows]:
    chance = random.Random(0)
    return chance.sample(read("ag_news", "train"), 3000), chance.sample(read("ag_news", "test"), 1000)


def sms_spam() -> tuple[Rows, Rows]:
    rows = read("sms_spam", "messages")
    random.Random(0).shuffle(rows)
    taught = rows[: len(rows) * 4 // 5]
    seen = {text for text, _ in taught}
    return taught, [row for row in rows[len(taught) :] if row[0] not in seen]


SETS = {
    "sms_spam": sms_spam,
    "tnews": lambda: both("tnews"),
    "chnsenticorp_hotel": lambda: both("chnsenticorp_hotel"),
    "twitter_financial_news": lambda: both("twitter_financial_news"),
    "ag_news": ag_news,
}


def main(names: list[str]) -> None:
    print("| set | taught | test | features | accuracy | macro F1 | ece | told | seconds | zero-shot |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    notes = []
    with engine() as service:
        for name in names or list(SETS):
            train, test = SETS[name]()
            one = teach_and_test(service, name, train, test)
            zero = "–"
            if one.features != "lexical":
                labels = tuple(sorted({label for _, label in train}))
                found = service.call(api.Classify(texts=tuple(text for text, _ in test), labels=labels)).results
                zero = f"{sum(a.label == b for a, (_, b) in zip(found, test, strict=True)) / len(test):.1%}"
            cells = (name, f"{len(train):,}", f"{len(test):,}", one.features,
                     f"{one.accuracy:.2%}", f"{one.macro_f1:.3f}",
                     f"{one.ece:.3f}", f"{one.told:.2%}", f"{one.seconds:.1f}", zero)  # fmt: skip
            print(f"| {' | '.join(cells)} |", flush=True)
            notes.append(f"{name}: {told_promises(one.promises)}")
    print("\nAnswered at a promised precision:\n" + "\n".join(notes))


if __name__ == "__main__":
    main(sys.argv[1:])

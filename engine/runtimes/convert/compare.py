"""The worker that asks whether llama.cpp cuts texts into the tokens that the model was taught with.

The folder's own tokenizer.json says what those are. llama.cpp knows ways of cutting by name and comes near to some of
them only, so texts of several kinds are cut both ways. Plain English that differs is a fault; for the rest it is told.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from engine.errors import GgufUnusable
from engine.jobs.child import Link
from engine.packs.manifest import printable
from engine.runtimes.convert.folder import Folder
from engine.runtimes.convert.vocabulary import JSON
from engine.runtimes.llama_vocabulary import vocabulary_of

PLAIN = (
    "The desk answers every question of its customers, and it says where each answer stands.",
    "Order 4,812.50 was sent on 03/05/2024; it's the customer's 2nd (of 3). Don't we'll THEY'RE I'd",
    "a",
)
OTHERS = {
    "runs of spaces and lines": "  two  spaces\n\n\nthree lines\t tab\r\nend ",
    "program code": "def find(items):\n    return [one for one in items if one['x'] > 10]  # 100%, C++ & a?b=c\n",
    "accents and signs": "naïve café – “quotes”… 20 € § 5",
    "Chinese": "退款需要五天。请写信给客服，订单号是12345。",
    "Cyrillic and Greek": "Привет, как дела? ПРИВЕТ Καλημέρα",
    "Arabic and Hindi": "مرحبا بالعالم नमस्ते दुनिया",
    "emoji": "👍🏽 👨‍👩‍👧 ok 😀!!",
}


class CompareSpec(Struct):
    """`lead` is put before every text in both programs (see `Vocabulary`)."""

    path: str
    folder: str
    lead: str = ""


class Compared(Struct):
    """Kinds of text that are cut otherwise; empty where none is."""

    differ: tuple[str, ...]


def compare_tokens(spec: CompareSpec, link: Link) -> Compared:
    """Cut texts both ways.

    Raises:
        GgufUnusable: plain English is cut otherwise, or the tokenizer cannot be read at all; RuntimeMissing.
    """
    folder = Folder(Path(spec.folder))
    if not folder.has(JSON):
        return Compared(())
    from tokenizers import Tokenizer

    link.report(0, None, "compare the tokens")
    try:
        theirs = Tokenizer.from_file(str(folder.path / JSON))
    except Exception as error:  # the library raises nothing narrower
        raise folder.bad(f"its {JSON} cannot be read ({printable(str(error), 200)}).") from error
    link.check()
    with vocabulary_of(Path(spec.path)) as ours:

        def differs(text: str) -> bool:
            whole = spec.lead + text
            wanted = theirs.encode(whole, add_special_tokens=False).ids
            return ours.tokens(whole, begin=False, special=bool(spec.lead)) != list(wanted)

        for text in PLAIN:
            if differs(text):
                raise GgufUnusable(
                    path=spec.folder,
                    reason=f"llama.cpp would cut “{printable(text, 40)}” into other tokens than it was taught with.",
                )
        return Compared(tuple(kind for kind, text in OTHERS.items() if differs(text)))

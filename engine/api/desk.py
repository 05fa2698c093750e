"""The desk: profiles of agents with their intents, slots, answer templates and rules, and tests of conversations."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from engine.api.base import Request, Result

SlotKind = Literal["", "order_number", "amount", "date", "number", "email", "phone", "name", "text"]
Operator = Literal[">", ">=", "<", "<=", "=", "!=", "contains", "present", "missing"]
RuleAct = Literal["handoff", "answer"]
NoticeKind = Literal["", "medical", "legal"]
MaskKind = Literal[
    "email", "phone", "card", "identity_number", "iban", "name", "birth_date", "address", "slots",
]  # fmt: skip
MASK_KINDS: tuple[MaskKind, ...] = (
    "email", "phone", "card", "identity_number", "iban", "name", "birth_date", "address", "slots",
)  # fmt: skip


class Slot(Struct, frozen=True, forbid_unknown_fields=True):
    """Something an answer needs to know. It is looked for in this order: by `pattern` (a regular expression; its first
    group, if it has one, is the value), by `entity` (a label of the profile's reader), by `kind`.

    `kind`: order_number, amount, date, number, email, phone, name, or text (all of the customer's reply, when asked).
    `ask` is the question back to the customer, in the profile's language; `ask_zh` the Chinese one.
    """

    name: str
    ask: str = ""
    ask_zh: str = ""
    kind: SlotKind = ""
    pattern: str = ""
    entity: str = ""


class Template(Struct, frozen=True, forbid_unknown_fields=True):
    """The approved answer to an intent. `text` may name slots in braces: "Order {order_number} is cancelled."

    `title` says the intent to a customer ("cancel an order"), where the desk has to ask which one is meant.
    """

    intent: str
    text: str
    text_zh: str = ""
    title: str = ""
    title_zh: str = ""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One row of the table of rules: where the intent is `intent` (empty: any) and the slot compares so, act.

    Amounts, numbers and dates are compared as such, anything else as text. `then`: "handoff" gives the customer to a
    person with `text` as the words, "answer" says `text` in place of the template. The first rule that applies acts.
    A value that cannot be compared ("a lot" > 500) gives the customer to a person.
    """

    slot: str
    operator: Operator
    value: str = ""
    intent: str = ""
    then: RuleAct = "handoff"
    text: str = ""
    text_zh: str = ""


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """One agent of the desk.

    `intent_pack` is a taught classifier and `entity_pack` a taught reader, either may be empty. An intent counts from
    `intent_threshold` on; 0 takes the score from which the skill promises 98 % right answers, at least 0.5. Between
    `confirm_from` and that, the customer is asked "do you want to …?". `out_of_scope` lists labels that mean "none of
    our business".
    `mask` names the kinds of personal data that are masked before anything is stored; "slots" are the values of
    slots. `helpline` is said to people in distress beside warm words: the program knows no telephone numbers.
    `language`: "en", "zh", or "" for the language of each message.
    """

    name: str
    collection: str
    intent_pack: str = ""
    entity_pack: str = ""
    intent_threshold: float = 0.0
    confirm_from: float = 0.4
    slots: tuple[Slot, ...] = ()
    templates: tuple[Template, ...] = ()
    rules: tuple[Rule, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    notice: NoticeKind = ""
    mask: tuple[MaskKind, ...] = ()
    greeting: str = ""
    greeting_zh: str = ""
    helpline: str = ""
    helpline_zh: str = ""
    handoff_not_found: bool = True
    language: Literal["", "en", "zh"] = ""


class DeskState(Struct, frozen=True):
    """What the desk remembers from one turn of a conversation to the next; it lies in the stored answer.

    `waiting` is what the desk asked: "" (nothing), "slot", "choice", "confirm" or "rephrase"; `asked` the slot, or the
    intents to choose from; `tries` how often in a row it was not understood; `score` how surely the intent was heard.
    """

    profile: str = ""
    intent: str = ""
    slots: dict[str, str] = {}
    waiting: Literal["", "slot", "choice", "confirm", "rephrase"] = ""
    asked: tuple[str, ...] = ()
    tries: int = 0
    score: float = 0.0


class ListProfiles(Request, frozen=True):
    pass


class Profiles(Result, frozen=True):
    profiles: tuple[Profile, ...]


class GetProfile(Request, frozen=True):
    name: str


class ProfileShown(Result, frozen=True):
    """`remarks`: what is missing for the profile to work here, for example a skill that was removed."""

    profile: Profile
    remarks: tuple[str, ...] = ()


class SaveProfile(Request, frozen=True):
    """Store a profile, in place of the one with its name. Raises ProfileUnusable with every fault that was found."""

    profile: Profile


class LoadProfile(Request, frozen=True):
    """Store the profile that a .json file holds."""

    path: str


class DeleteProfile(Request, frozen=True):
    name: str


class RunConversationTests(Request, frozen=True):
    """Play the conversations that a text file describes (docs/conversation-tests.md); nothing is stored.

    `profile` and `collection` count where the file names none.
    """

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Test conversations"
    path: str
    profile: str = ""
    collection: str = ""


class ConversationCheck(Struct, frozen=True):
    """One expectation. `turn` counts the customer's messages from 1, `line` the lines of the file."""

    name: str
    turn: int
    line: int
    expected: str
    got: str
    ok: bool


class ConversationsTested(Result, frozen=True):
    """`passed` and `failed` count conversations, `cases` lists every expectation."""

    passed: int
    failed: int
    cases: tuple[ConversationCheck, ...]
    seconds: float = 0.0

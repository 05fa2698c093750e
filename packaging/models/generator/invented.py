"""Invented facts about orders, bookings and accounts: numbers, dates, prices and names that have to be copied exactly.

Several records of the same kind stand beside the one that is asked for, so the right one has to be found by its number
or name; a question for a record that is not among them must be refused.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

FIRST = [
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Emma",
    "Farid",
    "Grace",
    "Hugo",
    "Ines",
    "Jonas",
    "Katya",
    "Liam",
    "Maria",
    "Nadia",
    "Omar",
    "Priya",
    "Quentin",
    "Rosa",
    "Samuel",
    "Tara",
    "Umar",
    "Vera",
    "Wei",
    "Xenia",
    "Yusuf",
    "Zoe",
    "Amara",
    "Bruno",
    "Chen",
    "Dina",
    "Elif",
    "Felix",
    "Gita",
    "Hana",
    "Ivan",
    "Julia",
    "Kofi",
    "Leila",
    "Marco",
    "Nora",
]
LAST = [
    "Keller",
    "Novak",
    "Silva",
    "Okafor",
    "Haddad",
    "Jensen",
    "Rossi",
    "Tanaka",
    "Moreau",
    "Petrov",
    "Singh",
    "Walsh",
    "Nguyen",
    "Costa",
    "Berg",
    "Lopez",
    "Fischer",
    "Ahmed",
    "Kowalski",
    "Brown",
    "Dubois",
    "Ito",
    "Larsen",
    "Mendes",
    "Park",
    "Quinn",
    "Reyes",
    "Schmidt",
    "Torres",
    "Weber",
    "Young",
    "Zhang",
    "Abbott",
    "Clarke",
]
THINGS = [
    "desk lamp",
    "blue backpack",
    "coffee grinder",
    "winter jacket",
    "phone case",
    "garden chair",
    "wireless mouse",
    "water filter",
    "yoga mat",
    "office chair",
    "running shoes",
    "travel mug",
    "bedside table",
    "electric kettle",
    "rain coat",
    "camera bag",
    "wall clock",
    "cotton sheets",
    "toolbox",
    "music stand",
    "printer",
    "bicycle pump",
    "baby monitor",
    "hiking boots",
    "cutting board",
    "headphones",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
CITIES = [
    "Bristol",
    "Lyon",
    "Porto",
    "Leeds",
    "Turin",
    "Ghent",
    "Austin",
    "Denver",
    "Tampere",
    "Graz",
    "Malmo",
    "Cork",
    "Boise",
    "Utrecht",
    "Nantes",
    "Krakow",
]
SHOPS = [
    "Northway",
    "Brightlane",
    "Harbor",
    "Meadow",
    "Cobalt",
    "Larkfield",
    "Summit",
    "Juniper",
    "Oakline",
    "Silverpine",
    "Redstone",
    "Fairview",
]
PLANS = ["Basic", "Plus", "Premium", "Family", "Student", "Business", "Starter", "Team"]


@dataclass(frozen=True)
class Fact:
    """A record: what names it, its sentences, and questions with the number of the sentence that answers each."""

    name: str
    sentences: tuple[str, ...]
    questions: tuple[tuple[str, int], ...]


def _day(r: random.Random) -> str:
    day, month = r.randint(1, 28), r.choice(MONTHS)
    return r.choice([f"{day} {month} {r.randint(2019, 2027)}", f"{month} {day}", f"{day} {month}"])


def _money(r: random.Random) -> str:
    return r.choice(["${}", "€{}", "£{}", "{} dollars", "{} euros"]).format(
        r.choice([str(r.randint(3, 980)), f"{r.randint(3, 480)}.{r.randint(10, 99)}"])
    )


def _order(r: random.Random) -> Fact:
    code = r.choice(
        [str(r.randint(10000, 9999999)), f"{r.choice('ABCKRTX')}{r.choice('DEHMPQ')}-{r.randint(1000, 99999)}"]
    )
    who, thing = f"{r.choice(FIRST)} {r.choice(LAST)}", r.choice(THINGS)
    told = (
        f"Order {code} was placed by {who}.",
        f"Order {code} contains {r.randint(1, 9)} x {thing}.",
        f"Order {code} was sent to {r.choice(CITIES)} on {_day(r)}.",
        f"The total of order {code} is {_money(r)}.",
    )
    asked = (
        (f"Who placed order {code}?", 0),
        (f"What is in order {code}?", 1),
        (f"When was order {code} sent?", 2),
        (f"Where did you send order {code}?", 2),
        (f"How much does order {code} cost?", 3),
        (f"What is the total of {code}?", 3),
    )
    return Fact(code, told, asked)


def _plan(r: random.Random) -> Fact:
    plan = f"{r.choice(SHOPS)} {r.choice(PLANS)}"
    told = (
        f"The {plan} plan costs {_money(r)} a month.",
        f"The {plan} plan includes up to {r.randint(2, 900)} users and {r.randint(5, 2000)} GB of storage.",
        f"You can cancel the {plan} plan within {r.randint(3, 90)} days.",
        f"Support for the {plan} plan answers within {r.randint(1, 72)} hours.",
    )
    asked = (
        (f"How much is {plan}?", 0),
        (f"What is the price of the {plan} plan?", 0),
        (f"How many users can I have with {plan}?", 1),
        (f"How much storage does {plan} have?", 1),
        (f"How long can I cancel {plan}?", 2),
        (f"How fast is support for {plan}?", 3),
    )
    return Fact(plan, told, asked)


def _shop(r: random.Random) -> Fact:
    shop, city = r.choice(SHOPS), r.choice(CITIES)
    phone = f"0{r.randint(20, 99)} {r.randint(100, 999)} {r.randint(1000, 9999)}"
    told = (
        f"The {shop} store in {city} opens at {r.randint(6, 11)} a.m. and closes at {r.randint(4, 10)} p.m.",
        f"The phone number of the {shop} store in {city} is {phone}.",
        f"At {shop} in {city}, returns are accepted within {r.randint(7, 120)} days with a receipt.",
        f"The manager of the {shop} store in {city} is {r.choice(FIRST)} {r.choice(LAST)}.",
    )
    asked = (
        (f"When does {shop} in {city} open?", 0),
        (f"What are the opening hours of {shop} {city}?", 0),
        (f"What is the phone number of {shop} in {city}?", 1),
        (f"How can I call the {shop} store in {city}?", 1),
        (f"How many days do I have to return something at {shop} in {city}?", 2),
        (f"Who is the manager of {shop} in {city}?", 3),
    )
    return Fact(f"{shop} in {city}", told, asked)


def _account(r: random.Random) -> Fact:
    who = f"{r.choice(FIRST)} {r.choice(LAST)}"
    code = f"{r.randint(100000, 99999999)}"
    told = (
        f"The account number of {who} is {code}.",
        f"{who} has been a customer since {_day(r)}.",
        f"The balance of {who} is {_money(r)}.",
        f"{who} booked an appointment for {_day(r)} at {r.randint(8, 12)}:{r.choice(['00', '15', '30', '45'])}.",
    )
    asked = (
        (f"What is the account number of {who}?", 0),
        (f"Since when is {who} a customer?", 1),
        (f"What is the balance of {who}?", 2),
        (f"When is the appointment of {who}?", 3),
    )
    return Fact(who, told, asked)


KINDS = (_order, _plan, _shop, _account)


def facts(count: int, r: random.Random) -> list[Fact]:
    """Records of one kind, all with different names."""
    kind = r.choice(KINDS)
    found: dict[str, Fact] = {}
    while len(found) < count:
        fact = kind(r)
        found.setdefault(fact.name, fact)
    return list(found.values())


Asked = tuple[str, list[tuple[str, int]]]
"""A question, and the sentences that answer it with their passages (none: the passages do not answer it)."""


def row(r: random.Random) -> tuple[list[str], list[Asked]]:
    """Passages, and up to four questions on them."""
    held = facts(r.randint(2, 5), r)
    hidden = held[0] if r.random() < 0.4 else None
    shown = [fact for fact in held if fact is not hidden]
    told = {fact.name: [sentence for sentence in fact.sentences if r.random() < 0.92] for fact in shown}
    for fact in shown:
        told[fact.name] = told[fact.name] or [fact.sentences[0]]
        r.shuffle(told[fact.name])
    r.shuffle(shown)
    place = {fact.name: number for number, fact in enumerate(shown, start=1)}
    asked: dict[str, list[tuple[str, int]]] = {}
    for _ in range(4):
        fact = hidden if hidden is not None and r.random() < 0.3 else r.choice(shown)
        if fact is not hidden and r.random() < 0.1:
            asked[f"What do you know about {fact.name}?"] = [
                (sentence, place[fact.name]) for sentence in told[fact.name]
            ]
            continue
        question, number = r.choice(fact.questions)
        sentence = fact.sentences[number]
        known = fact.name in place and sentence in told[fact.name]
        asked[question] = [(sentence, place[fact.name])] if known else []
    return [" ".join(told[fact.name]) for fact in shown], list(asked.items())

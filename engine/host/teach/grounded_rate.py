"""How much of what a generator writes its passages hold, with and without what was learned."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from engine.api import Control, Generate, PromptMessage
from engine.errors import PromptTooLong
from engine.host.chat.phrasing import as_candidate
from engine.host.generate import adapters, writing
from engine.host.generate.files import GeneratorFile
from engine.serve.chat.likeness import likeness_for
from engine.serve.chat.sentences_check import check, refuses, split_cited
from engine.serve.chat.support import bundled_support
from engine.train.generator.values import Talk

if TYPE_CHECKING:
    from engine.host.context import Context

MOST_TALKS = 16
MOST_TOKENS = 120


def measure_grounded(
    ctx: Context, base: GeneratorFile, pack: str, adapter: bytes, talks: Sequence[Talk], ctl: Control
) -> tuple[dict[str, float], tuple[str, ...]]:
    """`grounded`, `grounded_before` and `n_grounded`, or a note that it is not measured.

    Args:
        talks: held-out conversations; those with passages are asked.
    """
    asked = [one for one in talks if one.passages][:MOST_TALKS]
    if not asked:
        return {}, ("Whether answers keep to passages was not measured: the held-out conversations have none.",)
    before = adapters.Chosen(base.name, base)
    after = adapters.Chosen(pack, base, adapters.Adapter(pack, sha256(adapter).hexdigest(), adapter))
    shares = []
    for done, chosen in enumerate((before, after)):
        held = written = 0
        for at, talk in enumerate(asked):
            ctl.report(done * len(asked) + at, 2 * len(asked), "measure answers from passages")
            good, count = _held(ctx, chosen, talk, ctl)
            held, written = held + good, written + count
        shares.append(held / written if written else None)
    if shares[0] is None or shares[1] is None:
        return {}, ("Whether answers keep to passages was not measured: no sentences were written.",)
    metrics = {"grounded": shares[1], "grounded_before": shares[0], "n_grounded": float(len(asked))}
    return {name: round(value, 4) for name, value in metrics.items()}, ()


def _held(ctx: Context, chosen: adapters.Chosen, talk: Talk, ctl: Control) -> tuple[int, int]:
    """Sentences that the passages hold, and all that were written; a refusal counts as none."""
    turns = talk.turns[:-1]
    request = Generate(
        pack=chosen.name, messages=tuple(PromptMessage(one.role, one.content) for one in turns),
        max_tokens=MOST_TOKENS, temperature=0, seed=0,
    )  # fmt: skip
    try:
        text = writing.generate(ctx, request, ctl, lambda _piece: None, chosen=chosen).text
    except PromptTooLong:
        return 0, 0
    said = [one for one in split_cited(text) if not refuses(one.text)]
    if not said:
        return 0, 0
    likeness = likeness_for(" ".join(one.text for one in said), lambda: ctx.encoder, ctx.cache)
    checked = check(said, [as_candidate(one) for one in talk.passages], bundled_support(), likeness)
    return sum(one.support.held for one in checked), len(checked)

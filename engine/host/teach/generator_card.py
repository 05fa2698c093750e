"""The card of a generator's adapter: its base, what it was taught, what it gained, and what it cannot do. Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from engine.api import GeneratorTrained, TrainGenerator


def write_card(request: TrainGenerator, result: GeneratorTrained, licence: str, stopped: str) -> str:
    """The card's text.

    Args:
        licence: of the base, as its file says.
        stopped: why training ended early, empty where it did not.
    """
    return "\n".join(_lines(request, result, licence, stopped)) + "\n"


def _lines(request: TrainGenerator, result: GeneratorTrained, licence: str, stopped: str) -> Iterator[str]:
    values = result.metrics
    yield (
        f"What the generator {result.base} learned of this desk's answers, as an adapter (LoRA, rank {result.rank}, "
        f"alpha {result.alpha:g}). It learned on this machine."
    )
    yield ""
    yield "## Base"
    yield ""
    yield f"- {result.base}, SHA-256 `{result.base_sha256}`; over any other file the adapter means nothing"
    yield f"- licence of the base, as its file says: {licence or 'the file names none'}"
    yield ""
    yield "## Data"
    yield ""
    yield (
        f"- data set: {request.dataset}, {values['n_train']:,.0f} conversations taught "
        f"({values['tokens_train']:,.0f} tokens of answers), {result.epochs:g} passes, seed {request.seed}"
    )
    where = f" of {request.valid_dataset}" if request.valid_dataset else " held out"
    yield f"- measured on: {values['n_valid']:,.0f} conversations{where}, none of them taught"
    if stopped:
        yield f"- training ended early: {stopped}"
    yield ""
    yield "## Measured"
    yield ""
    yield "| on the answers of held-out conversations | base alone | with what was learned |"
    yield "| --- | ---: | ---: |"
    yield f"| perplexity per token | {values['perplexity_before']:.3f} | {values['perplexity']:.3f} |"
    yield f"| perplexity per byte | {values['perplexity_per_byte_before']:.4f} | {values['perplexity_per_byte']:.4f} |"
    yield f"| tokens that were the likeliest | {values['right_tokens_before']:.1%} | {values['right_tokens']:.1%} |"
    if "grounded" in values:
        yield (
            f"| sentences that the passages hold ({values['n_grounded']:.0f} questions) | "
            f"{values['grounded_before']:.0%} | {values['grounded']:.0%} |"
        )
    yield ""
    if "champion" in values:
        yield (
            f"On {values['n_compared']:.0f} conversations that neither was taught, the version before has a perplexity "
            f"of {values['champion']:.3f} and this one {values['challenger']:.3f}; "
            f"{'this one' if result.promoted else 'the one before'} is in use."
        )
        yield ""
    if result.notes:
        yield from (f"- {note}" for note in result.notes)
        yield ""
    yield "## Limits"
    yield ""
    yield "- Perplexity tells how well answers like the held-out ones are foreseen, not whether an answer is true."
    yield "- An adapter may repeat what it was taught word by word: treat its file as private as the answers."

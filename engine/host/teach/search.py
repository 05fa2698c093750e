"""A search for good settings before a training (engine/train/classify/searching.py), and what is made of it."""

from __future__ import annotations

from msgspec.structs import replace

from engine.api import Control, TrainClassifier, TrainOptions
from engine.host.context import Context
from engine.train.classify.searching import SearchResult, SearchSpec
from engine.train.classify.spec import TeachSpec

IDLE_S = 600.0
SECONDS_PER_MINUTE = 60.0


def search_settings(
    ctx: Context, request: TrainClassifier, spec: TeachSpec, ctl: Control, needs_mb: float = 0.0
) -> tuple[TrainClassifier, TeachSpec, str]:
    """Look for settings within `request.options.search_minutes`.

    Returns:
        The request and the spec with what was found, so that going on with the training searches nothing anew, and a
        sentence about the search.
    """
    minutes = request.options.search_minutes
    found: SearchResult = ctx.workers.run(
        "search_training",
        SearchSpec(spec, SECONDS_PER_MINUTE * minutes, _fixed(request.options)),
        ctl,
        title=f"Search settings for {request.pack}",
        idle_s=IDLE_S,
        needs_mb=needs_mb,
    )
    options = replace(request.options, search_minutes=0.0)
    settings = found.settings
    if spec.adapt is None:
        spec = replace(spec, looseness=settings["looseness"], share_balance=settings["balance"])
    else:
        rank = int(settings["rank"])
        epochs, smoothing = int(settings["epochs"]), settings["smoothing"]
        spec = replace(
            spec,
            adapt=replace(
                spec.adapt, learning_rate=settings["learning_rate"], rank=rank, alpha=2.0 * rank, epochs=epochs
            ),
            smoothing=smoothing,
        )
        options = replace(
            options, learning_rate=settings["learning_rate"], rank=rank, epochs=epochs, label_smoothing=smoothing
        )
    return replace(request, options=options), spec, sentence(found)


def _fixed(options: TrainOptions) -> tuple[str, ...]:
    """Settings that the person chose, which no search changes."""
    chosen = {
        "learning_rate": options.learning_rate is not None,
        "rank": options.rank is not None,
        "epochs": options.epochs is not None,
        "smoothing": bool(options.label_smoothing),
    }
    return tuple(name for name, is_chosen in chosen.items() if is_chosen)


def sentence(found: SearchResult) -> str:
    """What the search did, for the report."""
    shown = ", ".join(f"{name.replace('_', ' ')} {value:.3g}" for name, value in found.settings.items())
    pruned = sum(one.pruned for one in found.trials)
    return (
        f"A search of {found.seconds:.0f} s tried {len(found.trials)} settings ({pruned} ended early) and took "
        f"{shown}: {found.score:.1%} against {found.trials[0].score:.1%} with the usual ones, on texts that the report "
        "leaves aside."
    )

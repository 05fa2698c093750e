"""What a generator learned, in a sentence or two."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.api import GeneratorTrained
from gui.text.sentences import sentences
from gui.text.shares import percent


def learned_text(result: GeneratorTrained) -> str:
    """How much better held-back answers are foreseen, and where it can be used."""
    translate = QCoreApplication.translate
    metrics = result.metrics
    told = [
        translate(
            "learned",
            "In held-back answers {generator} foresaw {before} of the words, and with what it learned {after} "
            "(perplexity {low} instead of {high}).",
        ).format(
            generator=result.base,
            before=percent(metrics.get("right_tokens_before", 0.0)),
            after=percent(metrics.get("right_tokens", 0.0)),
            low=f"{metrics.get('perplexity', 0.0):.3g}",
            high=f"{metrics.get('perplexity_before', 0.0):.3g}",
        )
    ]
    if "grounded" in metrics:
        told.append(
            translate("learned", "Of what it wrote from passages, they hold {after}; before it was {before}.").format(
                after=percent(metrics["grounded"]), before=percent(metrics["grounded_before"])
            )
        )
    if result.promoted:
        told.append(translate("learned", "Choose {name} in Chat to use it.").format(name=result.pack))
    else:
        told.append(translate("learned", "The version before was better and stays in use."))
    return sentences(*told)

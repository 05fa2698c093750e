"""The part of a reader that is taught, as a torch module: states and hashed features in, a loss or tags out.

It takes the states of words as an argument, so frozen states and those of layers that are being adapted serve alike:
the gradient goes back into them. `engine/serve/entities/reader.py` computes the same with numpy. Torch is imported by
this module; import it in workers only.

Source of the loss: Lafferty, McCallum, Pereira 2001 (linear-chain conditional random field).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from engine.serve.entities.tags import forbidden_steps, tag_count

TABLE_STRENGTH = 5.0  # each row of a table is seen rarely, so it moves this many times as fast as the rest
STATE_NOISE = 0.05  # the least spread that a state is divided by; one of the encoder's has none at all


class Sizes(NamedTuple):
    """`width` counts the states of a word, 0 for a reader without the encoder; `cells` and `places` are the rows of the
    two tables of hashed features, `embedding` the length of the vectors in the second."""

    labels: int
    width: int
    cells: int
    places: int
    embedding: int = 16
    hidden: int = 128
    convolutions: int = 2


class Lexical(NamedTuple):
    """Hashed features of the real words of a batch, text after text: `hashes` int32 (features,), not negative, and
    where each word's begin, `offsets` int32 (words,)."""

    hashes: Tensor
    offsets: Tensor


class EntityHead(nn.Module):
    """Emissions and the chain over them.

    Args:
        sizes: of the arrays.
        dropout: of states and hidden values.
        forgetting: share of the hashed features left out at each step, so that the letters of known names are not all
            that is learned.
    """

    def __init__(self, sizes: Sizes, *, dropout: float = 0.2, forgetting: float = 0.2) -> None:
        super().__init__()
        tags = tag_count(sizes.labels)
        self.sizes, self.forgetting = sizes, forgetting
        self.cells = nn.EmbeddingBag(sizes.cells, tags, mode="sum")
        self.embedding = nn.EmbeddingBag(sizes.places, sizes.embedding, mode="sum")
        nn.init.zeros_(self.cells.weight)
        nn.init.normal_(self.embedding.weight, std=0.05 / TABLE_STRENGTH)
        self.state_mean: Tensor
        self.state_scale: Tensor
        self.register_buffer("state_mean", torch.zeros(sizes.width))
        self.register_buffer("state_scale", torch.ones(sizes.width))
        self.dropout = nn.Dropout(dropout)
        self.enter = nn.Linear(sizes.width + sizes.embedding, sizes.hidden)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(sizes.hidden, sizes.hidden, 3, padding=1) for _ in range(sizes.convolutions)
        )
        self.leave = nn.Linear(sizes.hidden, tags)
        self.chain = Chain(sizes.labels)

    def scale_states(self, states: Tensor) -> None:
        """Learn mean and spread of the states, (words, width), before the first step."""
        with torch.no_grad():
            self.state_mean.copy_(states.mean(0))
            self.state_scale.copy_(states.std(0).clamp_min(STATE_NOISE))

    def emissions(self, states: Tensor | None, mask: Tensor, lexical: Lexical) -> Tensor:
        """What each word says for each tag, (texts, words, tags).

        Args:
            states: (texts, words, width); None where `width` is 0.
            mask: bool (texts, words), True for real words, which come first.
            lexical: of the real words.
        """
        weights = self._kept(lexical.hashes)
        parts = [self._spread(self._bag(self.embedding, lexical, weights), mask)]
        if states is not None:
            parts.insert(0, (states - self.state_mean) / self.state_scale)
        hidden = functional.gelu(self.enter(self.dropout(torch.cat(parts, 2))), approximate="tanh")
        hidden = hidden * mask[:, :, None]
        for convolution in self.convolutions:
            change = convolution(self.dropout(hidden).transpose(1, 2)).transpose(1, 2)
            hidden = (hidden + functional.gelu(change, approximate="tanh")) * mask[:, :, None]
        said: Tensor = self.leave(self.dropout(hidden))
        return said + self._spread(self._bag(self.cells, lexical, weights), mask)

    def loss(self, states: Tensor | None, mask: Tensor, tags: Tensor, lexical: Lexical) -> Tensor:
        """Mean over texts of the negative log-likelihood of `tags`, int64 (texts, words); a scalar."""
        return self.chain.loss(self.emissions(states, mask, lexical), mask, tags)

    def _kept(self, hashes: Tensor) -> Tensor | None:
        if not self.training or not self.forgetting:
            return None
        kept = torch.rand(len(hashes), device=hashes.device) >= self.forgetting
        return kept.to(self.cells.weight.dtype) / (1 - self.forgetting)

    def _bag(self, table: nn.EmbeddingBag, lexical: Lexical, weights: Tensor | None) -> Tensor:
        found: Tensor = table(lexical.hashes % table.num_embeddings, lexical.offsets, per_sample_weights=weights)
        return TABLE_STRENGTH * found

    def _spread(self, words: Tensor, mask: Tensor) -> Tensor:
        """Values of the real words, (words, any), at their places in (texts, words, any), zero elsewhere."""
        found = words.new_zeros((*mask.shape, words.shape[1]))
        found[mask] = words
        return found


class Chain(nn.Module):
    """Scores of steps from tag to tag; steps that no tagging takes are out of reach."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        tags = tag_count(labels)
        steps, starts = forbidden_steps(labels)
        self.steps = nn.Parameter(torch.zeros(tags, tags))
        self.starts = nn.Parameter(torch.zeros(tags))
        self.ends = nn.Parameter(torch.zeros(tags))
        self.no_steps: Tensor
        self.no_starts: Tensor
        self.register_buffer("no_steps", torch.from_numpy(steps), persistent=False)
        self.register_buffer("no_starts", torch.from_numpy(starts), persistent=False)

    def loss(self, emissions: Tensor, mask: Tensor, tags: Tensor) -> Tensor:
        """Mean negative log-likelihood over the texts; every text has at least one word."""
        steps, starts = self.steps + self.no_steps, self.starts + self.no_starts
        total: Tensor = _Total.apply(emissions, mask, steps, starts, self.ends)  # type: ignore[no-untyped-call]
        said = (emissions.gather(2, tags[:, :, None])[:, :, 0] * mask).sum(1)
        moved = (steps[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]).sum(1)
        last = tags.gather(1, mask.sum(1, keepdim=True) - 1)[:, 0]
        return (total - said - moved - starts[tags[:, 0]] - self.ends[last]).mean()


class _Total(torch.autograd.Function):
    """Log of the sum over all taggings, per text. Its gradient is how probable tags and steps are, which one walk back
    along the chain gives at once: several times faster than letting autograd go through every step."""

    @staticmethod
    def forward(ctx: Any, emissions: Tensor, mask: Tensor, steps: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        forward = [starts + emissions[:, 0]]
        odds = steps.exp()
        for place in range(1, emissions.shape[1]):
            top = forward[-1].amax(1, keepdim=True)
            reached = ((forward[-1] - top).exp() @ odds).clamp_min(1e-30).log() + top + emissions[:, place]
            forward.append(torch.where(mask[:, place, None], reached, forward[-1]))
        total = torch.logsumexp(forward[-1] + ends, 1)
        ctx.save_for_backward(emissions, mask, steps, starts, ends, torch.stack(forward, 1), total)
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, Tensor, Tensor, Tensor]:
        emissions, mask, steps, _starts, ends, forward, total = ctx.saved_tensors
        share = gradients[0][:, None]
        words = emissions.shape[1]
        odds_back = steps.exp().T
        backward = ends.expand(len(emissions), -1)
        of_emissions = torch.zeros_like(emissions)
        of_steps = torch.zeros_like(steps)
        of_emissions[:, -1] = (forward[:, -1] + backward - total[:, None]).exp() * share * mask[:, -1, None]
        of_ends = ((forward[:, -1] + ends - total[:, None]).exp() * share).sum(0)
        for place in range(words - 2, -1, -1):
            inside = mask[:, place + 1, None]
            after = emissions[:, place + 1] + backward
            top = after.amax(1, keepdim=True)
            powers = (after - top).exp()
            reached = (powers @ odds_back).clamp_min(1e-30).log() + top
            # Probability of a step: before, the step itself, after; as one product of matrices over the texts.
            before = (forward[:, place] + top - total[:, None]).clamp_max(80.0).exp() * share * inside
            of_steps += before.T @ powers
            backward = torch.where(inside, reached, backward)
            of_emissions[:, place] = (
                (forward[:, place] + backward - total[:, None]).exp() * share * mask[:, place, None]
            )
        of_starts = of_emissions[:, 0].sum(0)
        return of_emissions, None, of_steps * steps.exp(), of_starts, of_ends

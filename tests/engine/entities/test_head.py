"""The taught part of a reader: its chain against sums over all taggings, and torch against numpy."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from engine.serve.entities.tags import forbidden_steps, tag_count  # noqa: E402
from engine.train.entities.head import Chain, EntityHead, Lexical, Sizes  # noqa: E402


def _all_taggings(chain: Chain, emissions: torch.Tensor, length: int) -> torch.Tensor:
    """Log of the sum over every tagging, one by one."""
    steps, starts = chain.steps + chain.no_steps, chain.starts + chain.no_starts
    scores = []
    for tags in itertools.product(range(emissions.shape[1]), repeat=length):
        score = starts[tags[0]] + chain.ends[tags[-1]]
        for place, tag in enumerate(tags):
            score = score + emissions[place, tag]
        for one, other in itertools.pairwise(tags):
            score = score + steps[one, other]
        scores.append(score)
    return torch.logsumexp(torch.stack(scores), 0)


@pytest.mark.parametrize("labels", [1, 2])
def test_loss_and_gradient_are_those_of_all_taggings(labels: int) -> None:
    torch.manual_seed(labels)
    chain = Chain(labels).double()
    chain.no_steps, chain.no_starts = chain.no_steps.double(), chain.no_starts.double()
    for parameter in chain.parameters():
        torch.nn.init.normal_(parameter)
    tags_in_all = tag_count(labels)
    emissions = torch.randn(3, 4, tags_in_all, dtype=torch.float64, requires_grad=True)
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 0, 0]], dtype=torch.bool)
    tags = torch.tensor([[0, 1, 2, 0], [1, 2, 0, 0], [0, 0, 0, 0]])

    loss = chain.loss(emissions, mask, tags)
    loss.backward()
    found = [emissions.grad.clone(), *(parameter.grad.clone() for parameter in chain.parameters())]

    emissions.grad = None
    chain.zero_grad()
    slow = torch.zeros((), dtype=torch.float64)
    for row, length in enumerate((4, 2, 1)):
        right = chain.starts[tags[row, 0]] + chain.ends[tags[row, length - 1]]
        right = right + sum(emissions[row, place, tags[row, place]] for place in range(length))
        right = right + sum(chain.steps[tags[row, place], tags[row, place + 1]] for place in range(length - 1))
        slow = slow + (_all_taggings(chain, emissions[row], length) - right) / 3
    slow.backward()
    expected = [emissions.grad, *(parameter.grad for parameter in chain.parameters())]
    assert loss.item() == pytest.approx(slow.item(), rel=1e-9)
    for one, other in zip(found, expected, strict=True):
        assert torch.allclose(one, other, atol=1e-9)


def test_gradient_reaches_the_states() -> None:
    head = EntityHead(Sizes(labels=1, width=6, cells=64, places=64, embedding=4, hidden=8)).eval()
    states = torch.randn(2, 3, 6, requires_grad=True)
    mask = torch.tensor([[True, True, True], [True, False, False]])
    lexical = Lexical(torch.arange(8, dtype=torch.int32), torch.tensor([0, 2, 4, 6], dtype=torch.int32))
    head.loss(states, mask, torch.tensor([[0, 1, 2], [1, 0, 0]]), lexical).backward()
    assert states.grad is not None
    assert states.grad[0].abs().sum() > 0
    assert states.grad[1, 1:].abs().sum() == 0, "what is no word must not move the encoder"


def test_an_entity_is_never_gone_on_with_before_it_begins() -> None:
    steps, starts = forbidden_steps(2)
    assert starts[2] < -1000
    assert steps[0, 2] < -1000, "outside to inside"
    assert steps[1, 4] < -1000, "inside of another label"
    assert steps[1, 2] == steps[2, 2] == 0
    assert np.count_nonzero(steps) == 2 * 3

"""Writing with the PyTorch model: the best token each time, many prompts at once.

Prompts are padded on their left. Rotary positions only know distances, so a shift changes nothing, and padding is
masked away. The runtime writes with llama.cpp; this is for measuring a checkpoint.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from generator.model import Cache, Llama
from torch import Tensor
from torch.nn import functional

PAD_ID = 3


@torch.no_grad()
def write(model: Llama, prompts: Sequence[Sequence[int]], stop: int, most: int) -> list[list[int]]:
    """Tokens after each prompt up to `stop` (left out) or `most` of them.

    Raises:
        ValueError: a prompt and `most` tokens do not fit into the model's context.
    """
    longest = max(len(prompt) for prompt in prompts)
    if longest + most > model.shape.context:
        raise ValueError(f"{longest} + {most} tokens do not fit into a context of {model.shape.context}")
    device = model.token_embd.weight.device
    tokens = torch.full((len(prompts), longest), PAD_ID)
    real = torch.zeros((len(prompts), longest + most), dtype=torch.bool)
    for row, prompt in enumerate(prompts):
        tokens[row, longest - len(prompt) :] = torch.tensor(prompt)
        real[row, longest - len(prompt) :] = True
    tokens, real = tokens.to(device), real.to(device)
    causal = torch.ones(longest, longest, dtype=torch.bool, device=device).tril()
    itself = torch.eye(longest, dtype=torch.bool, device=device)  # padding sees itself, or its softmax is empty
    mask = (causal & real[:, None, :longest]) | itself
    states, cache = model.step(tokens, None, torch.arange(longest, device=device), mask[:, None])
    found: list[list[int]] = [[] for _ in prompts]
    open_rows = torch.ones(len(prompts), dtype=torch.bool)
    for number in range(most):
        best = functional.linear(states[:, -1], model.token_embd.weight).float().argmax(-1)
        for row, token in enumerate(best.tolist()):
            if open_rows[row]:
                if token == stop:
                    open_rows[row] = False
                else:
                    found[row].append(token)
        if not bool(open_rows.any()) or number == most - 1:
            break
        at = longest + number
        seen: Tensor = real[:, None, None, : at + 1]
        past: Cache = cache
        states, cache = model.step(best[:, None], past, torch.tensor([at], device=device), seen)
    return found

"""A GGUF file whose model says one text, whatever it is asked: each token is followed by the next by construction."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from tiny_gguf import CHATML, TENSOR_F32, TENSOR_Q8_0, llama_tensors, llama_values, pack, quantised, vocabulary

WIDTH = 64
NEWLINE = 5 + 0x0A
"""The token that the template ends with."""
END = 2


def speaking(path: Path, pieces: Sequence[str], *, context: int = 4096) -> Path:
    """A model that answers with the pieces, one token each, and ends.

    Its layers do nothing, so what leaves them is the last token's own vector; the output matrix holds at each piece the
    vector of the token before it.
    """
    tokens = vocabulary()[0]
    first = len(tokens) - len(pieces)
    tokens[first:] = ["▁" + piece.replace(" ", "▁") for piece in pieces]
    values = llama_values(width=WIDTH, context=context, template=CHATML, name="Speaker", tokens=tokens)
    tensors = {
        name: (shape, kind, body if kind == TENSOR_F32 else bytes(len(body)))
        for name, (shape, kind, body) in llama_tensors(values).items()
    }
    vectors = np.random.default_rng(1).standard_normal((len(tokens), WIDTH), np.float32)
    follows = np.zeros_like(vectors)
    chain = [NEWLINE, *range(first, len(tokens)), END]
    for before, after in pairwise(chain):
        follows[after] = vectors[before]
    shape = (WIDTH, len(tokens))
    tensors["token_embd.weight"] = (shape, TENSOR_Q8_0, quantised(vectors))
    tensors["output.weight"] = (shape, TENSOR_Q8_0, quantised(follows))
    path.write_bytes(pack(values, tensors))
    return path

"""What goes to the generator's worker and what comes back."""

from __future__ import annotations

from msgspec import Struct

from engine.runtimes.gguf.template import Turn
from engine.runtimes.llama import Sampling


class LoadSpec(Struct):
    """`context` counts tokens; `gpu_layers` None leaves the choice to the machine."""

    name: str
    path: str
    context: int
    threads: int
    gpu_layers: int | None = None


class Loaded(Struct):
    """`steering` is how many steering tokens the vocabulary has; `template` whether the model brings one."""

    context: int
    threads: int
    gpu_layers: int
    template: bool
    steering: int
    load_s: float


class Adapt(Struct):
    """Put an adapter over the model, or with an empty body take off the one that is there."""

    body: bytes


class Adapted(Struct):
    """The model writes with the adapter now, or without any."""

    seconds: float


class Ask(Struct):
    """Either `turns`, which go through the model's template, or `prompt` as it is (then `turns` is empty).

    `special` reads steering tokens in `prompt` as such. `schema` is a JSON schema, for answers that are JSON. Without
    `reuse` nothing of the last prompt is used again.
    """

    turns: tuple[Turn, ...] = ()
    prompt: str = ""
    special: bool = False
    max_tokens: int = 256
    stop: tuple[str, ...] = ()
    sampling: Sampling = Sampling()
    schema: str = ""
    reuse: bool = True


class Piece(Struct):
    """What was written since the last piece, and how many tokens that makes in all."""

    text: str
    tokens: int


class Written(Struct):
    """`finish` is stop (the model or a stop text ended it) or length. `first_s` counts from the ask to the first token;
    `prompt_s` and `decode_s` are the seconds spent on the prompt and on the answer's tokens after the first."""

    text: str
    tokens: int
    prompt_tokens: int
    reused_tokens: int
    finish: str
    first_s: float
    prompt_s: float
    decode_s: float

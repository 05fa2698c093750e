"""Generators: local language models that write text."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from engine.api.base import Request, Result


class PromptMessage(Struct, frozen=True):
    """`role` is system, user or assistant."""

    role: str
    content: str


class Generate(Request, frozen=True):
    """Let a generator write.

    Give `messages`, which go through the model's own chat template, or a `prompt`, which is continued as it is. `pack`
    may be empty for the first generator there is. `special` reads steering tokens in `prompt` as such. `temperature` 0
    takes the likeliest token each time; `seed` None takes a new one (the result names it), so that the same request
    again regenerates. `json_schema` (JSON) or `grammar` (GBNF) holds the answer to a form. `context`, `threads` 0 and
    `gpu_layers` None are chosen from the machine. What a prompt has in common with the beginning of the last one is not
    computed again unless `reuse` is false.

    Pieces of the text arrive as progress notes.
    """

    SLOW: ClassVar[bool] = True
    pack: str = ""
    messages: tuple[PromptMessage, ...] = ()
    prompt: str = ""
    special: bool = False
    max_tokens: int = 256
    temperature: float = 0.7
    top_p: float = 0.95
    top_k: int = 40
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    seed: int | None = None
    stop: tuple[str, ...] = ()
    json_schema: str = ""
    grammar: str = ""
    context: int = 0
    threads: int = 0
    gpu_layers: int | None = None
    reuse: bool = True


class Generated(Result, frozen=True):
    """`finish` is stop (the model was done, or a stop text came) or length. `reused_tokens` of `prompt_tokens` were in
    memory from the question before. Speeds are tokens per second; `prompt_speed` counts what was computed."""

    pack: str
    text: str
    finish: str
    tokens: int
    prompt_tokens: int
    reused_tokens: int
    seed: int
    context: int
    first_token_ms: float
    prompt_speed: float
    decode_speed: float
    seconds: float


class ListGenerators(Request, frozen=True):
    pass


class GeneratorInfo(Struct, frozen=True):
    """`needs_mb` is the forecast for `context` tokens, of which `weights_mb` are the model and `context_mb` the
    context; `fit` says it in words. `memory_mb` is what the worker takes now, None while the model is not loaded.
    Speeds are tokens per second as measured on this machine, with `speed_threads` threads at `measured` (ISO 8601,
    empty where it was at import), None before. `idle_left_s` is how long a loaded one stays without a question; None
    while it writes."""

    name: str
    bundled: bool
    architecture: str
    parameters: int
    quantisation: str
    bytes: int
    licence: str
    sha256: str
    trained_context: int
    context: int
    layers: int
    vocabulary: int
    template: bool
    template_fault: str
    needs_mb: float
    weights_mb: float
    context_mb: float
    free_mb: float
    fits: bool
    fit: str
    loaded: bool = False
    memory_mb: float | None = None
    prompt_speed: float | None = None
    decode_speed: float | None = None
    measured: str = ""
    speed_threads: int = 0
    idle_left_s: float | None = None
    base: str = ""
    """Of what a generator learned: the generator that it is put over, whose file all else is about."""


class Generators(Result, frozen=True):
    """`threads` are those of this machine; `accelerators` the graphics processors that llama.cpp was built for."""

    generators: tuple[GeneratorInfo, ...]
    free_mb: float
    threads: int = 0
    accelerators: tuple[str, ...] = ()


class GetGenerator(Request, frozen=True):
    """One generator. `context` forecasts for that many tokens, 0 for the usual. With `measure`, it is loaded and its
    speed is measured."""

    SLOW: ClassVar[bool] = True
    pack: str = ""
    context: int = 0
    measure: bool = False


class GeneratorShown(Result, frozen=True):
    """`template` is the chat template in the file, empty where it has none."""

    info: GeneratorInfo
    template: str


class UnloadGenerator(Request, frozen=True):
    """Free the memory of the generator that is loaded, unless it writes."""

"""A text generator over llama.cpp: one model and one context, with the prompt's beginning kept from call to call.

It speaks to llama.cpp's C interface through llama_cpp's bindings. Native code runs here: only workers open one.
"""

from __future__ import annotations

import ctypes
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from engine.errors import Cancelled, GgufUnusable, UsageError
from engine.runtimes.gguf.forecast import BATCH
from engine.runtimes.handed_file import readable
from engine.runtimes.llama_vocabulary import Vocabulary, bindings, hear, refused

PENALTY_WINDOW = 64
ABORTED = 2
ALL_LAYERS = 999
_CANDIDATE = np.dtype([("id", "<i4"), ("logit", "<f4"), ("p", "<f4")])


class Sampling(Struct, frozen=True):
    """How the next token is chosen. A temperature of 0 takes the likeliest; `grammar` is GBNF, empty for none."""

    temperature: float = 0.7
    top_p: float = 0.95
    top_k: int = 40
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    seed: int = 0
    grammar: str = ""


class LlamaModel(Vocabulary):
    """An opened model. One thread at a time uses it; `abort` alone may come from any thread.

    Attributes:
        context: tokens that fit, prompt and answer together.
        kept: the tokens whose keys and values are in memory.
    """

    def __init__(
        self,
        path: Path,
        *,
        context: int,
        threads: int,
        gpu_layers: int | None = None,
        on_progress: Callable[[float], None] | None = None,
    ) -> None:
        """Load a model whose header was checked (engine/runtimes/gguf/facts.py).

        Args:
            gpu_layers: layers that a graphics processor takes; None gives it all, where llama.cpp was built for one.
            on_progress: called with the share that is loaded.
        Raises:
            RuntimeMissing: llama_cpp is not installed.
            GgufUnusable: llama.cpp refuses the file.
        """
        self._lib = lib = bindings(path.name)
        self._path = path
        self._said = hear(lib)
        self._flag = ctypes.create_string_buffer(2)
        self.gpu_layers = 0
        self._model: Any = None
        self._context: Any = None
        fault = ""
        for layers in _layers_to_try(lib, gpu_layers):
            self.gpu_layers = layers
            if not (fault := self._open(context, threads, on_progress)):
                break
        if fault:
            raise refused(self._path, fault, self._said)
        super().__init__(lib, lib.llama_model_get_vocab(self._model))
        self.context = int(lib.llama_n_ctx(self._context))
        self.kept: list[int] = []
        self._memory = lib.llama_get_memory(self._context)
        self._one = (lib.llama_token * 1)()
        self._adapter: Any = None

    def _open(self, context: int, threads: int, on_progress: Callable[[float], None] | None) -> str:
        """Load model and context with the present number of layers for a graphics processor; returns what failed, and
        nothing where nothing did. Raises: Cancelled."""
        lib = self._lib
        if self._model:  # of a try before, whose context had no place
            lib.llama_model_free(self._model)
        params = lib.llama_model_default_params()
        params.n_gpu_layers = self.gpu_layers

        def progressed(share: float, _data: Any) -> bool:
            if on_progress is not None:
                on_progress(share)
            return self._flag.value == b""

        params.progress_callback = callback = lib.llama_progress_callback(progressed)
        self._model = lib.llama_model_load_from_file(str(self._path).encode("utf-8"), params)
        del callback  # held until here: llama.cpp calls it while it loads
        if self._flag.value:
            raise Cancelled
        if not self._model:
            return "llama.cpp does not open it"
        self._context = lib.llama_init_from_model(self._model, self._context_params(context, threads))
        return "" if self._context else "llama.cpp has no place for its context"

    def _context_params(self, context: int, threads: int) -> Any:
        params = self._lib.llama_context_default_params()
        params.n_ctx = context
        params.n_batch = params.n_ubatch = min(BATCH, context)
        params.n_threads = params.n_threads_batch = threads
        params.n_outputs_max = 1  # of a prompt only the last token's scores are wanted
        params.abort_callback = ctypes.cast(_strlen(), type(params.abort_callback))
        params.abort_callback_data = ctypes.cast(self._flag, ctypes.c_void_p)
        return params

    # --- what was learned beside the weights --------------------------------------------------------------------

    def adapt(self, body: bytes) -> None:
        """Put an adapter (a GGUF file's bytes) over the model in place of the one before; none where empty. The model
        stays as it is. What was computed with another adapter is not used again.

        Raises:
            GgufUnusable: llama.cpp does not take it over this model.
        """
        self._keep(0)
        self._lib.llama_set_adapters_lora(self._context, None, 0, None)
        if self._adapter:
            self._lib.llama_adapter_lora_free(self._adapter)
            self._adapter = None
        if not body:
            return
        del self._said[:]
        with readable(body) as path:
            adapter = self._lib.llama_adapter_lora_init(self._model, path.encode("utf-8"))
        if not adapter:
            raise refused(self._path, "llama.cpp does not take this adapter over it", self._said)
        self._adapter = adapter
        adapters = (self._lib.llama_adapter_lora_p_ctypes * 1)(adapter)
        if self._lib.llama_set_adapters_lora(self._context, adapters, 1, (ctypes.c_float * 1)(1.0)):
            self.adapt(b"")
            raise refused(self._path, "llama.cpp has no place for this adapter", self._said)

    # --- running the model --------------------------------------------------------------------------------------

    def abort(self) -> None:
        """Stop what is being computed, from any thread; the call that computes raises `Cancelled`."""
        self._flag.value = b"1"

    def go_on(self) -> None:
        """Forget an `abort`."""
        self._flag.value = b""

    def read(self, prompt: Sequence[int], check: Callable[[int, int], None], *, reuse: bool = True) -> int:
        """Take in a prompt; of what begins as the last one did, nothing is computed again.

        Args:
            prompt: at least one token.
            check: called between batches with the tokens done and all tokens; it may raise.
            reuse: False computes everything.
        Returns:
            How many tokens were kept from before.
        Raises:
            Cancelled: after `abort`; what was computed is kept.
        """
        same = self._keep(_common(self.kept, prompt[:-1]) if reuse else 0)
        at = same
        while at < len(prompt):
            check(at, len(prompt))
            part = list(prompt[at : at + BATCH])
            self._decode((self._lib.llama_token * len(part))(*part), len(part))
            self.kept += part
            at += len(part)
        check(at, len(prompt))
        return same

    def add(self, token: int) -> None:
        """Take in one token."""
        self._one[0] = token
        self._decode(self._one, 1)
        self.kept.append(token)

    def _keep(self, count: int) -> int:
        """Drop what is in memory beyond the first `count` tokens; returns how many stay."""
        if count and self._lib.llama_memory_seq_rm(self._memory, 0, count, -1):
            del self.kept[count:]
            return count
        self._lib.llama_memory_clear(self._memory, False)  # also models whose state cannot be cut back
        self.kept.clear()
        return 0

    def _decode(self, tokens: Any, count: int) -> None:
        result = self._lib.llama_decode(self._context, self._lib.llama_batch_get_one(tokens, count))
        if result == 0:
            return
        self._keep(len(self.kept))  # a batch that was broken off leaves nothing behind
        if result == ABORTED:
            raise Cancelled
        raise GgufUnusable(path=str(self._path), reason=f"llama.cpp fails while computing (code {result}).")

    def sampler(self, sampling: Sampling) -> Sampler:
        """What chooses tokens; close it after use.

        Raises:
            UsageError: the grammar cannot be read.
        """
        return Sampler(self._lib, self._context, self._vocab, self.vocabulary, sampling)


class Sampler:
    """Chooses the next token after each `LlamaModel.read` or `add`."""

    def __init__(self, lib: Any, context: Any, vocab: Any, vocabulary: int, sampling: Sampling) -> None:
        self._lib, self._context, self._vocabulary = lib, context, vocabulary
        self._grammar: Any = None
        if sampling.grammar:
            self._grammar = lib.llama_sampler_init_grammar(vocab, sampling.grammar.encode("utf-8"), b"root")
            if not self._grammar:
                raise UsageError(reason="The grammar cannot be read; it needs a rule named root.")
            self._table = np.zeros(vocabulary, dtype=_CANDIDATE)
            self._single = np.zeros(1, dtype=_CANDIDATE)
        self._chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        for one in self._steps(sampling):
            lib.llama_sampler_chain_add(self._chain, one)

    def _steps(self, sampling: Sampling) -> list[Any]:
        lib = self._lib
        steps = []
        if sampling.repeat_penalty != 1.0:
            steps.append(lib.llama_sampler_init_penalties(PENALTY_WINDOW, sampling.repeat_penalty, 0.0, 0.0))
        if sampling.temperature <= 0:
            return [*steps, lib.llama_sampler_init_greedy()]
        if sampling.top_k > 0:
            steps.append(lib.llama_sampler_init_top_k(sampling.top_k))
        if sampling.top_p < 1:
            steps.append(lib.llama_sampler_init_top_p(sampling.top_p, 1))
        if sampling.min_p > 0:
            steps.append(lib.llama_sampler_init_min_p(sampling.min_p, 1))
        steps.append(lib.llama_sampler_init_temp(sampling.temperature))
        return [*steps, lib.llama_sampler_init_dist(sampling.seed)]

    def choose(self) -> int:
        """The next token."""
        if self._grammar is None:
            return int(self._lib.llama_sampler_sample(self._chain, self._context, -1))
        token = self._choose_from(with_grammar=False)
        if not self._allowed(token):  # most tokens are allowed, and asking the grammar about all of them is slow
            token = self._choose_from(with_grammar=True)
        self._lib.llama_sampler_accept(self._grammar, token)
        self._lib.llama_sampler_accept(self._chain, token)
        return token

    def _choose_from(self, *, with_grammar: bool) -> int:
        scores = self._lib.llama_get_logits_ith(self._context, -1)
        self._table["id"] = np.arange(self._vocabulary, dtype=np.int32)
        self._table["logit"] = np.ctypeslib.as_array(scores, shape=(self._vocabulary,))
        listed = self._listed(self._table)
        if with_grammar:
            self._lib.llama_sampler_apply(self._grammar, ctypes.byref(listed))
        self._lib.llama_sampler_apply(self._chain, ctypes.byref(listed))
        return int(listed.data[listed.selected].id)

    def _allowed(self, token: int) -> bool:
        self._single[0] = (token, 1.0, 0.0)
        listed = self._listed(self._single)
        self._lib.llama_sampler_apply(self._grammar, ctypes.byref(listed))
        return bool(np.isfinite(listed.data[0].logit))

    def _listed(self, table: Any) -> Any:
        pointer = table.ctypes.data_as(ctypes.POINTER(self._lib.llama_token_data))
        return self._lib.llama_token_data_array(data=pointer, size=len(table), selected=-1, sorted=False)

    def close(self) -> None:
        self._lib.llama_sampler_free(self._chain)
        if self._grammar is not None:
            self._lib.llama_sampler_free(self._grammar)


def grammar_of(json_schema: str) -> str:
    """GBNF for what a JSON schema allows.

    Raises:
        UsageError: it is no schema that can be turned into a grammar.
    """
    module = importlib.import_module("llama_cpp.llama_grammar")
    try:
        return str(module.json_schema_to_gbnf(json_schema))
    except Exception as error:  # the converter raises whatever a schema leads it into
        reason = " ".join(str(error).split())[:200]
        raise UsageError(reason=f"The JSON schema cannot be used ({type(error).__name__}: {reason}).") from error


def _layers_to_try(lib: Any, asked: int | None) -> tuple[int, ...]:
    """Layers for a graphics processor: as asked, or all of them and, where they find no room there, none."""
    if not lib.llama_supports_gpu_offload():
        return (0,)
    return (ALL_LAYERS, 0) if asked is None else (asked,)


def _strlen() -> Any:
    """C's strlen as the function that tells llama.cpp to stop: 0 while the flag is an empty text, 1 afterwards.

    It is asked before every node of the graph; a function of Python's there would cost a tenth of the speed.
    """
    library = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
    return library.strlen


def _common(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens both begin with."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count

"""What a GGUF file says of itself as a generator of text, or why it is none."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from engine.errors import GgufUnusable
from engine.packs.manifest import printable
from engine.runtimes.gguf import kinds
from engine.runtimes.gguf.header import ArrayPlace, Header, read_header

MOST_TEMPLATE = 256 << 10
MOST_LAYERS = 1024
MOST_HEADS = 4096
MOST_WIDTH = 1 << 18
MOST_CONTEXT = 1 << 26
MOST_TOKEN = 4096
READS_ONLY = frozenset(
    {
        "bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3", "eurobert",
        "gemma-embedding", "llama-embed", "t5encoder",
    }
)  # fmt: skip
"""Architectures that turn texts into vectors and write none."""
NO_WRITERS = {
    "clip": "it is the part of a model that looks at pictures",
    "wavtokenizer-dec": "it makes sounds, not text",
    "t5": "models that read with one half and write with another are not supported",
    "eagle3": "it only drafts for another model",
    "dream": "models that write by diffusion are not supported",
    "llada": "models that write by diffusion are not supported",
    "llada-moe": "models that write by diffusion are not supported",
}
FILE_KINDS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 30: "IQ4_XS", 32: "BF16",
}  # fmt: skip


class GeneratorFacts(Struct, frozen=True):
    """A generator's file.

    `key_width` and `value_width` are numbers kept per token and layer, summed over the heads that keep them, a layer
    per entry (0 for a layer without attention). `merges` counts the vocabulary's rules of joining. `template` is empty
    where the file brings none. `parameters` counts the numbers of all tensors.
    """

    architecture: str
    name: str
    licence: str
    context_length: int
    layers: int
    heads: int
    kv_heads: int
    embedding: int
    feed_forward: int
    vocabulary: int
    merges: int
    quantisation: str
    parameters: int
    weights_bytes: int
    file_bytes: int
    template: str
    key_width: tuple[int, ...]
    value_width: tuple[int, ...]


def read_facts(path: Path) -> GeneratorFacts:
    """The facts of a generator's file.

    Raises:
        FileMissing.
        GgufUnusable: the file is damaged, or no generator.
    """
    return facts_of(read_header(path))


def facts_of(header: Header) -> GeneratorFacts:
    """See `read_facts`."""
    return _Facts(header).read()


class _Facts:
    def __init__(self, header: Header) -> None:
        self._header = header
        self._architecture = self._text("general.architecture")

    def _bad(self, reason: str) -> GgufUnusable:
        return GgufUnusable(path=self._header.path, reason=reason)

    def _text(self, key: str, most: int = 200) -> str:
        value = self._header.values.get(key, "")
        return printable(value, most) if isinstance(value, str) else ""

    def read(self) -> GeneratorFacts:
        self._check_kind()
        embedding = self._number("embedding_length", MOST_WIDTH)
        layers = self._number("block_count", MOST_LAYERS)
        context = self._number("context_length", MOST_CONTEXT)
        vocabulary = self._check_vocabulary()
        self._check_weights(embedding, vocabulary, layers)
        heads = self._per_layer("attention.head_count", layers)
        kv_heads = self._per_layer("attention.head_count_kv", layers, heads)
        keys = self._head_width("attention.key_length", embedding, heads)
        values = self._head_width("attention.value_length", embedding, heads)
        tensors = self._header.tensors
        return GeneratorFacts(
            architecture=self._architecture,
            name=self._text("general.name") or Path(self._header.path).stem,
            licence=self._text("general.license") or self._text("general.license.name"),
            context_length=context,
            layers=layers,
            heads=max(heads, default=0),
            kv_heads=max(kv_heads, default=0),
            embedding=embedding,
            feed_forward=self._feed_forward(),
            vocabulary=vocabulary,
            merges=merges.count if (merges := self._header.arrays.get("tokenizer.ggml.merges")) is not None else 0,
            quantisation=self._quantisation(),
            parameters=sum(one.numbers for one in tensors),
            weights_bytes=sum(one.bytes for one in tensors),
            file_bytes=self._header.size,
            template=self._template(),
            key_width=tuple(count * keys for count in kv_heads),
            value_width=tuple(count * values for count in kv_heads),
        )

    def _check_kind(self) -> None:
        values, tensors = self._header.values, self._header.tensors
        if not self._architecture:
            raise self._bad("its header names no architecture.")
        kind = self._text("general.type")
        if kind == "adapter":
            raise self._bad("it is an adapter for another model and no model of its own.")
        if self._architecture in READS_ONLY:
            raise self._bad(f"its architecture {self._architecture} reads texts and writes none.")
        if self._architecture in NO_WRITERS or kind == "mmproj":
            raise self._bad(f"{NO_WRITERS.get(self._architecture, NO_WRITERS['clip'])}.")
        parts = values.get("split.count", 0)
        if isinstance(parts, int) and parts > 1:
            raise self._bad(f"it is one of {parts} parts; join them to one file first (llama-gguf-split --merge).")
        if not tensors:
            raise self._bad("it holds a vocabulary and no weights.")

    def _number(self, key: str, most: int) -> int:
        full = f"{self._architecture}.{key}"
        value = self._header.values.get(full)
        if type(value) is not int:
            raise self._bad(f"its header has no whole number “{printable(full)}”.")
        if not 1 <= value <= most:
            raise self._bad(f"its value “{printable(full)}” is {value:,}; 1 to {most:,} can be.")
        return value

    def _per_layer(self, key: str, layers: int, default: list[int] | None = None) -> list[int]:
        """A number for each layer; files give one for all or a list."""
        full = f"{self._architecture}.{key}"
        if full in self._header.arrays:
            found = [int(value) for value in self._header.numbers.get(full, ())]
            if len(found) < layers:
                raise self._bad(f"its list “{printable(full)}” has {len(found)} entries for {layers} layers.")
            found = found[:layers]
        elif full in self._header.values:
            value = self._header.values[full]
            found = [value if type(value) is int else -1] * layers
        else:
            found = list(default) if default is not None else [0] * layers
        if any(not 0 <= one <= MOST_HEADS for one in found):
            raise self._bad(f"its value “{printable(full)}” cannot be; 0 to {MOST_HEADS:,} can.")
        return found

    def _head_width(self, key: str, embedding: int, heads: list[int]) -> int:
        full = f"{self._architecture}.{key}"
        if full in self._header.values:
            return self._number(key, MOST_WIDTH)
        return embedding // max(1, *heads) if any(heads) else 0

    def _feed_forward(self) -> int:
        full = f"{self._architecture}.feed_forward_length"
        value = self._header.values.get(full)
        if type(value) is int:
            return min(max(0, value), MOST_WIDTH * 16)
        return int(max((one for one in self._header.numbers.get(full, ()) if one == one), default=0))

    def _check_vocabulary(self) -> int:
        arrays = self._header.arrays
        tokens = arrays.get("tokenizer.ggml.tokens")
        if tokens is None or tokens.kind != kinds.STRING:
            raise self._bad("it brings no vocabulary.")
        if tokens.count < 2 or tokens.longest > MOST_TOKEN:
            raise self._bad(f"its vocabulary of {tokens.count:,} tokens cannot be.")
        self._check_beside(arrays.get("tokenizer.ggml.scores"), "scores", kinds.F32, tokens.count)
        self._check_beside(arrays.get("tokenizer.ggml.token_type"), "token_type", kinds.I32, tokens.count)
        for key, value in self._header.values.items():
            if key.startswith("tokenizer.ggml.") and key.endswith("_token_id") and not _is_token(value, tokens.count):
                raise self._bad(f"its value “{printable(key)}” is {value!r}, which is no token of its vocabulary.")
        return tokens.count

    def _check_beside(self, place: ArrayPlace | None, name: str, kind: int, count: int) -> None:
        if place is not None and (place.kind != kind or place.count != count):
            raise self._bad(f"its list “tokenizer.ggml.{name}” does not match its {count:,} tokens.")

    def _check_weights(self, embedding: int, vocabulary: int, layers: int) -> None:
        words = next((one for one in self._header.tensors if one.name == "token_embd.weight"), None)
        if words is None:
            raise self._bad("its weights have no vectors of the tokens (token_embd.weight).")
        if words.shape[0] != embedding or words.numbers != embedding * vocabulary:
            shape = " x ".join(map(str, words.shape))
            raise self._bad(f"its vectors of the tokens are {shape}; its header says {embedding} x {vocabulary}.")
        last = f"blk.{layers - 1}."
        if not any(one.name.startswith(last) for one in self._header.tensors):
            raise self._bad(f"its header names {layers} layers, and the last one has no weights.")

    def _quantisation(self) -> str:
        kind = self._header.values.get("general.file_type")
        if type(kind) is int and kind in FILE_KINDS:
            return FILE_KINDS[kind]
        sizes: dict[str, int] = {}
        for one in self._header.tensors:
            name = kinds.TENSOR_KINDS[one.kind][0]
            sizes[name] = sizes.get(name, 0) + one.bytes
        return max(sizes, key=lambda name: sizes[name])

    def _template(self) -> str:
        template = self._header.values.get("tokenizer.chat_template", "")
        if not isinstance(template, str):
            raise self._bad("its chat template is no text.")
        if len(template) > MOST_TEMPLATE:
            raise self._bad(f"its chat template has {len(template):,} characters, and the most is {MOST_TEMPLATE:,}.")
        return template


def _is_token(value: object, count: int) -> bool:
    """Whether a value names a token; files write the largest number for "none"."""
    return type(value) is int and (0 <= value < count or value == 0xFFFFFFFF or value == -1)

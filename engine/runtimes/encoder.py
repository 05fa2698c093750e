"""Texts to vectors with an int8 ONNX encoder: tokenise, sort by length, run in batches, put back in order.

The pack holds two graphs (packaging/models/encoder_split.py). The trunk takes `input_ids` and `attention_mask` (int32,
texts x pieces) and gives the hidden states of the lower layers; the top takes these and gives those of the upper layers
and `embedding` (float32, texts x dimension, length one), so pooling and normalising happen inside it. A taught skill is
an encoder with the same trunk and another top (engine/runtimes/adapted.py). Texts longer than `MAX_PIECES` are cut.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.packs.verify import read_pack
from engine.paths import assets_folder
from engine.runtimes.cpu import multiplies_bytes_exactly
from engine.runtimes.threads import usable_threads
from engine.runtimes.top_weights import LAYERS, LOWER, WIDTH

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

MAX_PIECES = 256
# onnxruntime would join sum and layer norm into a node that costs a fifth more time in all.
SLOWER_FUSIONS = ("SkipLayerNormFusion",)
BATCH_PIECES = 1024  # word pieces per batch, padding included: fits the cache of a laptop core, measured best
BATCH_TEXTS = 64
MAX_CHARACTERS = 16_384  # enough for 256 pieces of ordinary text; a megabyte in one cell is not read to its end
TOKENIZE_TEXTS = 2048  # tokenised at once; bounds memory for very long lists

_HALVES = re.compile(r"[\ud800-\udfff]")

Vectors = NDArray[np.float32]
Pieces = NDArray[np.int32]


def bundled_encoder_folder() -> Path:
    """The encoder that ships with the program."""
    return assets_folder() / "models" / "encoder-en"


class PieceText(NamedTuple):
    """A text as the encoder sees it: `ids` with [CLS] and [SEP], and where each piece stands in the text, in characters
    (0, 0 for the marks)."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class Trunk:
    """What all encoders of a process share: the tokenizer and the lower layers.

    Attributes:
        folder: the pack.
        threads: how many threads one call uses.
        turn: held during a run. Two at once would share the same cores and double the peak memory.
    """

    def __init__(self, folder: Path, session: Any, tokenizer: Tokenizer, threads: int) -> None:
        self.folder, self.tokenizer, self.threads = folder, tokenizer, threads
        self.unknown = tokenizer.token_to_id("[UNK]")
        self.turn = threading.Lock()
        self._session = session

    def states(self, ids: Pieces, mask: Pieces, layers: Sequence[int] = (LOWER,)) -> list[Vectors]:
        """Hidden states after each of `layers` (0 is the embedding), float32 (texts, pieces, dimension)."""
        names = [f"states_{layer}" for layer in layers]
        found: list[Vectors] = self._session.run(names, {"input_ids": ids, "attention_mask": mask})
        return found


class Encoder:
    """A loaded encoder; the bundled one is shared by everything in a process, and any thread may call it.

    Attributes:
        name: the pack's folder name, or that of the skill whose top it has.
        dimension: of a vector, 384, or 768 where the vector of another encoder with the same trunk stands before.
        trunk: tokenizer and lower layers.
    """

    def __init__(self, trunk: Trunk, top: Any, *, name: str, beside: Encoder | None = None) -> None:
        self.trunk = trunk
        self._top = top
        self._beside = beside
        self.name = name
        self.dimension = WIDTH if beside is None else 2 * WIDTH

    @property
    def threads(self) -> int:
        return self.trunk.threads

    @classmethod
    def open(cls, folder: Path, *, threads: int | None = None) -> Encoder:
        """Load the pack in `folder`.

        Args:
            threads: how many to use; None takes them from the machine.
        Raises:
            PackUnusable: a file is missing or not the one its manifest names, or it is no encoder as described above.
        """
        from tokenizers import Tokenizer

        count = usable_threads(threads)
        # The bytes that were checked are the bytes that are loaded.
        _manifest, files = read_pack(folder, ("trunk.onnx", "top.onnx", "tokenizer.json"))
        try:
            trunk = open_session(files["trunk.onnx"], count)
            top = open_session(files["top.onnx"], count)
            tokenizer = Tokenizer.from_buffer(files["tokenizer.json"])
            tokenizer.no_padding()
            tokenizer.enable_truncation(MAX_PIECES)
        except Exception as error:  # both libraries raise bare Exception subclasses of their own
            raise PackUnusable(name=folder.name, reason=f"it does not load ({error}).") from error
        inputs = ({node.name for node in session.get_inputs()} for session in (trunk, top))
        shapes: dict[str, list[Any]] = {node.name: node.shape for node in top.get_outputs()}
        known = [*inputs] == [{"input_ids", "attention_mask"}, {"states", "attention_mask"}]
        if not known or shapes.get("embedding", [])[1:] != [WIDTH]:
            raise PackUnusable(name=folder.name, reason="its inputs and outputs are not those of an encoder.")
        return cls(Trunk(folder, trunk, tokenizer, count), top, name=folder.name)

    def embed(self, texts: Sequence[str], *, on_batch: Callable[[int, int], None] | None = None) -> Vectors:
        """Vectors of texts, in their order.

        Args:
            texts: any number; an empty or blank text is allowed and gets the vector of an empty sentence.
            on_batch: called with (texts done, texts in all) after each batch; what it raises stops the work.
        Returns:
            float32 (texts, dimension), each row (each half of it, where there are two) of length one.
        """
        vectors: Vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        done = 0
        for begin in range(0, len(texts), TOKENIZE_TEXTS):
            for rows, ids, mask in encoder_batches(self.trunk.tokenizer, texts[begin : begin + TOKENIZE_TEXTS]):
                with self.trunk.turn:
                    (lower,) = self.trunk.states(ids, mask)
                    (found,) = self._run(lower, mask, ["embedding"])
                    if self._beside is not None:
                        (other,) = self._beside._run(lower, mask, ["embedding"])
                        found = np.concatenate([other, found], axis=1)
                vectors[begin + rows] = found
                done += len(rows)
                if on_batch is not None:
                    on_batch(done, len(texts))
        return vectors

    def hidden(
        self,
        ids: Sequence[Sequence[int]],
        layer: int = LAYERS,
        *,
        on_batch: Callable[[int, int], None] | None = None,
    ) -> list[NDArray[np.float16]]:
        """Hidden states of every piece.

        Args:
            ids: word pieces of each text (`pieces`), marks included, at most `MAX_PIECES` of them.
            layer: after which layer, 0 (the embedding) to 6.
            on_batch: as for `embed`.
        Returns:
            One float16 (pieces, dimension) per text, in their order.
        """
        found: list[NDArray[np.float16]] = [np.empty((0, self.dimension), np.float16)] * len(ids)
        for rows, lengths, states in self.hidden_batches(ids, layer, on_batch=on_batch):
            for place, (row, length) in enumerate(zip(rows.tolist(), lengths.tolist(), strict=True)):
                found[row] = states[place, :length].astype(np.float16)
        return found

    def hidden_batches(
        self,
        ids: Sequence[Sequence[int]],
        layer: int = LAYERS,
        *,
        on_batch: Callable[[int, int], None] | None = None,
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], Vectors]]:
        """Hidden states as they are computed, for those who have no room for all of them; arguments as for `hidden`.

        Yields:
            Row numbers int64 (texts,), their pieces int64 (texts,), states float32 (texts, longest, dimension); what
            lies beyond a text's pieces is padding.
        """
        lengths = np.fromiter((len(one) for one in ids), dtype=np.int64, count=len(ids))
        done = 0
        for rows in length_batches(lengths):
            matrix, mask = padded([ids[row] for row in rows.tolist()])
            with self.trunk.turn:
                (states,) = self.trunk.states(matrix, mask, (min(layer, LOWER),))
                if layer > LOWER:
                    (states,) = self._run(states, mask, [f"states_{layer}"])
            yield rows, lengths[rows], states
            done += len(rows)
            if on_batch is not None:
                on_batch(done, len(ids))

    def pieces(self, texts: Sequence[str]) -> list[PieceText]:
        """Word pieces of texts and where they stand; nothing is cut."""
        tokenizer = self.trunk.tokenizer
        with self.trunk.turn:
            tokenizer.no_truncation()
            try:
                return [PieceText(list(one.ids), list(one.offsets)) for one in tokenizer.encode_batch(clean(texts))]
            finally:
                tokenizer.enable_truncation(MAX_PIECES)

    def _run(self, states: Vectors, mask: Pieces, outputs: list[str]) -> list[Vectors]:
        found: list[Vectors] = self._top.run(outputs, {"states": states, "attention_mask": mask})
        return found

    def known_share(self, texts: Sequence[str]) -> Vectors:
        """Share of each text's word pieces that the vocabulary knows, float32 (texts,).

        Low means that the text is in a script the encoder was not trained on; a text without any piece counts as 1.
        """
        shares: Vectors = np.ones(len(texts), dtype=np.float32)
        for begin in range(0, len(texts), TOKENIZE_TEXTS):
            for offset, encoding in enumerate(tokenize(self.trunk.tokenizer, texts[begin : begin + TOKENIZE_TEXTS])):
                pieces = len(encoding.ids) - 2  # [CLS] and [SEP]
                if pieces > 0:
                    shares[begin + offset] = 1.0 - encoding.ids.count(self.trunk.unknown) / pieces
        return shares

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Word pieces per text as the encoder sees it, the two marks included, at most `MAX_PIECES`."""
        return [len(encoding.ids) for encoding in tokenize(self.trunk.tokenizer, texts)]


def open_session(body: bytes, threads: int, weights: Mapping[str, Vectors] | None = None) -> Any:
    """A graph ready to run.

    Args:
        threads: for one run.
        weights: given from memory, for a graph without its own.
    Raises:
        Exception: what onnxruntime raises where the graph does not load.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # An arena grows by powers of two and keeps what the largest batch ever took: 30 MB for each skill of 6 MB.
    options.enable_cpu_mem_arena = False
    # Waiting threads sleep instead of spinning: as fast on an idle machine (measured within 3 %), twice as fast
    # beside other work, and kinder to a battery.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if not multiplies_bytes_exactly():
        # Signed weights can overflow 16-bit sums; this makes such machines use exact kernels (1.7 times slower).
        options.add_session_config_entry("session.x64quantprecision", "1")
    if weights:
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(one)) for one in weights.values()]
        options.add_external_initializers(list(weights), values)
    session = onnxruntime.InferenceSession(
        body, options, providers=["CPUExecutionProvider"], disabled_optimizers=list(SLOWER_FUSIONS)
    )
    # Python's side keeps the file for other providers to fall back on; there are none, and it doubles every skill.
    session._model_bytes = None
    return session


def tokenize(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoding]:
    """Word pieces of texts; what cannot be text (half a surrogate pair) becomes a question mark."""
    return _encode(tokenizer, clean([text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] for text in texts]))


def clean(texts: Sequence[str]) -> list[str]:
    """The texts, with a question mark for what cannot be text (half a surrogate pair); no character moves."""
    return [text if not _HALVES.search(text) else _HALVES.sub("?", text) for text in texts]


def _encode(tokenizer: Tokenizer, texts: list[str]) -> list[Encoding]:
    if len(texts) == 1:  # the batch call wakes threads, which costs more than one text
        return [tokenizer.encode(texts[0])]
    return list(tokenizer.encode_batch_fast(texts))


def encoder_batches(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], Pieces, Pieces]]:
    """Row numbers, input_ids and attention_mask (int32, texts x pieces) of batches of like length."""
    encodings = tokenize(tokenizer, texts)
    lengths = np.fromiter((len(one.ids) for one in encodings), dtype=np.int64, count=len(encodings))
    for rows in length_batches(lengths):
        ids, mask = padded([encodings[row].ids for row in rows.tolist()])
        yield rows, ids, mask


def padded(ids: Sequence[Sequence[int]]) -> tuple[Pieces, Pieces]:
    """Word pieces of some texts as one matrix, and the mask of the real ones, int32 (texts, longest)."""
    longest = max(len(one) for one in ids)
    matrix = np.zeros((len(ids), longest), dtype=np.int32)
    mask = np.zeros((len(ids), longest), dtype=np.int32)
    for row, one in enumerate(ids):
        matrix[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return matrix, mask


def length_batches(
    lengths: NDArray[np.int64], *, pieces: int = BATCH_PIECES, most: int = BATCH_TEXTS
) -> list[NDArray[np.int64]]:
    """Row numbers grouped so that each batch holds texts of like length.

    Args:
        lengths: int64 (texts,), word pieces of each.
        pieces: a batch's texts times its longest length stay within this (one text always fits).
        most: texts per batch.
    Returns:
        Arrays of row numbers; together they name each row once, short texts first.
    """
    order = np.argsort(lengths, kind="stable")
    batches: list[NDArray[np.int64]] = []
    begin = 0
    for end in range(1, len(order) + 1):
        full = end == len(order) or (end - begin + 1) * int(lengths[order[end]]) > pieces or end - begin >= most
        if full:
            batches.append(order[begin:end])
            begin = end
    return batches

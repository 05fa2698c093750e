"""Texts to vectors with an int8 ONNX encoder: tokenise, sort by length, run in batches, put back in order.

The pack's graph takes `input_ids` and `attention_mask` (int32, texts x pieces) and gives `embedding` (float32,
texts x dimension, length one), so pooling and normalising happen inside it. Texts longer than `MAX_PIECES` are cut.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.packs.verify import read_pack
from engine.paths import assets_folder
from engine.runtimes.cpu import multiplies_bytes_exactly
from engine.runtimes.threads import usable_threads

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

MAX_PIECES = 256
# onnxruntime would join sum and layer norm into a node that costs a fifth more time in all.
SLOWER_FUSIONS = ("SkipLayerNormFusion",)
BATCH_PIECES = 1024  # word pieces per batch, padding included: fits the cache of a laptop core, measured best
BATCH_TEXTS = 64
MAX_CHARACTERS = 16_384  # enough for 256 pieces of ordinary text; a megabyte in one cell is not read to its end
TOKENIZE_TEXTS = 2048  # tokenised at once; bounds memory for very long lists

Vectors = NDArray[np.float32]
Pieces = NDArray[np.int32]


def bundled_encoder_folder() -> Path:
    """The encoder that ships with the program."""
    return assets_folder() / "models" / "encoder-en"


class Encoder:
    """A loaded encoder; one is shared by everything in a process, and `embed` may be called from any thread.

    Attributes:
        name: the pack's folder name.
        dimension: length of a vector.
        threads: how many threads one call uses.
    """

    def __init__(self, session: Any, tokenizer: Tokenizer, *, name: str, dimension: int, threads: int) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._unknown = tokenizer.token_to_id("[UNK]")
        # One run at a time: two at once would share the same cores and double the peak memory.
        self._turn = threading.Lock()
        self.name = name
        self.dimension = dimension
        self.threads = threads

    @classmethod
    def open(cls, folder: Path, *, threads: int | None = None) -> Encoder:
        """Load the pack in `folder`.

        Args:
            threads: how many to use; None takes them from the machine.
        Raises:
            PackUnusable: a file is missing or not the one its manifest names, or it is no encoder as described above.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        count = usable_threads(threads)
        # The bytes that were checked are the bytes that are loaded.
        _manifest, files = read_pack(folder, ("model.onnx", "tokenizer.json"))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = count
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Waiting threads sleep instead of spinning: as fast on an idle machine (measured within 3 %), twice as fast
        # beside other work, and kinder to a battery.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if not multiplies_bytes_exactly():
            # Signed weights can overflow 16-bit sums; this makes such machines use exact kernels (1.7 times slower).
            options.add_session_config_entry("session.x64quantprecision", "1")
        try:
            session = onnxruntime.InferenceSession(
                files["model.onnx"],
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=list(SLOWER_FUSIONS),
            )
            tokenizer = Tokenizer.from_buffer(files["tokenizer.json"])
            tokenizer.no_padding()
            tokenizer.enable_truncation(MAX_PIECES)
        except Exception as error:  # both libraries raise bare Exception subclasses of their own
            raise PackUnusable(name=folder.name, reason=f"it does not load ({error}).") from error
        inputs = {node.name for node in session.get_inputs()}
        shape = session.get_outputs()[0].shape
        if inputs != {"input_ids", "attention_mask"} or len(shape) != 2 or not isinstance(shape[1], int):
            raise PackUnusable(name=folder.name, reason="its inputs and outputs are not those of an encoder.")
        return cls(session, tokenizer, name=folder.name, dimension=shape[1], threads=count)

    def embed(self, texts: Sequence[str], *, on_batch: Callable[[int, int], None] | None = None) -> Vectors:
        """Vectors of texts, in their order.

        Args:
            texts: any number; an empty or blank text is allowed and gets the vector of an empty sentence.
            on_batch: called with (texts done, texts in all) after each batch; what it raises stops the work.
        Returns:
            float32 (texts, dimension), each row of length one.
        """
        vectors: Vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        done = 0
        for begin in range(0, len(texts), TOKENIZE_TEXTS):
            for rows, ids, mask in encoder_batches(self._tokenizer, texts[begin : begin + TOKENIZE_TEXTS]):
                vectors[begin + rows] = self._run(ids, mask)
                done += len(rows)
                if on_batch is not None:
                    on_batch(done, len(texts))
        return vectors

    def known_share(self, texts: Sequence[str]) -> Vectors:
        """Share of each text's word pieces that the vocabulary knows, float32 (texts,).

        Low means that the text is in a script the encoder was not trained on; a text without any piece counts as 1.
        """
        shares: Vectors = np.ones(len(texts), dtype=np.float32)
        for begin in range(0, len(texts), TOKENIZE_TEXTS):
            for offset, encoding in enumerate(tokenize(self._tokenizer, texts[begin : begin + TOKENIZE_TEXTS])):
                pieces = len(encoding.ids) - 2  # [CLS] and [SEP]
                if pieces > 0:
                    shares[begin + offset] = 1.0 - encoding.ids.count(self._unknown) / pieces
        return shares

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """Word pieces per text as the encoder sees it, the two marks included, at most `MAX_PIECES`."""
        return [len(encoding.ids) for encoding in tokenize(self._tokenizer, texts)]

    def _run(self, ids: Pieces, mask: Pieces) -> Vectors:
        with self._turn:
            found: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return found


def tokenize(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoding]:
    """Word pieces of texts; what cannot be text (half a surrogate pair) becomes a question mark."""
    cut = [text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] for text in texts]
    try:
        return _encode(tokenizer, cut)
    except (TypeError, UnicodeEncodeError):
        return _encode(tokenizer, [text.encode("utf-8", "replace").decode("utf-8") for text in cut])


def _encode(tokenizer: Tokenizer, texts: list[str]) -> list[Encoding]:
    if len(texts) == 1:  # the batch call wakes threads, which costs more than one text
        return [tokenizer.encode(texts[0])]
    return list(tokenizer.encode_batch_fast(texts))


def encoder_batches(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[tuple[NDArray[np.int64], Pieces, Pieces]]:
    """Row numbers, input_ids and attention_mask (int32, texts x pieces) of batches of like length."""
    encodings = tokenize(tokenizer, texts)
    lengths = np.fromiter((len(one.ids) for one in encodings), dtype=np.int64, count=len(encodings))
    for rows in length_batches(lengths):
        ids = np.zeros((len(rows), int(lengths[rows[-1]])), dtype=np.int32)  # the last row is the longest
        for place, row in enumerate(rows):
            ids[place, : lengths[row]] = encodings[row].ids
        mask = (np.arange(ids.shape[1]) < lengths[rows][:, None]).astype(np.int32)
        yield rows, ids, mask


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

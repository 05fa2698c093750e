"""The stored reader: answers as the torch head it was made from, sound probabilities, and bad files refused."""

from __future__ import annotations

import io
import itertools

import msgspec
import numpy as np
import pytest

torch = pytest.importorskip("torch")

from engine.errors import PackUnusable  # noqa: E402
from engine.serve.entities.crf import Chain, find_spans  # noqa: E402
from engine.serve.entities.features import Looker  # noqa: E402
from engine.serve.entities.reader import ARRAYS_FILE, FORMAT, SETTINGS_FILE, Settings, open_reader  # noqa: E402
from engine.serve.entities.tags import Span, forbidden_steps, spans_of, tag_count, tags_of  # noqa: E402
from engine.train.entities.files import npz, reader_files  # noqa: E402
from engine.train.entities.head import EntityHead, Lexical, Sizes  # noqa: E402

WORDS = [["Anna", "sings", "in", "Oslo", "."], [], ["Bergen"]]


def _head(width: int) -> EntityHead:
    torch.manual_seed(3)
    head = EntityHead(Sizes(labels=2, width=width, cells=512, places=256, embedding=4, hidden=8)).eval()
    for parameter in head.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    if width:
        head.scale_states(torch.randn(50, width) * 2 + 1)
    return head


def _files(width: int = 6) -> dict[str, bytes]:
    layers = (3,) if width else ()
    return reader_files(Settings(FORMAT, ("PERSON", "TOWN"), "words", layers, width, 2, 50, 20), _head(width))


@pytest.mark.parametrize("width", [6, 0])
def test_numpy_says_what_torch_says(width: int) -> None:
    head, reader = _head(width), open_reader("x", _files(width))
    rng = np.random.default_rng(0)
    states = [rng.normal(size=(len(row), width)).astype(np.float16) for row in WORDS] if width else None
    found = reader.emissions(WORDS, states)
    assert [one.shape for one in found] == [(5, 5), (0, 5), (1, 5)]
    for row, words in enumerate(WORDS):
        if not words:
            continue
        features = Looker().features([words])
        lexical = Lexical(torch.from_numpy(features.hashes), torch.from_numpy(features.indptr[:-1].astype(np.int32)))
        given = torch.from_numpy(states[row].astype(np.float32))[None] if states else None
        with torch.no_grad():
            expected = head.emissions(given, torch.ones(1, len(words), dtype=torch.bool), lexical)[0].numpy()
        # Tables are kept with one byte per number: what is summed up over forty features is off by a few of these.
        assert np.abs(found[row] - expected).max() < 0.03 * np.abs(expected).max()


def test_span_probabilities_are_those_of_all_taggings() -> None:
    rng = np.random.default_rng(1)
    steps, starts = forbidden_steps(1)
    chain = Chain(rng.normal(size=(3, 3)) + steps, rng.normal(size=3) + starts, rng.normal(size=3))
    emissions = [rng.normal(size=(length, 3)).astype(np.float32) * 2 for length in (4, 1, 3, 0)]
    for row, spans in enumerate(find_spans(chain, emissions)):
        of_row = emissions[row].astype(np.float64)
        weights: dict[tuple[int, ...], float] = {}
        for tags in itertools.product(range(3), repeat=len(of_row)):
            if tags:
                score = chain.starts[tags[0]] + chain.ends[tags[-1]] + sum(of_row[k, tag] for k, tag in enumerate(tags))
                score += sum(chain.steps[one, other] for one, other in itertools.pairwise(tags))
                weights[tags] = float(np.exp(score))
        if weights:
            best = max(weights, key=weights.__getitem__)
            assert [one.span for one in spans] == spans_of(best)
        for one in spans:
            share = sum(weight for tags, weight in weights.items() if one.span in spans_of(tags)) / sum(
                weights.values()
            )
            assert one.probability == pytest.approx(share, rel=1e-6)


def test_tags_and_spans_are_each_others_inverse() -> None:
    spans = [Span(0, 1, 0), Span(1, 3, 1), Span(4, 6, 0)]
    assert spans_of(tags_of(spans, 7).tolist()) == spans
    assert tag_count(2) == 5


def _changed(**arrays: object) -> dict[str, bytes]:
    files = _files()
    with np.load(io.BytesIO(files[ARRAYS_FILE])) as stored:
        kept = {name: stored[name] for name in stored.files}
    kept |= arrays  # type: ignore[arg-type]
    return files | {ARRAYS_FILE: npz({name: value for name, value in kept.items() if value is not None})}


def _told(*values: object, **more: object) -> dict[str, bytes]:
    return _files() | {SETTINGS_FILE: msgspec.json.encode(Settings(*values, **more))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "files",
    [
        {},
        _files() | {ARRAYS_FILE: b"PK\x03\x04rubbish"},
        _files() | {SETTINGS_FILE: b"{"},
        _files() | {SETTINGS_FILE: msgspec.json.encode({"format": 1})},
        _told(2, ("PERSON", "TOWN"), "words", (3,), 6, 2, 50, 20),
        _told(FORMAT, ("PERSON",), "words", (3,), 6, 2, 50, 20),
        _told(FORMAT, ("A", "A"), "words", (3,), 6, 2, 50, 20),
        _told(FORMAT, ("A", "B"), "words", (9,), 6, 2, 50, 20),
        _files()
        | {SETTINGS_FILE: msgspec.json.encode(Settings(FORMAT, ("A", "B"), "words", (3,), 6, 2, 50, 20, slope=-1))},
        _told(FORMAT, ("A", "B"), "words", (3,), 6, 2, 0, 20),
        _changed(out_bias=None),
        _changed(out_bias=np.full(5, np.nan, np.float32)),
        _changed(cells=np.zeros((512, 5), np.float32)),
        _changed(cells=np.zeros((0, 5), np.int8)),
        _changed(more=np.zeros(3)),
        _changed(state_scale=np.zeros(6, np.float32)),
        _changed(out_bias=np.asarray(["a"] * 5)),
    ],
)
def test_a_bad_pack_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(PackUnusable):
        open_reader("x", files)


def test_states_of_another_encoder_are_refused() -> None:
    with pytest.raises(PackUnusable, match="another encoder"):
        open_reader("x", _files()).read([["a"]], [np.zeros((1, 5), np.float16)])

"""What `auto` takes, how costs grow, and a forecast through the request of a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from messages import import_messages
from msgspec.structs import replace

from engine import api
from engine.errors import DataUnusable, MemoryShort
from engine.host.service import Service
from engine.host.teach.costs import Size, adapted_seconds, expected_passes, head_seconds
from engine.host.teach.forecast import Outlook, lora_gain, pick
from engine.host.teach.memory import need_mb, require
from engine.jobs.governor import Governor
from engine.train.encoder.settings import AdaptSettings
from engine.train.probe.values import HeadPoint, LayerRates, Probed, ShortRun

PLAIN = api.TrainOptions()


def told(method: str, score: float | None, seconds: float = 10.0, possible: bool = True) -> api.MethodForecast:
    low, high = (None, None) if score is None else (score - 0.02, score + 0.02)
    reason = "" if possible else "It needs about 9,000 MB of memory, and 500 MB are free."
    return api.MethodForecast(method, seconds, 300.0, score, low, high, possible, reason)


def outlook(*methods: api.MethodForecast, held: int = 2_000, run: ShortRun | None = None) -> Outlook:
    return Outlook(methods, "processor", run, held)


class TestPick:
    def test_the_best_is_taken_and_the_reason_has_numbers(self) -> None:
        method, why = pick(outlook(told("zero", 0.6), told("head", 0.85), told("lora", 0.91, 300)), PLAIN, None)
        assert method == "lora"
        assert "91.0%" in why
        assert "85.0%" in why

    def test_a_gain_within_the_noise_is_left(self) -> None:
        method, why = pick(outlook(told("head", 0.930), told("lora", 0.932, 300)), PLAIN, None)
        assert method == "head"
        assert "noise" in why
        # The same gain counts where many texts are held out.
        assert pick(outlook(told("head", 0.930), told("lora", 0.932, 300), held=60_000), PLAIN, None)[0] == "lora"

    def test_what_takes_too_long_is_left(self) -> None:
        methods = outlook(told("head", 0.85, 20), told("lora", 0.91, 600), told("prefix", 0.89, 100))
        assert pick(methods, PLAIN, 11)[0] == "lora"
        assert pick(methods, PLAIN, 5)[0] == "prefix"
        assert pick(methods, PLAIN, 1)[0] == "head"
        assert pick(methods, PLAIN, 0.1)[0] == "head", "the quickest, if none is in time"

    def test_what_is_not_possible_is_left(self) -> None:
        assert pick(outlook(told("head", 0.85), told("lora", None, possible=False)), PLAIN, None)[0] == "head"
        with pytest.raises(DataUnusable, match="9,000 MB"):
            pick(outlook(told("head", None, possible=False)), PLAIN, None)

    def test_options_of_adapting_ask_for_it(self) -> None:
        methods = outlook(told("head", 0.93), told("lora", 0.92, 300), told("full", 0.91, 300))
        assert pick(methods, api.TrainOptions(rank=8), None)[0] == "lora"


def test_a_short_run_moves_the_gain() -> None:
    usual, spread = lora_gain(None, 100)
    much, sure = lora_gain(ShortRun(500, 500, 6.0, head_wrong=100, lora_wrong=55, only_head=5, only_lora=50), 100)
    none, _ = lora_gain(ShortRun(500, 500, 6.0, head_wrong=100, lora_wrong=100, only_head=20, only_lora=20), 100)
    assert much < usual < none
    assert much < -0.2
    assert lora_gain(None, 10_000)[0] < usual
    assert sure < spread


RATES = LayerRates(trunk_s=0.001, pieces=16, long_pieces=40, step_s=dict.fromkeys(("lora", "full"), 0.005),
                   look_s=0.002, single_s=0.01)  # fmt: skip
PROBED = Probed(
    texts=2_000, embed_s=0.002, load_s=3.0, head=(HeadPoint(400, 400, 80, 0.2), HeadPoint(1_600, 400, 50, 0.8)),
    zero_wrong=900, rates=RATES, run=None, device="cpu", device_title="processor", features_s=0.0002, seconds=20.0,
)  # fmt: skip


def test_costs_grow_with_texts_and_passes() -> None:
    small, large = Size(2_001, 20, 80, 120, 1.0), Size(20_000, 20, 800, 1_200, 1.0)
    heads = [head_seconds(PROBED, size, 500, 1.0) for size in (small, large)]
    assert 4 * heads[0] < heads[1] < 20 * heads[0]
    few, many = AdaptSettings(epochs=2), AdaptSettings(epochs=4)
    two, four = (adapted_seconds(PROBED, small, 500, one, 1.0, full_passes=True) for one in (few, many))
    assert four - two == pytest.approx(2 * (1_601 * 0.005 + 400 * 0.002), rel=0.01), "the last part is one pass"
    few_texts = Size(2_000, 20, 80, 120, 1.0)
    two, four = (adapted_seconds(PROBED, few_texts, 500, one, 1.0, full_passes=True) for one in (few, many))
    assert four - two == pytest.approx(2 * (1_600 * 0.005 + 400 * 0.002 + 2_000 * 0.005), rel=0.01), "all anew"
    assert 10 <= expected_passes(AdaptSettings(epochs=20)) < 20
    assert 2 < expected_passes(AdaptSettings(epochs=3)) <= 3
    assert expected_passes(AdaptSettings(epochs=20)) < expected_passes(AdaptSettings(epochs=20), 500) < 20


def test_memory_grows_and_is_refused_with_both_numbers() -> None:
    common = {"labels": 77, "characters": 60.0, "pieces": 16.0}
    head = need_mb("head", texts=10_000, **common)
    lora = need_mb("lora", texts=10_000, **common)
    assert head < 700 < lora < need_mb("full", texts=10_000, **common) < 2_500
    assert need_mb("lora", texts=100_000, **common) > 2 * lora
    with pytest.raises(MemoryShort, match=r"Training birds needs about 900 MB of memory, and 300 MB are free") as short:
        require("Training birds", 900.0, 300.0)
    assert short.value.exit_code == 7
    require("Training birds", 300.0, 900.0)


def test_a_training_that_does_not_fit_is_refused_and_versions_stay(service: Service, tmp_path: Path) -> None:
    import_messages(service, tmp_path, 60)
    request = api.TrainClassifier(dataset="messages", pack="small", method="head")
    service.call(request)
    service.context.workers.governor = Governor(lambda: 40.0)
    with pytest.raises(MemoryShort, match=r"Training small \(head\) needs about \d+ MB of memory, and 40 MB are free"):
        service.call(request)
    with pytest.raises(MemoryShort, match=r"Training small \(lora\)"):
        service.call(replace(request, method="lora"))
    assert [one.version for one in service.call(api.ListVersions(pack="small")).versions] == [1]


@pytest.mark.timeout(400)
def test_forecast_of_every_method(service: Service, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    import_messages(service, tmp_path, 400)
    found = service.call(api.ForecastTraining(dataset="messages", device="cpu"))
    assert [one.method for one in found.methods] == ["zero", "head", "lora", "adalora", "prefix", "full"]
    by_name = {one.method: one for one in found.methods}
    for one in found.methods:
        assert one.possible, one.reason
        assert one.score_low <= one.score <= one.score_high
    assert by_name["head"].score > 0.9
    assert by_name["head"].seconds < by_name["lora"].seconds
    assert by_name["head"].peak_mb < by_name["lora"].peak_mb
    assert found.chosen == "head", "nothing is left to gain"
    assert found.free_mb > 0
    short = service.call(api.ForecastTraining(dataset="messages", options=api.TrainOptions(epochs=1)))
    assert {one.method: one for one in short.methods}["lora"].seconds < by_name["lora"].seconds


def test_letters_alone_where_the_encoder_knows_no_script(service: Service, tmp_path: Path) -> None:
    table = tmp_path / "zh.csv"
    lines = [
        f"第{n}件包裹还没有到，请帮我查一下,物流" if n % 2 else f"请问第{n}张发票什么时候可以开,发票" for n in range(80)
    ]
    table.write_text("text,label\n" + "\n".join(lines), encoding="utf-8")
    service.call(api.ImportData(path=str(table), name="zh", kind="labelled"))
    found = service.call(api.ForecastTraining(dataset="zh"))
    by_name = {one.method: one for one in found.methods}
    assert found.chosen == "head"
    assert by_name["head"].possible
    for method in ("zero", "lora", "adalora", "prefix", "full"):
        assert not by_name[method].possible
        assert "script" in by_name[method].reason
        assert by_name[method].score is None


def test_data_without_enough_are_told(service: Service, tmp_path: Path) -> None:
    table = tmp_path / "few.csv"
    table.write_text("text,label\nwhere is my parcel,parcel\nI want a refund,money\n", encoding="utf-8")
    service.call(api.ImportData(path=str(table), name="few", kind="labelled"))
    found = service.call(api.ForecastTraining(dataset="few"))
    by_name = {one.method: one for one in found.methods}
    assert found.chosen == "zero"
    assert not by_name["head"].possible
    assert "two labels with two different texts" in by_name["head"].reason

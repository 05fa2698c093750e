"""Chinese texts in Teach and Read: which encoder gives the vectors, and what stays refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine import api
from engine.errors import DataUnusable
from engine.host.read.reading import reader_of, reading_of
from engine.host.read.skills import open_pack
from engine.host.service import Service

Import = Callable[..., str]

SAID = {
    "物流": ("快递怎么还没送到", "包裹显示运输中已经五天", "我的快件丢了吗", "什么时候能送货上门", "配送员放错了地方"),
    "退款": ("请把钱退给我", "退款多久到账", "我要申请退货退款", "钱还没有退回银行卡", "为什么退款被拒绝了"),
    "账户": ("登录密码忘记了", "怎么修改绑定的手机号", "我的账号被锁定了", "注销账户在哪里操作", "收不到登录验证码"),
}


@pytest.fixture
def taught(service: Service, imported: Import) -> Service:
    rows = [(text, label) for label, texts in SAID.items() for text in texts]
    service.call(api.TrainClassifier(dataset=imported(rows, "desk"), pack="desk", method="head"))
    return service


def test_texts_in_other_words_are_understood(taught: Service) -> None:
    texts = ("顺丰到现在都没有把东西寄来", "能不能把付的费用还给我", "进不了系统，口令想不起来了")
    answers = taught.call(api.Classify(texts=texts, pack="desk")).results
    assert [answer.label for answer in answers] == list(SAID)


def test_the_skill_says_what_its_encoders_read(taught: Service) -> None:
    skill = open_pack(taught.context, "desk").skill
    assert skill.calibration.languages == ("zh",)
    assert skill.uses_encoder


def test_layers_are_not_adapted_to_a_script_that_they_do_not_read(service: Service, imported: Import) -> None:
    rows = [(f"{text}{n}", label) for label, texts in SAID.items() for text in texts for n in "一二三"]
    with pytest.raises(DataUnusable, match="script"):
        service.call(api.TrainClassifier(dataset=imported(rows, "desk"), pack="layers", method="lora"))
    chosen = service.call(api.TrainClassifier(dataset="desk", pack="auto"))
    assert chosen.method == "head"


def test_how_a_sample_is_read(service: Service) -> None:
    ctx = service.context
    english = reading_of(ctx, ["Where is my parcel?", "The money has not come back."])
    assert (english.languages, english.adaptable) == (("en",), True)
    assert reader_of(ctx, english) is ctx.encoder
    chinese = reading_of(ctx, ["快递怎么还没送到", "请把钱退给我", "Where is my parcel?"])
    assert (chinese.languages, chinese.covered, chinese.adaptable) == (("en", "zh"), True, False)
    vectors = reader_of(ctx, chinese).embed(["快递怎么还没送到", "Where is my parcel?", "The cat sleeps."])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2
    assert np.array_equal(vectors[1:], ctx.encoder.embed(["Where is my parcel?", "The cat sleeps."]))
    assert not reading_of(ctx, ["Где моя посылка?", "Деньги не вернулись."]).covered

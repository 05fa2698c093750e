"""What each kind of data set holds: its fields, and the column names that stand for them in English and Chinese.

Names are written as `folded` gives them. Earlier names are surer: of two columns, the one whose name stands first
becomes the field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from engine.values import DatasetKind

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN = re.compile(r"[\W_]+")


class Field(Struct, frozen=True):
    """`required` has to be mapped to a column; `trimmed` loses spaces around its value, since they are slips."""

    name: str
    names: tuple[str, ...]
    required: bool = False
    trimmed: bool = False


def folded(name: str) -> str:
    """A column name as it is compared: customerID, Customer-ID and “customer id” are one."""
    spaced = _CAMEL.sub("_", unicodedata.normalize("NFKC", name))
    return _BETWEEN.sub("_", spaced.casefold()).strip("_")


_TEXT = (
    "text", "message", "content", "utterance", "sentence", "body", "review", "comment", "post", "tweet", "document",
    "query", "question", "description", "note", "notes", "instruction", "request", "input", "texts", "messages", "msg",
    "文本", "内容", "消息", "正文", "句子", "评论", "留言", "原文", "话语", "问题", "描述", "记录",
)  # fmt: skip
_LABEL = (
    "label", "labels", "intent", "intents", "category", "categories", "class", "target", "tag", "topic", "sentiment",
    "department", "type", "y",
    "标签", "意图", "类别", "分类", "情感", "主题", "科室", "类型",
)  # fmt: skip
_ITEM = (
    "item", "item_id", "itemid", "product_id", "productid", "sku", "book_id", "movie_id", "article_id", "product",
    "goods_id", "asin", "stock_code", "article", "book", "movie", "song_id", "id",
    "商品编号", "商品id", "商品号", "货号", "商品", "产品编号", "产品", "物品", "编号",
)  # fmt: skip
_TITLE = (
    "title", "name", "product_name", "item_name", "product_title", "headline", "original_title",
    "标题", "名称", "商品名称", "产品名称", "品名", "书名", "片名",
)  # fmt: skip

FIELDS: Mapping[DatasetKind, tuple[Field, ...]] = {
    "labelled": (Field("text", _TEXT, required=True), Field("label", _LABEL, required=True, trimmed=True)),
    "entities": (
        Field("text", (*_TEXT, "tokens"), required=True),
        Field(
            "spans",
            ("spans", "entities", "annotations", "ner", "ner_tags", "实体", "标注", "tags"),
            required=True,
        ),
    ),
    "faq": (
        Field(
            "question",
            ("question", "q", "query", "ask", "faq", "instruction", "title", "问题", "提问", "问", "标准问题", "问法"),
            required=True,
        ),
        Field(
            "answer",
            ("answer", "a", "reply", "response", "solution", "答案", "回答", "回复", "答复", "答"),
            required=True,
        ),
    ),
    "items": (
        Field("item", _ITEM, required=True, trimmed=True),
        Field("title", _TITLE),
        Field(
            "text",
            ("text", "description", "desc", "summary", "content", "details", "abstract", "overview", "about",
             "描述", "简介", "详情", "内容", "说明", "介绍", "商品描述"),
        ),
        Field(
            "categories",
            ("categories", "category", "genres", "genre", "product_category", "category_name", "tags", "department",
             "类目", "类别", "分类", "品类", "标签"),
        ),
        Field(
            "price",
            ("price", "unit_price", "list_price", "sale_price", "retail_price", "价格", "单价", "售价", "定价"),
            trimmed=True,
        ),
        Field("image", ("image", "image_path", "image_file", "picture", "photo", "图片", "图片路径"), trimmed=True),
        Field(
            "available",
            ("available", "availability", "in_stock", "is_available", "stock", "有货", "是否有货", "库存", "库存状态"),
            trimmed=True,
        ),
        Field(
            "valid_from",
            ("valid_from", "available_from", "start_date", "launch_date", "上架时间", "上架日期", "开始日期",
             "生效日期"),
            trimmed=True,
        ),
        Field(
            "valid_until",
            ("valid_until", "valid_to", "available_until", "end_date", "expires", "expiry_date", "下架时间", "下架日期",
             "结束日期", "失效日期", "有效期至"),
            trimmed=True,
        ),
    ),
    "events": (
        Field(
            "user",
            ("user", "user_id", "userid", "customer", "customer_id", "client", "client_id", "member", "member_id",
             "account", "account_id", "visitor", "visitor_id", "reader", "person", "uid",
             "用户", "用户id", "用户编号", "客户", "客户编号", "会员", "会员编号", "顾客", "买家", "读者"),
            required=True, trimmed=True,
        ),
        Field("item", _ITEM, required=True, trimmed=True),
        Field(
            "type",
            ("type", "event", "event_type", "action", "behavior", "behaviour", "事件", "行为", "类型", "事件类型",
             "行为类型", "动作"),
            trimmed=True,
        ),
        Field(
            "time",
            ("time", "timestamp", "date", "datetime", "event_time", "created_at", "created", "ts", "when", "day",
             "时间", "日期", "时间戳", "下单时间", "购买时间"),
            trimmed=True,
        ),
        Field(
            "value",
            ("value", "rating", "score", "stars", "quantity", "qty", "count", "amount",
             "评分", "分数", "数量", "金额", "值", "星级"),
            trimmed=True,
        ),
        Field("weight", ("weight", "event_weight", "importance", "权重"), trimmed=True),
    ),
    "texts": (Field("text", _TEXT, required=True),),
}  # fmt: skip


AMOUNT_NAMES = frozenset({"quantity", "qty", "count", "amount", "数量", "金额"})
RATING_NAMES = frozenset({"rating", "score", "stars", "评分", "分数", "星级"})


def value_means(column: str) -> str:
    """What the column that became the value of events holds, by its name: "amount", "rating", or "" where it may be
    either."""
    name = folded(column)
    for kind, names in (("amount", AMOUNT_NAMES), ("rating", RATING_NAMES)):
        if any(name == known or name.endswith(f"_{known}" if known.isascii() else known) for known in names):
            return kind
    return ""


def field_names(kind: DatasetKind) -> tuple[str, ...]:
    """The canonical fields of a kind; every row has them, empty where the file had nothing."""
    return tuple(field.name for field in FIELDS[kind])

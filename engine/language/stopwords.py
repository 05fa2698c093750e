"""Words that carry the grammar of a question and not its subject, in English and Chinese.

A search drops them, so that "how do I change my password" looks for "change password". The lists are short on
purpose: a word that could be the subject of somebody's documents costs more when it is dropped wrongly than when it
is kept.
"""

from __future__ import annotations

_ENGLISH = """
a about after again all also am an and any are as at be because been before being both but by can cannot could
did do does doing done each few for from further get gets getting got had has have having he her here hers him
his how i if in into is it its itself just let like many me more most much my myself of off on once only or
other our ours out own please same she should so some such than that the their theirs them then there these they
this those through to too under until up us very want was way we were what when where which while who whom whose
why will with would you your yours yourself dont doesnt didnt isnt arent wasnt cant wont im ive id ill youre
thats whats hows lets tell know need help hi hello thanks thank s t d m re ve ll
"""
ENGLISH = frozenset(_ENGLISH.split())

_PHRASES = """
请问一下 我想知道 我想问 多长时间 什么时候 怎么回事 怎么样 怎么办 什么样 为什么 是什么 是不是 能不能 可不可以 有没有
需不需要 要不要 会不会 行不行 想知道 多少天 多少年 多少次 多少个 几个月 为啥 几年 几天 几次 几个 几点 几种 几岁 几号
请问 怎么 怎样 如何 什么 哪些 哪里 哪个 多少钱 多少 多久 多长 可以 能否 是否 应该 需要 一下 我们 你们 他们
这个 那个 这些 那些 以及 或者 但是 如果 因为 所以 时候 的话 以后 之后
"""
CHINESE_PHRASES = tuple(_PHRASES.split())
"""Chinese question words and fillers; a longer one stands before those that it begins with."""

CHINESE_CHARACTERS = frozenset("的了吗呢啊吧呀么是在和与及或我你您他她它们这那有也都就还很请被把对给让")
"""Characters that end a run of search terms in a Chinese question."""

_NEGATIONS = "not no never without cannot dont doesnt didnt isnt arent wasnt cant wont neither nor none"
NEGATIONS = frozenset(_NEGATIONS.split())
CHINESE_NEGATIONS = ("不", "没", "无法", "未", "非", "别", "勿")

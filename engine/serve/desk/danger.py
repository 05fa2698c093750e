"""Messages that belong to a person at once: somebody speaks of harming themselves, or threatens and insults.

Word lists with their context, in English and Chinese, on purpose narrow: "kill the process" and "dead link" are about
computers, "signs of suicide in teenagers" asks for information. What is missed: hints, irony, misspellings beyond the
usual, other languages. Both lists err towards a person where somebody speaks of themselves.
"""

from __future__ import annotations

import re
from typing import Literal

Danger = Literal["", "self_harm", "abuse"]

_ME = r"(?:my ?self|me self|mysel+f)"
_THEM = r"(?:him ?self|her ?self|them ?sel(?:f|ves))"
_SELF_HARM = re.compile(
    rf"\b(?:kill(?:ing)?|hang(?:ing)?|shoot(?:ing)?|drown(?:ing)?|starv(?:e|ing)) {_ME}\b"
    rf"|\b(?:hurt(?:ing)?|harm(?:ing)?|cutting) {_ME}\b(?<!accidentally hurting myself)"
    rf"|\b(?:want|need|going|urge|trying|tried|thought|thinking|think) (?:\w+ )?(?:to |of |"
    rf"about )?(?:cut|cutting|hurt|harm) {_ME}\b"
    r"|\b(?:end|ending|take|taking|took) (?:my (?:own )?life)\b|\bend it all\b|\bkms\b"
    r"|\bi(?:'m| am| feel| have been| was)?(?: \w+){0,2} suicidal\b"
    r"|\bi(?:'m| am|'ve| have|'ll| will| want| wanted| might| may| could|"
    r" would)?(?: \w+){0,5} (?:commit(?:ting)? suicide|suicidal thoughts|thoughts of suicide)\b"
    r"|\b(?:thinking|think|thought) (?:of|about) suicide\b"
    r"|\bi(?:'d| would| just| really| only| do| wanna| want)*(?: just| really)? (?:want to|wanna|"
    r"wish to|would like to) (?:die|be dead|disappear for ?ever|not exist|not wake up)\b"
    r"|\bi wish i (?:was|were|am) (?:dead|never born)\b|\bi(?:'d| would)? (?:be|am|"
    r"'m) better off dead\b|\bbetter off without me\b"
    r"|\bi (?:do not|don'?t|dont) (?:want|wanna|wish) (?:to )?(?:live|be alive|exist|"
    r"wake up)\b(?! (?:in|on|at|with|near|like))"
    r"|\b(?:no (?:reason|point|will)|nothing) (?:left )?(?:to|in|for) (?:live|living|go on living)(?: for)?\b"
    r"|\bi (?:can'?t|cannot|can not) (?:go on living|live any ?more|live like this any ?more|take this life)\b"
    r"|\bi(?:'m| am)? (?:going to |want to |will |took |have taken |just took )(?:swallow|"
    r"swallowed|take|overdose|od)?(?: on)? ?(?:all (?:of )?(?:my|the|these) (?:pills|tablets|"
    r"medication|meds))\b"
    rf"|\b(?:wants?|going|threaten(?:s|ed|ing)?|tried|trying|plans?) to (?:kill|harm|hurt|hang) {_THEM}\b",
    re.IGNORECASE,
)  # fmt: skip
_NO_SELF_HARM = re.compile(
    rf"\b(?:kill(?:ing)?) {_ME} (?:laughing|with laughter)"
    r"|\bwant(?:ed)? to die (?:of|from|with) (?:laugh\w*|laughter|embarrass\w*|shame|boredom|cring\w*|cute\w*)"
    r"|\b(?:hurt|hurting) (?:my ?self) (?:on|with|while|when|by|at) "
    r"|\b(?:kill|hang) myself (?:with|over) (?:laughter|laughing)",
    re.IGNORECASE,
)
_SELF_HARM_ZH = re.compile(
    r"(?:我|好|很|真的|只|就|有点|经常|总是|不如)?(?:想|要|打算|准备|考虑|企图|试图|尝试)(?:去|要|着|过)?(?:自杀|轻生|自残|割腕|上吊|跳楼(?!价)|"
    r"跳河|自尽|自我了断|了断自己)"
    r"|我(?:真的|好|很|只|就|也|现在|都|有时|经常)*(?:想|要|去)死(?!你|我|你们|机|锁|循环|链|磕|守|亡|记|掉的|板|角)"
    r"|(?:真|好|很|只|就|不如)想死(?!你|我|机|锁|循环|链|磕|守|亡|记|板|角)"
    r"|(?:不想|不愿意?|没法|没办法)(?:再|继续)?活(?:了|下去|着)|活不下去|活着(?:真)?(?:没|没有|毫无)(?:意思|意义)|活着还有什么"
    r"|(?:结束|了结|了断)(?:我|自己|我自己)(?:自己)?的?(?:生命|一生|性命)|(?:伤害|杀了?|弄死)(?:我)?自己"
    r"|(?:有|产生)(?:了)?(?:自杀|轻生)的?(?:念头|想法|冲动)|不想(?:再)?(?:活在)?这个世界|死了算了|一死了之"
)
_ABUSE = re.compile(
    r"\bf+u+c+k+ (?:you|u|off|ya|this (?:company|bot|shop))\b|\bfuck(?:ing)? (?:idiots?|morons?|"
    r"liars?|thieves|scum)\b|\bscrew you\b|\bgo to hell\b"
    r"|\bshut (?:the (?:fuck|hell) )?up\b(?! (?:shop|down|and take my money))|\bkiss my ass\b|"
    r"\bsuck my\b|\b(?:eat|piece of) shit\b(?<=you piece of shit)"
    r"|\byou(?:'re| are| r)?(?: all| people| guys| lot)?(?: (?:a|an|such|so|really|just|just a|"
    r"nothing but|bunch|of|fucking|bloody|stupid|useless|damn|complete|total|absolute|lying))* "
    r"(?:idiots?|morons?|bitch(?:es)?|assholes?|arseholes?|bastards?|cunts?|retards?|retarded|scum|"
    r"scumbags?|wankers?|dickheads?|imbeciles?|dumbass(?:es)?|crooks|"
    r"piece of (?:shit|crap|garbage))\b"
    r"|\b(?:you|u) (?:stupid|useless|dumb|fucking|bloody|worthless|pathetic|goddamn) (?:bot|robot|"
    r"machine|people|person|liar|thing|cow|pig|fool)s?\b"
    r"|\byou(?:'re| are) (?:so |really |all |such )?(?:stupid|worthless|pathetic|disgusting)\b"
    r"|\b(?:drop dead|i hope you (?:all )?(?:die|rot|burn))\b"
    r"|\bi(?:'ll| will| am going to|'m going to|'m gonna| wanna| want to| swear i(?:'ll|"
    r" will)) (?:\w+ )?(?:kill|hurt|beat|shoot|stab|burn|strangle|smash|find|hunt) "
    r"(?:(?:you|u|him|her|them)(?! (?:an?|the|some|another|more|on|in|at|out)\b)(?: (?:all|up|"
    r"down))?|your (?:family|children|staff|face|boss))\b"
    r"|\bi(?:'ll| will| am going to|'m going to|'m gonna) (?:bomb|blow up|burn down|shoot up) (?:your|the|this)\b",
    re.IGNORECASE,
)  # fmt: skip
_FOUND_SOMEBODY = re.compile(r"\b(?:find|hurt|beat) (?:it|them|him|her)\b", re.IGNORECASE)
_REPORTED = re.compile(
    r"\b(?:call(?:s|ed|ing)?|said|says|told|wrote|shouted|screamed|report|being|someone|somebody|"
    r"called me|insult\w*|word|phrase|message)\b[^.!?]{0,60}$",
    re.IGNORECASE,
)
_ABUSE_ZH = re.compile(
    r"傻[逼比屄Xx叉]|煞笔|沙雕客服|[操草艹日肏干]你(?:妈|大爷|全家|祖宗|娘)|[你他]妈的|尼玛|妈的[，,！!智]|去死吧|你去死|滚蛋|滚开|给我滚|王八蛋|狗东西|"
    r"狗屁客服|"
    r"脑残|智障(?!人|者|儿童|学校)|白痴(?:客服|一样|吗|吧|！|!)|(?:你|你们)(?:这群|这些|就是|真是|都是|是)*(?:个|一群|一帮)?(?:废物|垃圾|白痴|"
    r"蠢货|蠢猪|人渣|混蛋|骗子|畜生|流氓|贱人)"
    r"|(?:垃圾|废物|混蛋|蠢猪|贱人)(?:客服|公司|东西|玩意)|(?:弄死|杀了|砍死|打死|炸了)(?:你|你们)"
)
_REPORTED_ZH = re.compile(r"(?:骂|说|叫|称|举报|投诉|遭到|收到)[^。！？]{0,16}$")


def danger(text: str) -> Danger:
    """Whether a message belongs to a person at once, and why."""
    plain = " ".join(text.replace("’", "'").split())
    bare = _NO_SELF_HARM.sub(" ", plain)
    if _SELF_HARM.search(bare) or _SELF_HARM_ZH.search(plain):
        return "self_harm"
    for found in _ABUSE.finditer(plain):
        if not _REPORTED.search(plain[: found.start()]) and not _FOUND_SOMEBODY.search(found[0]):
            return "abuse"
    for found in _ABUSE_ZH.finditer(plain):
        if not _REPORTED_ZH.search(plain[: found.start()]):
            return "abuse"
    return ""

"""Every sentence of a report: key to (English, Simplified Chinese)."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    # --- head ---
    "title": ("Report on the skill “{pack}”", "技能“{pack}”的报告"),
    "subtitle": ("Version {version}, made {created}, {state}", "第 {version} 版，创建于 {created}，{state}"),
    "in_use": ("in use", "正在使用"),
    "not_in_use": ("not in use", "未使用"),
    "footer": (
        "Written by Casemate on this machine. Skill “{pack}”, version {version}.",
        "由 Casemate 在本机生成。技能“{pack}”，第 {version} 版。",
    ),
    "private": (
        "Private: this report quotes texts of the data set “{dataset}”. Pass it on only to people who may read them.",
        "机密：本报告引用了数据集“{dataset}”中的文本。只可转交给有权阅读这些文本的人。",
    ),
    "imported": (
        "This skill was taken in from a file. What follows was written where it was made; nothing of it was "
        "checked here.",
        "此技能由文件导入。以下内容写于其制作之处，未在本机核实。",
    ),
    # --- summary ---
    "summary_title": ("In short", "概要"),
    "summary_classify": (
        "The skill gives a text one of {labels} labels. On {texts} texts that it had not been taught, it was "
        "right on {accuracy}.",
        "此技能为文本标注 {labels} 个标签之一。在 {texts} 条未用于训练的文本上，正确率为 {accuracy}。",
    ),
    "summary_entities": (
        "The skill marks names and terms of {labels} kinds in a text. Checked on {texts} texts that it had not "
        "been taught.",
        "此技能在文本中标出 {labels} 类名称和术语。在 {texts} 条未用于训练的文本上做了检验。",
    ),
    "summary_unmeasured": (
        "Nothing was measured: every labelled text was needed to describe its label. Check the skill on texts of "
        "your own before you rely on it.",
        "未做任何测量：每条标注文本都用来描述其标签。使用前请用您自己的文本检验。",
    ),
    "few_texts": (
        "Only {texts} texts could be used for checking. The intervals are wide for that reason; take the figures "
        "as rough.",
        "只有 {texts} 条文本可用于检验，因此区间较宽，数字仅供粗略参考。",
    ),
    "tile_accuracy": ("right answers", "正确率"),
    "tile_interval": ("95 % interval: {low} to {high}", "95% 区间：{low} 至 {high}"),
    "tile_macro_f1": ("macro F1", "宏平均 F1"),
    "tile_macro_detail": ("mean over labels, each counted alike", "各标签同等计算的平均值"),
    "tile_ece": ("calibration error", "校准误差"),
    "tile_ece_detail": ("before calibration: {before}", "校准前：{before}"),
    "tile_auc": ("AUC", "AUC"),
    "tile_auc_detail": ("1 tells the two labels apart faultlessly, 0.5 is chance", "1 为完全区分两个标签，0.5 为随机"),
    "tile_f1": ("F1, exact match", "F1（完全匹配）"),
    "tile_precision": ("of those marked are right", "标出者中正确的比例"),
    "tile_recall": ("of those there are found", "应标出者中找到的比例"),
    # --- risk and coverage ---
    "risk_title": ("How much can be left to it", "可以放心交给它多少"),
    "risk_dial": (
        "{precision} right → answers {coverage} of texts, the rest go to a person.",
        "正确率 {precision} → 自动回答 {coverage} 的文本，其余交由人工处理。",
    ),
    "risk_intro": (
        "The skill tells how sure it is of each answer. Where only sure answers are taken, more of them are right. "
        "The table shows what was found on the held-out texts.",
        "技能会给出每个答案的把握程度。只采用把握大的答案时，正确的比例更高。下表为在留出文本上测得的结果。",
    ),
    "risk_precision": ("right answers wanted", "要求的正确率"),
    "risk_coverage": ("texts answered", "自动回答的文本"),
    "risk_person": ("left to a person", "交由人工"),
    "risk_score": ("from score", "分数不低于"),
    "risk_promise": ("promised for new texts", "对新文本的保证"),
    "risk_promise_from": ("from score {score}", "分数不低于 {score}"),
    "risk_promise_none": ("not with this many texts", "文本数量不足以保证"),
    "risk_unreached": ("not reached", "未达到"),
    "risk_promise_note": (
        "“Promised” is stricter than “found”: from this score on, the wanted share holds for new texts of the "
        "same kind "
        "with a certainty of at least 95 %. It is what the program goes by when a precision is asked for.",
        "“保证”比“测得”更严格：分数不低于该值时，对同类新文本以至少 95% 的把握达到要求的正确率。"
        "指定精确率时，程序以此为准。",
    ),
    "risk_about": (
        "Curve: the fewer texts are answered, the more of the answers are right.",
        "曲线：回答的文本越少，答案正确的比例越高。",
    ),
    "chart_answered": ("texts answered", "自动回答的文本"),
    "chart_right_of_answered": ("right among those answered", "已回答中的正确率"),
    "chart_mark": ("{precision} right at {coverage} answered", "回答 {coverage} 时正确率 {precision}"),
    # --- calibration ---
    "calibration_title": ("Whether its scores can be believed", "分数是否可信"),
    "calibration_text": (
        "Of answers with a score of 90 %, nine in ten should be right. On average the score misses the truth by "
        "{ece} "
        "(before calibration: {before}).",
        "分数为 90% 的答案，十个中应有九个正确。平均而言，分数与实际相差 {ece}（校准前：{before}）。",
    ),
    "reliability_about": (
        "Each dot is about a tenth of the texts: across its mean score, upwards the share that was right. Below "
        "the dashed "
        "line the skill is too sure of itself, above it too modest. Scores are read off the curve of the section "
        "before.",
        "每个点约为十分之一的文本：横轴为平均分数，纵轴为正确的比例。低于虚线表示过于自信，高于虚线表示过于保守。分数取自上一节的曲线。",
    ),
    "chart_score": ("score told", "给出的分数"),
    "chart_right": ("share right", "正确的比例"),
    "chart_ideal": ("score equals truth", "分数与实际一致"),
    "chart_this_skill": ("this skill", "本技能"),
    # --- labels ---
    "labels_title": ("Label by label", "各标签"),
    "labels_text": (
        "Precision: of the texts given this label, how many have it. Recall: of the texts that have it, how many "
        "were "
        "given it. F1 weighs both. The weakest labels stand first.",
        "精确率：被标为该标签的文本中确实属于它的比例。召回率：属于该标签的文本中被正确标出的比例。"
        "F1 兼顾两者。最弱的标签排在前面。",
    ),
    "labels_cut": (
        "{more} more labels, all better than these, are left out here.",
        "另有 {more} 个表现更好的标签未列出。",
    ),
    "column_label": ("label", "标签"),
    "column_precision": ("precision", "精确率"),
    "column_recall": ("recall", "召回率"),
    "column_f1": ("F1", "F1"),
    "column_texts": ("texts", "文本数"),
    "column_entities": ("places", "处数"),
    # --- confusion ---
    "confusion_title": ("What it mistakes for what", "容易混淆的标签"),
    "confusion_about": (
        "Rows are true labels, columns the answers, numbered alike. Blue is right, orange wrong; the darker, the "
        "larger its "
        "share of the row.",
        "行为真实标签，列为答案，编号相同。蓝色为正确，橙色为错误；颜色越深，占该行的比例越大。",
    ),
    "confusion_cut": (
        "The {shown} of {labels} labels with the most mix-ups are shown.",
        "显示 {labels} 个标签中混淆最多的 {shown} 个。",
    ),
    "confusion_pairs": ("The most frequent mix-ups:", "最常见的混淆："),
    "column_true": ("true label", "真实标签"),
    "column_answer": ("answer", "答案"),
    "column_times": ("times", "次数"),
    "column_of_label": ("share of the label", "占该标签的比例"),
    "chart_rows": ("true label", "真实标签"),
    "chart_columns": ("answer", "答案"),
    # --- slices ---
    "slices_title": ("Where it does better and worse", "在哪些文本上更好或更差"),
    "slices_text": (
        "Accuracy on parts of the held-out texts. Where two intervals lie apart, the difference is hardly luck.",
        "在部分留出文本上的正确率。区间互不重叠时，差异很难归于偶然。",
    ),
    "slices_about": ("Dots: accuracy. Pale bars: its 95 % interval.", "圆点：正确率。浅色条：其 95% 区间。"),
    "slice_length": ("Length in characters", "字符数"),
    "slice_language": ("Language or script", "语言或文字"),
    "slice_column": ("Column “{column}”", "列“{column}”"),
    "slice_texts": ("{value}: {texts} texts", "{value}：{texts} 条"),
    "length_short": ("short", "短"),
    "length_medium": ("medium", "中"),
    "length_long": ("long", "长"),
    "language_en": ("English", "英语"),
    "language_de": ("German", "德语"),
    "language_fr": ("French", "法语"),
    "language_es": ("Spanish", "西班牙语"),
    "language_it": ("Italian", "意大利语"),
    "language_pt": ("Portuguese", "葡萄牙语"),
    "language_nl": ("Dutch", "荷兰语"),
    "language_pl": ("Polish", "波兰语"),
    "language_zh": ("Chinese", "中文"),
    "language_ja": ("Japanese", "日语"),
    "language_ko": ("Korean", "韩语"),
    "language_Latin": ("Latin script", "拉丁文字"),
    "language_Cyrillic": ("Cyrillic script", "西里尔文字"),
    "language_Greek": ("Greek", "希腊语"),
    "language_Arabic": ("Arabic script", "阿拉伯文字"),
    "language_Hebrew": ("Hebrew", "希伯来语"),
    "language_Devanagari": ("Devanagari script", "天城文"),
    "language_Thai": ("Thai", "泰语"),
    # --- robustness ---
    "robust_title": ("When a text is written differently", "换一种写法时"),
    "robust_text": (
        "The same held-out texts, changed by the program. Only texts that a change touches are counted.",
        "由程序改写同一批留出文本。只计算确实被改动的文本。",
    ),
    "column_change": ("change", "改动"),
    "column_before": ("right before", "改动前正确率"),
    "column_after": ("right after", "改动后正确率"),
    "column_kept": ("same answer", "答案不变"),
    "change_typos": ("typing mistakes", "打字错误"),
    "change_upper case": ("ALL LARGE LETTERS", "全部大写"),
    "change_lower case": ("all small letters", "全部小写"),
    "change_negation": ("a negation put in or taken out", "加入或去掉否定"),
    "change_names": ("other person names", "更换人名"),
    "change_gender": ("women and men swapped", "男女互换"),
    "robust_negation": (
        "A negation often changes what a text means, above all its mood. There a changed answer may well be "
        "right, and "
        "only the share of same answers is told.",
        "否定往往改变文本的含义，尤其是情绪，此时改变答案可能正是对的，因此只列出答案不变的比例。",
    ),
    "robust_people": (
        "Names and genders should hardly ever change a label: {changed} of {texts} answers changed with the person.",
        "人名和性别几乎不应影响标签：{texts} 个答案中有 {changed} 个随人物而改变。",
    ),
    # --- out of scope ---
    "scope_title": ("Texts that fit no label", "不属于任何标签的文本"),
    "scope_text": (
        "The skill answers with one of its labels even where none fits; a low score is the only sign. To see how "
        "good a "
        "sign it is, some labels were left out of the teaching, and their texts played the strangers.",
        "即使没有合适的标签，技能也会给出其中一个；低分是唯一的信号。为检验其可靠性，训练时略去部分标签，把它们的文本当作陌生文本。",
    ),
    "scope_auroc": (
        "A stranger scores lower than a text that belongs in {auroc} of cases (50 % would be chance; {texts} "
        "foreign texts).",
        "陌生文本的分数低于所属文本的情况占 {auroc}（50% 为随机；共 {texts} 条陌生文本）。",
    ),
    "scope_turned": (
        "Where 95 % of the texts that belong are answered, {turned} of the strangers are turned away (scores "
        "below {threshold}).",
        "在回答 95% 所属文本的前提下，可拒绝 {turned} 的陌生文本（分数低于 {threshold}）。",
    ),
    "scope_turned_about": (
        "Where 95 % of the texts that belong are answered, {turned} of the strangers are turned away.",
        "在回答 95% 所属文本的前提下，可拒绝 {turned} 的陌生文本。",
    ),
    "scope_estimate": (
        "This is an estimate, made with a head on the unchanged encoder. The adapted layers of this skill were taught "
        "all labels, so no label is foreign to them; with its own scores it may do better or worse.",
        "以上为估计，由不变编码器上的分类头测得。本技能调整过的层已学过所有标签，没有哪个标签对它们是陌生的；"
        "用它自己的分数，结果可能更好，也可能更差。",
    ),
    "scope_left_out": ("Labels left out in turn: {labels}", "轮流略去的标签：{labels}"),
    # --- training ---
    "training_title": ("How it was taught", "训练过程"),
    "curve_about": (
        "Left: the error on taught texts, which falls while the skill learns. Right, where measured: how it does "
        "on texts it "
        "is not taught.",
        "左：训练文本上的误差，随学习下降。右（如有测量）：在未训练文本上的表现。",
    ),
    "chart_epoch": ("passes over the data", "遍历数据的次数"),
    "chart_loss": ("error (loss, nats)", "误差（损失，纳特）"),
    "chart_valid_accuracy": ("accuracy on held-out texts", "留出文本上的正确率"),
    "chart_valid_f1": ("F1 on held-out texts", "留出文本上的 F1"),
    "fact_dataset": ("Data set", "数据集"),
    "fact_valid": ("Checked on", "检验数据"),
    "fact_valid_held_out": ("texts held out of the data set", "从数据集中留出的文本"),
    "fact_texts": ("Texts taught / checked", "训练／检验文本数"),
    "fact_method": ("Method", "方法"),
    "fact_rounds": ("Passes or rounds", "轮数"),
    "fact_time": ("Time", "用时"),
    "fact_seconds": ("{seconds} s", "{seconds} 秒"),
    "fact_memory": ("Most memory used", "内存峰值"),
    "fact_size": ("Size of the skill", "技能大小"),
    "fact_seed": ("Seed", "随机种子"),
    "fact_int8": ("After shrinking to int8", "压缩为 int8 后"),
    "fact_int8_value": ("{int8} right, before {fp32}", "正确率 {int8}，压缩前 {fp32}"),
    "fact_fp32_kept": (
        "not shrunk: it would have lost too much ({int8} instead of {fp32})",
        "未压缩：损失过大（{int8}，原为 {fp32}）",
    ),
    "method_zero": ("nearest label description, nothing taught (zero-shot)", "最接近的标签描述，未训练（零样本）"),
    "method_head": ("a head on the bundled encoder, which stays as it is", "在不变的内置编码器上训练分类头"),
    "method_lora": ("LoRA: small matrices beside the encoder's upper layers", "LoRA：在编码器上层旁训练小矩阵"),
    "method_adalora": ("AdaLoRA: small matrices whose sizes are learned", "AdaLoRA：自适应秩的小矩阵"),
    "method_prefix": ("prefix-tuning: learned vectors before each layer's keys", "前缀微调：在各层键之前学习向量"),
    "method_full": ("full fine-tuning of the encoder's upper layers", "完整微调编码器上层"),
    "forgetting": (
        "Labels known before: {before} right before this training, {after} after it ({difference} points).",
        "原有标签：训练前正确率 {before}，训练后 {after}（{difference} 个百分点）。",
    ),
    # --- comparison ---
    "comparison_title": ("Beside the version before", "与上一版本比较"),
    "comparison_none": (
        "There was none, or no text was at hand that both could be asked.",
        "没有上一版本，或没有可供两者作答的文本。",
    ),
    "comparison_text": (
        "On {texts} texts that neither was taught, the version then in use was right {champion} times and this "
        "one {challenger} times.",
        "在双方均未训练过的 {texts} 条文本上，当时使用的版本答对 {champion} 次，本版本答对 {challenger} 次。",
    ),
    "comparison_promoted": ("This version was put to use.", "本版本已投入使用。"),
    "comparison_kept": (
        "That is worse than luck explains (p = {chance}), so this version was not put to use.",
        "差距超出偶然范围（p = {chance}），因此本版本未投入使用。",
    ),
    "comparison_table": (
        "Each version's own figures; they may rest on different texts.",
        "各版本自己的数字，可能基于不同的文本。",
    ),
    "column_version": ("version", "版本"),
    "column_method": ("method", "方法"),
    "column_accuracy": ("right answers", "正确率"),
    "column_ece": ("calibration error", "校准误差"),
    "this_version": ("{version} (this one)", "{version}（本版本）"),
    # --- mistakes, lint, limits ---
    "mistakes_title": ("The mistakes it was surest of", "最有把握的错误"),
    "mistakes_text": (
        "Look here first: such texts are often labelled wrongly in the data, or two labels mean the same.",
        "请先看这里：这些文本往往在数据中标错，或两个标签含义相同。",
    ),
    "mistakes_none": ("None was kept.", "未保存任何错误。"),
    "column_text": ("text", "文本"),
    "column_place": ("place", "位置"),
    "column_score": ("score", "分数"),
    "no_label": ("(no label known to the skill)", "（技能未知的标签）"),
    "nothing_there": ("(nothing)", "（无）"),
    "lint_title": ("What was remarked in the data", "数据检查"),
    "lint_none": ("Nothing was remarked.", "未发现问题。"),
    "severity_error": ("error", "错误"),
    "severity_warning": ("warning", "警告"),
    "severity_note": ("note", "提示"),
    "column_severity": ("weight", "级别"),
    "column_finding": ("finding", "发现"),
    "column_examples": ("examples", "示例"),
    "notes_title": ("Decided on the way", "训练中的决定"),
    "limits_title": ("What it cannot do", "局限"),
    "limit_always": (
        "It answers with one of its labels even where none fits; ask for a precision to let it abstain.",
        "即使没有合适的标签，它也会给出其中一个；指定精确率可让它弃答。",
    ),
    "limit_texts": (
        "The numbers hold for texts like those it was taught; other sources, times or languages need a new check.",
        "以上数字只适用于与训练数据相似的文本；换了来源、时间或语言需重新检验。",
    ),
    "limit_english": (
        "It reads English; texts in scripts that the encoder does not know are not understood.",
        "它读英语；编码器不认识的文字无法理解。",
    ),
    "limit_zero": (
        "It knows the labels' names only, and works where names say what the texts are about.",
        "它只知道标签的名称，只有当名称能说明文本主题时才有效。",
    ),
    "limit_entities": (
        "Only exact matches count: a name found one word too long is a mistake in these figures.",
        "只计完全匹配：多出一个词的名称在此也算错误。",
    ),
    "limit_negation": (
        "It was measured to keep {kept} of its answers when a negation comes or goes; texts whose label hangs on "
        "a “not” need a look.",
        "测得加入或去掉否定后仍有 {kept} 的答案不变；标签取决于“不”的文本需人工查看。",
    ),
    "limit_machine": (
        "It is a program that learned from examples. Decisions about people need a person who is answerable for them.",
        "它是从示例中学习的程序。涉及人的决定须由负责的人作出。",
    ),
    "fonts": (
        "Characters shown as □ are missing from this PDF's fonts; the HTML report shows them all.",
        "显示为 □ 的字符在此 PDF 的字体中缺失；HTML 报告可完整显示。",
    ),
    "page": ("page {page}", "第 {page} 页"),
}

# The check of the data writes English; these are its findings in Chinese, by code.
LINT: dict[str, str] = {
    "empty_text": "{n} 行没有文本。",
    "long_text": "{n} 条文本过长，只计开头部分。",
    "personal_data": "{n} 行含有个人信息。",
    "duplicates": "{n} 行与前面的文本重复。",
    "conflicting_labels": "{n} 条文本在不同行中标签不同。",
    "empty_label": "{n} 行没有标签。",
    "similar_labels": "{n} 个标签只在大小写或空格上不同。",
    "many_labels": "标签多达 {n} 个，此列不像标签。",
    "few_examples": "{n} 个标签的示例太少。",
    "imbalance": "各标签的数量悬殊。",
    "leakage": "{n} 条检验文本也在训练数据中，已不用于检验。",
    "unknown_labels": "检验数据中有 {n} 个标签未训练，其文本计为错误。",
    "label_noise": "根据其他文本判断，{n} 条文本的标签可能有误。",
    "one_each": "每个标签只有一条文本：它被当作标签的描述，没有剩余文本可供检验。",
    "near_duplicates": "{n} 条文本与前面的文本几乎相同。",
    "near_conflicts": "{n} 条文本与前面的文本几乎相同，但标签不同。",
    "near_leakage": "{n} 条检验文本与训练文本几乎相同；除非所剩太少，否则不用于检验。",
    "conflicting_spans": "{n} 行与前面的文本相同，但标注不同。",
    "overlapping_spans": "{n} 处标注与更长的标注重叠，只训练更长的。",
    "blank_spans": "{n} 处标注只含空格，已略去。",
    "loose_spans": "{n} 处标注首尾有空格，训练时已去掉。",
    "without_entities": "{n} 条文本没有实体；若无遗漏，它们说明什么不是实体。",
    "unmarked_mentions": "{n} 处出现了别处标注过的词，此处却未标注。",
    "torn_mentions": "{n} 个词语在不同位置的标签不同。",
    "read_in_windows": "{n} 条文本过长，分段阅读。",
}

"""What transformers and llama.cpp make of a folder and of the file that was made from it; run as a process of its own.

python peers.py build FOLDER        a folder and what transformers computes, for each case of `CASES`
python peers.py run FOLDER          what llama.cpp computes over FOLDER/*.gguf
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TEXTS = (
    "The desk answers every question of its customers, and it says where each answer stands.",
    "  two  spaces\n\n\nthree lines\t tab\nend ",
    "Order 4,812.50 was sent on 03/05/2024; it's the customer's 2nd (of 3). DON'T we'll",
    "naïve café – “quotes” 退款需要五天。 😀 Привет",
    "def f(x):\n    return x[0] + 1  # 100%\n",
    "a",
)
LONG = (
    "Whoever wants to send something back writes to the desk within thirty days. The desk looks at the order, asks for "
    "a picture where something is broken, and sends a label. What was paid is paid back within five working days. "
)
TALK = [
    {"role": "user", "content": "Hello there. Where is order 12?"}, {"role": "assistant", "content": "On its way."},
    {"role": "user", "content": " And 13"},
]  # fmt: skip
SMALL = {"hidden_size": 64, "intermediate_size": 96, "num_attention_heads": 4, "num_hidden_layers": 3}
WORDS = 700
SHORT = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
THREES = SHORT + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
ONES = THREES.replace("{1,3}", "")
CASED = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
    r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TEKKEN = CASED.replace(SHORT + "?", "").replace("{1,3}", "")
LLAMA3 = {
    "rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
    "original_max_position_embeddings": 32,
}  # fmt: skip
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}<|im_start|>assistant\n"
)
# Name: class of config, further settings, tokenizer. "cut": an expression; "spm": SentencePiece in tokenizer.json;
# "spm-first", "spm-never": where its space goes; "spm-file": tokenizer.model alone.
CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "llama3": ("Llama", {"num_key_value_heads": 2, "rope_scaling": LLAMA3, "attention_bias": True, "mlp_bias": True,
                         "rope_theta": 5000.0}, "cut:" + THREES),
    "llama2": ("Llama", {"rope_scaling": {"rope_type": "linear", "factor": 2.0}, "tie_word_embeddings": True}, "spm"),
    "llama2-file": ("Llama", {"num_key_value_heads": 1}, "spm-file"),
    "llama-odd": ("Llama", {"hidden_size": 48, "intermediate_size": 80}, "gpt2"),
    "mistral": ("Mistral", {"num_key_value_heads": 2, "head_dim": 24, "sliding_window": 64}, "spm-first"),
    "mistral-tekken": ("Mistral", {"num_key_value_heads": 4, "sliding_window": None}, "cut:" + TEKKEN),
    "smollm": ("Llama", {"num_key_value_heads": 4, "tie_word_embeddings": True}, "digits"),
    "qwen2": ("Qwen2", {"num_key_value_heads": 2, "rope_theta": 1e6}, "cut:" + ONES),
    "qwen2-yarn": ("Qwen2", {"num_key_value_heads": 2, "tie_word_embeddings": True, "rope_scaling": {
        "rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64}}, "cut:" + ONES),
    "qwen3": ("Qwen3", {"num_key_value_heads": 2, "head_dim": 32}, "cut:" + ONES),
    "gemma": ("Gemma", {"num_key_value_heads": 1, "head_dim": 32}, "spm-never"),
    "gemma2": ("Gemma2", {"num_key_value_heads": 2, "head_dim": 32, "query_pre_attn_scalar": 32, "sliding_window": 16,
                          "attn_logit_softcapping": 5.0, "final_logit_softcapping": 3.0}, "spm-never"),
    "gemma3": ("Gemma3Text", {"num_key_value_heads": 2, "head_dim": 32, "query_pre_attn_scalar": 32,
                              "num_hidden_layers": 7, "sliding_window": 16, "rope_theta": 1e5,
                              "rope_local_base_freq": 5e3, "rope_scaling": {"rope_type": "linear", "factor": 4.0}},
               "spm-never"),
    "gemma3-seeing": ("Gemma3Text", {"num_key_value_heads": 2, "head_dim": 32, "query_pre_attn_scalar": 32,
                                     "num_hidden_layers": 4, "sliding_window": 16,
                                     "layer_types": ["sliding_attention", "full_attention"] * 2}, "spm-never"),
    "phi3": ("Phi3", {"num_key_value_heads": 2, "sliding_window": 200, "pad_token_id": 0}, "spm"),
    "phi4": ("Phi3", {"num_key_value_heads": 2, "partial_rotary_factor": 0.75, "pad_token_id": 0,
                      "max_position_embeddings": 512, "original_max_position_embeddings": 256,
                      "rope_scaling": {"type": "longrope", "short_factor": [1.0, 1.1, 1.2, 1.3, 1.4, 1.5],
                                       "long_factor": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]}}, "cut:" + CASED),
}  # fmt: skip
HALF = ("qwen2", "mistral")
"""Stored as bfloat16."""


def corpus() -> list[str]:
    """English and some Chinese, from the program's own documents."""
    found = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))]
    return [*found, *TEXTS, LONG, "退款需要五天。请写信给客服。 Привет, как дела?\n" * 4]


def trained(pre: Any, specials: list[str], words: int, **model: Any) -> Any:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE(**model))
    made.pre_tokenizer = pre
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=words, special_tokens=specials, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )  # fmt: skip
    made.train_from_iterator(corpus(), trainer)
    return made


def byte_level(kind: str) -> Any:
    """A tokenizer of GPT-2's kind."""
    from tokenizers import Regex, normalizers, pre_tokenizers, processors

    level = pre_tokenizers.ByteLevel
    plain = level(add_prefix_space=False, use_regex=False)
    if kind == "gpt2":
        pre: Any = level(add_prefix_space=False)
    elif kind == "digits":
        pre = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), level(add_prefix_space=False)])
    else:
        cut = pre_tokenizers.Split(Regex(kind.removeprefix("cut:")), "isolated")
        pre = pre_tokenizers.Sequence([cut, plain])
    expression = kind.removeprefix("cut:")
    whole = {"ignore_merges": True} if expression in (THREES, TEKKEN) else {}
    made = trained(pre, ["<|begin|>", "<|im_start|>", "<|im_end|>"], WORDS - 20, **whole)
    made.add_tokens(["<tool>"])
    if expression == ONES:
        made.normalizer = normalizers.NFC()
    if expression == THREES:
        made.post_processor = processors.TemplateProcessing(
            single="<|begin|> $A", pair="<|begin|> $A $B", special_tokens=[("<|begin|>", 0)]
        )
    return made


def pieces() -> list[str]:
    """Pieces as SentencePiece would learn them, best first, then single characters."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")
    made.train_from_iterator(corpus(), trainers.BpeTrainer(vocab_size=430, show_progress=False, limit_alphabet=90))
    ordered = sorted(made.get_vocab(), key=made.get_vocab().__getitem__)
    return [one for one in ordered if len(one) > 1] + [one for one in ordered if len(one) == 1]


def sentence_pieces(kind: str) -> Any:
    """A tokenizer as transformers makes it of SentencePiece's file: all pairs that make a piece, the best first."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    listed = ["<unk>", "<s>", "</s>", *(f"<0x{one:02X}>" for one in range(256)), *pieces()]
    vocab = {text: number for number, text in enumerate(listed)}
    merges = []
    for text in listed[259:]:
        pairs = [(text[:at], text[at:]) for at in range(1, len(text))]
        merges += sorted(
            [pair for pair in pairs if pair[0] in vocab and pair[1] in vocab], key=lambda p: (vocab[p[0]], vocab[p[1]])
        )
    made = Tokenizer(models.BPE(vocab, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    marks = [normalizers.Replace(" ", "▁")]
    if kind in ("spm", "spm-file"):
        made.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), *marks])
    elif kind == "spm-first":
        made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=False)
    else:
        made.normalizer = marks[0]
        made.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    made.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    made.add_special_tokens([AddedToken(one, normalized=False) for one in ("<unk>", "<s>", "</s>")])
    made.add_special_tokens([AddedToken("<|im_start|>", normalized=False), AddedToken("<|im_end|>", normalized=False)])
    made.post_processor = processors.TemplateProcessing(single="<s> $A", pair="<s> $A $B", special_tokens=[("<s>", 1)])
    return made


def sentence_file(made: Any) -> bytes:
    """tokenizer.model of such a tokenizer."""
    listed = sorted(made.get_vocab(with_added_tokens=False).items(), key=lambda item: item[1])
    return sentence_bytes([(text, 0.0 if number < 259 else 258.0 - number) for text, number in listed])


def sentence_bytes(listed: list[tuple[str, float]]) -> bytes:
    """SentencePiece's file (a protocol buffer) of pieces and their scores, in order."""
    import struct

    def varint(value: int) -> bytes:
        out = b""
        while value > 127:
            out, value = out + bytes([value & 127 | 128]), value >> 7
        return out + bytes([value])

    def message(field: int, body: bytes) -> bytes:
        return varint(field << 3 | 2) + varint(len(body)) + body

    def number(field: int, value: int) -> bytes:
        return varint(field << 3) + varint(value)

    out = b""
    for text, score in listed:
        kind = 2 if text == "<unk>" else 3 if text in ("<s>", "</s>") else 6 if text.startswith("<0x") else 1
        body = message(1, text.encode()) + b"\x15" + struct.pack("<f", score)
        out += message(1, body + (number(3, kind) if kind != 1 else b""))
    trainer = number(3, 2) + number(40, 0) + number(41, 1) + number(42, 2) + number(43, (1 << 64) - 1)
    return out + message(2, trainer) + message(3, message(1, b"identity") + number(3, 1))


def build(root: Path) -> None:
    import torch
    import transformers

    torch.manual_seed(0)
    transformers.utils.logging.set_verbosity_error()
    for name, (family, settings, kind) in CASES.items():
        made = sentence_pieces(kind) if kind.startswith("spm") else byte_level(kind)
        specials = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
        if not kind.startswith("spm"):
            specials = {"bos_token": "<|begin|>", "eos_token": "<|im_end|>"}
        tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=made, **specials)
        if name in ("mistral", "qwen2"):
            tokenizer.chat_template = CHATML if name == "qwen2" else "<s>" + CHATML
        config = getattr(transformers, f"{family}Config")(
            **{"vocab_size": WORDS, "max_position_embeddings": 256, **SMALL, "initializer_range": 0.15, **settings},
            bos_token_id=made.token_to_id(specials["bos_token"]), eos_token_id=made.token_to_id(specials["eos_token"]),
        )  # fmt: skip
        config._attn_implementation = "eager"
        model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
        with torch.no_grad():
            for parameter in model.parameters():
                if parameter.ndim == 1:
                    parameter.add_(torch.randn_like(parameter) * 0.2)
                if name in HALF:
                    parameter.copy_(parameter.to(torch.bfloat16))
        folder = root / name
        tokenizer.save_pretrained(folder)
        texts, rows = [tokenizer(text)["input_ids"] for text in TEXTS], {}
        longest = tokenizer(LONG, add_special_tokens=False)["input_ids"][:100]
        with torch.no_grad():
            rows["logits"] = model(torch.tensor([longest])).logits[0].float().numpy()
        rows["tokens"] = np.array(longest)
        said = {"texts": texts}
        if tokenizer.chat_template:
            said["chat"] = tokenizer.apply_chat_template(TALK, add_generation_prompt=True, tokenize=True)
        (root / f"{name}.json").write_text(json.dumps(said))
        np.savez(root / f"{name}.npz", **rows)
        stored = model.to(torch.bfloat16) if name in HALF else model
        stored.save_pretrained(folder, max_shard_size="150KB" if name == "qwen3" else "1GB")
        if kind == "spm-file":
            (folder / "tokenizer.model").write_bytes(sentence_file(made))
            (folder / "tokenizer.json").unlink()
        if name == "gemma3-seeing":
            see(folder)


def see(folder: Path) -> None:
    """Make a folder as one of the same family that also looks at pictures."""
    from safetensors.numpy import load_file, save_file

    tensors = load_file(folder / "model.safetensors")
    tensors = {f"language_model.{name}": one for name, one in tensors.items()}
    tensors["vision_tower.patch.weight"] = np.ones((2, 3, 4, 4), np.float32)
    save_file(tensors, folder / "model.safetensors")
    config = json.loads((folder / "config.json").read_text())
    outer = {"model_type": "gemma3", "architectures": ["Gemma3ForConditionalGeneration"], "text_config": config}
    (folder / "config.json").write_text(json.dumps(outer))


def run(root: Path) -> None:
    import llama_cpp

    for path in sorted(root.glob("*.gguf")):
        name = path.name.split(".")[0]
        tokens = np.load(root / f"{name}.npz")["tokens"]
        model = llama_cpp.Llama(
            str(path), n_ctx=256, logits_all=True, verbose=False, n_threads=2, type_k=0, type_v=0, flash_attn=False
        )
        texts = [model.tokenize(text.encode(), add_bos=True, special=True) for text in TEXTS]
        model.eval(tokens.tolist())
        np.savez(root / f"{path.stem}.llama.npz", logits=np.array(model.scores[: len(tokens)]))
        (root / f"{path.stem}.llama.json").write_text(json.dumps({"texts": texts, "chat": talk(path)}))
        model.close()


def talk(path: Path) -> list[int]:
    """The tokens of a conversation as the program puts it to a generator; none where the file has no template."""
    sys.path.insert(0, str(ROOT))
    from engine.runtimes.gguf.facts import facts_of
    from engine.runtimes.gguf.header import read_header
    from engine.runtimes.gguf.template import ChatTemplate, Turn
    from engine.runtimes.gguf.vocabulary import read_steering
    from engine.runtimes.llama_vocabulary import vocabulary_of

    header = read_header(path)
    source, marks = facts_of(header).template, read_steering(header)
    if not source:
        return []
    template = ChatTemplate("x", source, begin=marks.begin, end=marks.end, control=marks.control)
    text = template.render([Turn(one["role"], one["content"]) for one in TALK])
    with vocabulary_of(path) as vocabulary:
        begin = vocabulary.adds_begin and not text.startswith(marks.begin)
        return vocabulary.tokens(text, begin=begin, special=True)


if __name__ == "__main__":
    {"build": build, "run": run}[sys.argv[1]](Path(sys.argv[2]))

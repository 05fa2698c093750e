"""Hugging Face folders (config, safetensors, tokenizer) turned into GGUF files, with numpy alone and bounded memory."""

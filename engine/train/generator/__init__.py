"""Teaching generators: LoRA over the weights of a GGUF file, its adapter for llama.cpp and for PEFT, and merging."""

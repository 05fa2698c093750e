"""The command line: parse, build a request, call the engine, print. No work of its own."""

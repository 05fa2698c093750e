"""One function per request, thin: they put the stages together. Modules are listed in `engine.host.registry`."""

"""What the handlers of models need: the bundled ones, descriptions, export and import."""

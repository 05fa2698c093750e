"""Why a skill answered as it did: which words of a text its label hangs on."""

"""Which quotes are one utterance, each in the wording of its outlet: statements of one speaker, and of several."""

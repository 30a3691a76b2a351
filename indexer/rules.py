"""The version of the rules by which events are recognised, placed, labelled and merged."""

__all__ = ["RULES"]

#: Grows with every change of enrichment or identity that may change what is concluded of the same observations;
#: `hobnob rejudge` repeats what older rules concluded.
RULES = 3

"""One analysis for all engines: text to tokens, for documents and for what people type.

Engines index the tokens as they are and look up the terms as they are, so that every engine finds the same.
"""

from indexer.analysis.folding import fold
from indexer.analysis.terms import QueryTerms, Term, query_terms
from indexer.analysis.words import tokens, words

__all__ = ["QueryTerms", "Term", "fold", "query_terms", "tokens", "words"]

"""The Elasticsearch engine: a cluster, by URL, for those who outgrow one machine."""

from indexer.engines.elasticsearch.connection import Access
from indexer.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["Access", "ElasticsearchEngine"]

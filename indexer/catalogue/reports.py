"""The small JSON texts beside the vocabulary's: a FetchReport, the fields of a change, a source's standing."""

from collections.abc import Mapping

import msgspec

from hobnob import jsonlines
from hobnob.observations import FetchReport
from indexer.upkeep.breaker import Standing

__all__ = ["decode_fields", "decode_report", "decode_standing", "encode_fields", "encode_report", "encode_standing"]

_report = msgspec.json.Decoder(FetchReport)
_standing = msgspec.json.Decoder(Standing)
_fields = msgspec.json.Decoder(dict[str, tuple[str | None, str | None]])


def encode_report(report: FetchReport) -> str:
    return jsonlines.encode(report).decode()


def decode_report(text: str) -> FetchReport:
    return _report.decode(text)


def encode_fields(fields: Mapping[str, tuple[str | None, str | None]]) -> str:
    return jsonlines.encode(fields).decode()


def decode_fields(text: str) -> dict[str, tuple[str | None, str | None]]:
    return _fields.decode(text)


def encode_standing(standing: Standing) -> str:
    return jsonlines.encode(standing).decode()


def decode_standing(text: str) -> Standing:
    return _standing.decode(text)

"""The two small JSON texts beside the vocabulary's: a FetchReport, and the fields of a change."""

from collections.abc import Mapping

import msgspec

from hobnob import jsonlines
from hobnob.observations import FetchReport

__all__ = ["decode_fields", "decode_report", "encode_fields", "encode_report"]

_report = msgspec.json.Decoder(FetchReport)
_fields = msgspec.json.Decoder(dict[str, tuple[str | None, str | None]])


def encode_report(report: FetchReport) -> str:
    return jsonlines.encode(report).decode()


def decode_report(text: str) -> FetchReport:
    return _report.decode(text)


def encode_fields(fields: Mapping[str, tuple[str | None, str | None]]) -> str:
    return jsonlines.encode(fields).decode()


def decode_fields(text: str) -> dict[str, tuple[str | None, str | None]]:
    return _fields.decode(text)

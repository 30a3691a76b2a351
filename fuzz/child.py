"""One run of libFuzzer on one target, in a process of its own: python -m fuzz.child TARGET KNOWN [libFuzzer's options].

KNOWN is a file with the signatures of mistakes that were found already, one a line: they are passed over.
"""

import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["crawlers.readers", "hobnob"]):
    import crawlers.readers

    for module in pkgutil.walk_packages(crawlers.readers.__path__, "crawlers.readers."):
        import_module(module.name)

# Only now, for what it imports must have been instrumented.
from fuzz.oracle import check, signature


def main() -> None:
    name, known_file = sys.argv[1:3]
    known = set(Path(known_file).read_text(encoding="utf-8").splitlines())

    def one_input(data: bytes) -> None:
        try:
            check(name, data)
        except Exception as error:  # whatever comes out of a reader, but for its ReadError, is a finding
            if signature(error) not in known:
                raise

    atheris.Setup([sys.argv[0], *sys.argv[3:]], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

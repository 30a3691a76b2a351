"""A crawl in parts: each source in one of them, and all of a host in the same."""

import json
from urllib.parse import urlsplit

import pytest

from cli.sharding import part
from crawlers.sources import load
from hobnob.errors import BadValue


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_every_source_is_in_one_part_and_a_host_in_no_two(parts) -> None:
    sources = load().values()
    shared = [part(sources, f"{number}/{parts}") for number in range(1, parts + 1)]
    assert sorted(source.name for some in shared for source in some) == sorted(source.name for source in sources)
    hosts = [{urlsplit(source.url).netloc for source in some} for some in shared]
    assert sum(map(len, hosts)) == len(set().union(*hosts))
    assert all(hosts)


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "1/0", "a/b", "-1/2", "1/2/3", "", "1/99999999"])
def test_what_is_no_part(shard) -> None:
    with pytest.raises(BadValue, match="is not a shard"):
        part([], shard)


def test_the_parts_of_a_crawl_are_the_crawl(run, config, tmp_path) -> None:
    event = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{}\nDTSTART:20991201T180000Z\nSUMMARY:{}\nEND:VEVENT\nEND:VCALENDAR\n"
    declared = ""
    for name in ("ada", "bob", "cyd", "dee", "eve"):
        (config.parent / "sources" / f"{name}.ics").write_text(event.format(name, name), encoding="utf-8")
        declared += f'[[source]]\nname = "{name}"\ntitle = "{name}"\nurl = "file:{name}.ics"\nreader = "ics"\n'
    (config.parent / "sources" / "own.toml").write_text(declared, encoding="utf-8")
    first, second = (json.loads(run("crawl", "--shard", shard, "-f", "json").out) for shard in ("1/2", "2/2"))
    assert sorted(report["source"] for report in first + second) == ["ada", "bob", "cyd", "dee", "eve"]
    assert run("crawl", "ada", "--shard", "2/1").code == 2

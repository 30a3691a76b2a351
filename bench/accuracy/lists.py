"""The lists that labels speak of: which repository, which commit, how it is read, and what it says.

confs.tech's is in the tests' cases; the others are read from clones, since we may name them but not pass them on.
"""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from bench.accuracy import later_readers, local_readers
from bench.accuracy import list_readers as readers
from bench.accuracy.list_readers import Files
from bench.accuracy.listing import Listing

__all__ = ["LATER", "LISTS", "ListOf", "Lists", "confs_tech"]

_CONFS_TECH = Path(__file__).parents[2] / "tests" / "cases" / "confs-tech" / "conferences"


def confs_tech() -> list[Listing]:
    """All conferences of confs.tech, by year and topic."""
    paths = sorted(_CONFS_TECH.glob("*/*.json"))
    texts = {f"{path.parent.name}/{path.name}": path.read_text("utf-8") for path in paths}
    return list(readers.confs_tech(texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """Where a list stands: `repository` is "OWNER/NAME" on GitHub; `paths` are those that `read` is given."""

    repository: str
    commit: str
    paths: tuple[str, ...]
    read: Callable[[Files], Iterator[Listing]]


LISTS = {
    "python-deadlines": ListOf(
        repository="JesperDramsch/python-deadlines",
        commit="7189d2148a0de31de51896e30939becf98f76558",
        paths=("_data/archive.yml", "_data/legacy.yml", "_data/conferences.yml"),
        read=readers.python_deadlines,
    ),
    "python-organizers": ListOf(
        repository="python-organizers/conferences",
        commit="f0adf0fd7ef07cbeff10d3566af778f05a3e8e4e",
        paths=("*.csv",),
        read=readers.python_organizers,
    ),
    "ruby-conferences": ListOf(
        repository="ruby-conferences/ruby-conferences.github.io",
        commit="1378e2f3fece18c279418fc63368cab1263726cc",
        paths=("_data/conferences.yml", "_data/meetups.yml"),
        read=readers.ruby_conferences,
    ),
    "rubyevents": ListOf(
        repository="rubyevents/rubyevents",
        commit="13a6abc917bc02089bd2ba81ab915e406e1a1ea1",
        paths=("data/*/event.yml",),
        read=readers.rubyevents,
    ),
    "testing-conferences": ListOf(
        repository="TestingConferences/testingconferences.github.io",
        commit="10267d59e9b86db2522f13928b38acf5f4577ef1",
        paths=("_data/past.yml", "_data/current.yml"),
        read=readers.testing_conferences,
    ),
    "android-study-group": ListOf(
        repository="AndroidStudyGroup/conferences",
        commit="348c08224d1d58558143c375fc43043afecbfc83",
        paths=("_conferences/*.md",),
        read=readers.android_study_group,
    ),
    "cocoa-conferences": ListOf(
        repository="Lascorbe/CocoaConferences",
        commit="9a9847213c5711feea31190b7dd08184967a8842",
        paths=("_data/conferences.yml",),
        read=readers.cocoa_conferences,
    ),
    "code-and-talk": ListOf(
        repository="szabgab/codeandtalk.com",
        commit="53aec27d490f1310799ffb690b7b17a047f233d3",
        paths=("data/events/*.json",),
        read=readers.code_and_talk,
    ),
    "ccf-deadlines": ListOf(
        repository="ccfddl/ccf-deadlines",
        commit="5f8dce347bc17783bc6cd50509e07cc0196863b4",
        paths=("conference/*.yml",),
        read=readers.ccf_deadlines,
    ),
    "sec-deadlines": ListOf(
        repository="sec-deadlines/sec-deadlines.github.io",
        commit="5d685c0bb227cfc2ff6f7298bf17af202f71b2c0",
        paths=("_data/conferences.yml",),
        read=readers.sec_deadlines,
    ),
    "ai-deadlines": ListOf(
        repository="huggingface/ai-deadlines",
        commit="de9f41b1e2b8611d9a29f5206be4e14fa2d99fce",
        paths=("src/data/conferences/*.yml",),
        read=readers.ai_deadlines,
    ),
    "papers-with-code": ListOf(
        repository="paperswithcode/ai-deadlines",
        commit="4d6b247f7b56edd04a2d90f106a4d49ee80ee836",
        paths=("_data/conferences.yml",),
        read=readers.ai_deadlines,
    ),
    "light-calendar": ListOf(
        repository="EPFLiGHT/LiGHT-Conferences-Calendar",
        commit="e2127d1cc6d4d9ddb3832a2ade55c355a2a7d90d",
        paths=("public/data/*.yaml",),
        read=readers.ai_deadlines,
    ),
    "awesome-italy-events": ListOf(
        repository="ildoc/awesome-italy-events",
        commit="6a5ace4266532a2e20da5855c6639b2d24d21167",
        paths=("data/*.json",),
        read=readers.awesome_italy_events,
    ),
    "cron-quiles": ListOf(
        repository="shellaquiles/cron-quiles",
        commit="57623d611bc74a636fe1a666266ebf3fdc009c5a",
        paths=("data/history.json",),
        read=local_readers.cron_quiles,
    ),
    "coerde": ListOf(
        repository="Coerdeevents/coerde-events",
        commit="3e140925c4c15d35ffc34f34bb3f89da681aae34",
        paths=("data/events.json",),
        read=local_readers.coerde,
    ),
    "bristol-improv": ListOf(
        repository="Kaluuja/bristol-improv-calendar",
        commit="3820e3d10143400cce2021f1c3eefb8fa58ec29a",
        paths=("events.json",),
        read=local_readers.bristol_improv,
    ),
    "lgbt-history": ListOf(
        repository="kimadactyl/lgbthistoryfestival",
        commit="dd6dcc4a8afe48853f1e0494b7a5375e53911f06",
        paths=("ical/calendar.csv",),
        read=local_readers.lgbt_history,
    ),
    "chicago-council": ListOf(
        repository="City-Bureau/city-scrapers",
        commit="292e3f20e2b0cf044e8571bd3acf9cd84249af30",
        paths=("tests/files/chi_citycouncil.json",),
        read=local_readers.chicago_council,
    ),
    "cook-county": ListOf(
        repository="City-Bureau/city-scrapers",
        commit="292e3f20e2b0cf044e8571bd3acf9cd84249af30",
        paths=("tests/files/cook_board.json", "tests/files/cook_forest_preserves.json"),
        read=local_readers.cook_county,
    ),
    "206events": ListOf(
        repository="prestomation/206events",
        commit="d5404b1b48a734e32a21952981977ba0294c6d77",
        paths=("event-duplicate-cache.json", "sources/*.yaml"),
        read=local_readers.seattle_206,
    ),
    "infosec-events": ListOf(
        repository="xsa/infosec-events",
        commit="3dd775ee486f04632ad67f85bfaed0771143c928",
        paths=("20*.md", "README.md"),
        read=later_readers.infosec_events,
    ),
    "awesome-tech": ListOf(
        repository="ThorstenHans/awesome-tech-conferences",
        commit="9e12091a818d208e3f52fcefe4c3a409f9300152",
        paths=("confs-2022.yaml", "confs-2023.yaml", "data/confs.yaml"),
        read=later_readers.awesome_tech,
    ),
    "march-2020": ListOf(
        repository="mesopotamia/conferences",
        commit="56453e3b1cc119b34ee98d948e480cce3ef54063",
        paths=("data.js",),
        read=later_readers.march_2020,
    ),
    "muensterland": ListOf(
        repository="mastermint-63/Veranstaltungen_in_MS",
        commit="66843efb8cc77153e0f1229ad1e8d827e5b58797",
        paths=("veranstaltungen_2026_0*.html",),
        read=later_readers.muensterland,
    ),
    "gran-canaria": ListOf(
        repository="meloler/agenda-cultural-gc-v2",
        commit="6779529cd992172bf1c280599752cd5439363a19",
        paths=("scrapers/evidencia_excels_scraping_full.json",),
        read=later_readers.gran_canaria,
    ),
    "toulouse": ListOf(
        repository="GDGToulouse/toulouse-tech-hub",
        commit="f8e85b0bca5ff0e4ce7d15df75ee83bd609c2ddd",
        paths=("_events/*.html",),
        read=later_readers.toulouse,
    ),
    "munich-december": ListOf(
        repository="siyanko/er-search-page",
        commit="4837d5b412553e6c6cae6310b5a9ba890362a3a5",
        paths=("munich-december-events.js",),
        read=later_readers.munich_december,
    ),
}

LATER = frozenset({
    "infosec-events", "awesome-tech", "march-2020", "muensterland", "gran-canaria", "toulouse", "munich-december",
})  # fmt: skip
"""Those whose pairs were drawn by hand, after the two halves were."""


class Lists:
    """The lists in a folder of clones (or bare repositories) named OWNER+NAME or NAME, each read once."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._read: dict[str, dict[str, Listing] | None] = {}

    def __getitem__(self, name: str) -> dict[str, Listing] | None:
        """By locator; None when there is no clone of it with its commit."""
        if name not in self._read:
            self._read[name] = self._of(LISTS[name])
        return self._read[name]

    def _of(self, wanted: ListOf) -> dict[str, Listing] | None:
        clone = self.clone(wanted.repository)
        if clone is None or not clone.has(wanted.commit):
            return None
        return {listing.locator: listing for listing in wanted.read(clone.files(wanted.commit, wanted.paths))}

    def clone(self, repository: str) -> "Clone | None":
        owner, name = repository.split("/")
        if self.folder is None:
            return None
        for place in (self.folder / f"{owner}+{name}", self.folder / f"{owner}+{name}" / "repo", self.folder / name):
            for directory in (place / ".git", place):
                if (directory / "HEAD").is_file():
                    return Clone(directory)
        return None


class Clone:
    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def _git(self, *arguments: str, told: bytes = b"") -> bytes:
        command = ["git", f"--git-dir={self.directory}", *arguments]
        return subprocess.run(command, input=told, capture_output=True, check=True).stdout

    def has(self, commit: str) -> bool:
        try:
            self._git("cat-file", "-e", f"{commit}^{{commit}}")
        except subprocess.CalledProcessError:
            return False
        return True

    def files(self, commit: str, patterns: tuple[str, ...]) -> Files:
        """Those whose path is like one of the patterns, where * stands for anything, "/" included."""
        listed = self._git("ls-tree", "-r", "-z", "--name-only", commit).decode("utf-8", "replace").split("\0")
        paths = [path for path in listed if any(fnmatchcase(path, pattern) for pattern in patterns)]
        told = "".join(f"{commit}:{path}\n" for path in paths).encode()
        answer, found = self._git("cat-file", "--batch", told=told), {}
        for path in paths:
            head, _, answer = answer.partition(b"\n")
            size = int(head.split()[-1])
            found[path], answer = answer[:size].decode("utf-8-sig", "replace"), answer[size + 1 :]
        return found

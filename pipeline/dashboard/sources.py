"""What a person may hand in: text, a file, a link, a sample."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """Text typed or pasted; `name` tells one from the next."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file's bytes; `sample` is the label of one of our own, else ""."""

    name: str
    data: bytes
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A file on the machine that runs Nostrum, named when the dashboard was started."""

    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address on the web."""

    url: str


Source = Pasted | Upload | Local | Link


def name_of(source: Source) -> str:
    """Give the name a person knows the source by."""
    match source:
        case Link(url=url):
            return url
        case Local(path=path):
            return path.name
        case _:
            return source.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An article of our own that ships with the dashboard."""

    file: str
    label: str
    about: str

    def upload(self) -> Upload:
        """Read the sample as if it had been uploaded."""
        data = files("pipeline.dashboard").joinpath("samples", self.file).read_bytes()
        return Upload(name=self.file, data=data, sample=self.label)


SAMPLES: tuple[Sample, ...] = (
    Sample(file="kratom-shop-guide.html", label="A shop on kratom", about="Bold promises beside some facts"),
    Sample(
        file="cold-season-advice.html", label="A clinic on colds", about="Careful advice; nothing to flag"
    ),
    Sample(file="vaccine-myths.md", label="Seven vaccine myths", about="Names myths in order to reject them"),
)

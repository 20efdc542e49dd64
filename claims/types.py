"""The nouns of Nostrum: plain frozen data that every stage passes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal, NamedTuple, get_args

BlockKind = Literal["heading", "paragraph", "list_item", "quote", "caption", "table"]
Relation = Literal[
    "treats", "prevents", "causes", "improves", "safe", "mechanism", "compares", "status", "statistic", "use"
]
Polarity = Literal["affirm", "deny"]
Denies = Literal["effect", "evidence"]
Strength = Literal["hedged", "definite", "absolute"]
Voice = Literal["own", "reported", "rejected"]
Verdict = Literal["supported", "overstated", "unsupported", "contradicted", "unverified"]
UnverifiedReason = Literal["no_row", "weak_match", "too_vague", "conflicting"]
How = Literal["exact", "broader", "narrower", "similar"]
Harm = Literal[0, 1, 2, 3]
Confidence = Literal["high", "medium", "low", "not calibrated"]
EvidenceFinding = Literal["supports", "refutes", "mixed", "insufficient"]
Certainty = Literal["high", "moderate", "low", "very_low"]
SourceType = Literal[
    "systematic review",
    "guideline",
    "regulator",
    "health agency",
    "trial",
    "observational",
    "reference",
    "fact check",
    "case reports",
]

RELATIONS: tuple[Relation, ...] = get_args(Relation)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
# Relations by which a thing does good, and all that a thing can be praised for.
HELPS: frozenset[Relation] = frozenset({"treats", "prevents", "improves"})
BENEFITS: frozenset[Relation] = HELPS | {"safe", "compares", "use"}
FLAGGED_VERDICTS: frozenset[Verdict] = frozenset({"overstated", "unsupported", "contradicted"})


def digest(*parts: str) -> str:
    """Digest parts in their order, 16 hex digits: the same parts always give the same id."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    return blake2b(b"".join(len(e).to_bytes(8, "big") + e for e in encoded), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of an article's text with its role; `start` and `end` are offsets into the text.

    `level` is 1 to 6 for headings and the depth of nesting for list items, else 0.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One page. `text` is final: every offset anywhere refers to it."""

    id: str
    text: str
    blocks: tuple[Block, ...] = ()
    url: str = ""
    title: str = ""
    site: str = ""
    published: str = ""


class Sentence(NamedTuple):
    """A sentence or list item of an article, with the block it stands in: a tuple, as a page has hundreds."""

    start: int
    end: int
    text: str
    block: int
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A row of the cue table at the place in the article where it was found."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """An entry of the lexicon: a thing that claims are about, under one id."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    inverse: str = ""
    risk: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A row of the evidence table: what a source found about a plain affirmative triple."""

    id: str
    topic: str
    subject: str
    relation: Relation
    object: str
    strength: Literal["definite", "absolute"]
    proposition: str
    finding: EvidenceFinding
    certainty: Certainty
    population: str
    applies_to: Literal["exact", "members"]
    summary: str
    source_title: str
    publisher: str
    year: int | None
    url: str
    doi: str
    source_type: SourceType
    seen: Literal["primary", "secondary"]
    checked_on: str
    status: Literal["current", "draft", "retired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One assertion read from a statement; `start`, `end` and `quote` are the whole statement's.

    `subject` and `object` are short canonical phrases; their ids are concept ids, or "" where the
    lexicon does not know them; `object_id` holds fields ("act=contains;target=cyanide") for compares,
    status, statistic, use and mechanism. `denies` is set where `polarity` is "deny". `populations` are
    the groups that the statement names (children, animals, test tube …), as concept ids. `grounded` is
    false where the reading is a guess: such a claim is shown, never decided. A `doubtful` one may be found supported,
    but is too uncertain to fault the page by. A `distanced` one is only told of, asked or weighed, not put
    forward by the page: it has its verdict, but is never flagged, nor overstated. `trust` is the probability that it
    was read right, in hundredths; a rule may ask for more of it than another before the page is faulted.
    """

    start: int
    end: int
    quote: str
    subject: str
    subject_id: str
    relation: Relation
    object: str
    object_id: str
    polarity: Polarity = "affirm"
    denies: Denies | None = None
    strength: Strength = "definite"
    voice: Voice = "own"
    populations: tuple[str, ...] = ()
    grounded: bool = True
    doubtful: bool = False
    distanced: bool = False
    trust: float = 1.0
    cues: tuple[Cue, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Tell whether any verdict may be given on the claim as it was read."""
        return self.grounded and not self.doubtful and not self.distanced

    @property
    def is_put_forward(self) -> bool:
        """Tell whether the page says it, itself or in the words of others, without taking it back."""
        return self.voice != "rejected" and not self.distanced


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One evidence row that speaks to a claim; a `similar` one is shown and decides nothing.

    `via` says in words how the two met where they are not plainly about the same: "of the class herbal product",
    "on children only".
    """

    evidence: Evidence
    how: How
    score: float
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The machine's answer to one claim. `rule` names the cell of the rule table that decided.

    `id` is a digest of article id, quote, nth occurrence, subject, relation, object and polarity:
    never of verdict or version, so that reviews survive a re-run. `group` is the same for the places of a page
    that make the same claim with the same outcome. `strength_gap` and `would_change` are "" where there is
    nothing to say.
    """

    id: str
    claim: Claim
    verdict: Verdict
    unverified_reason: UnverifiedReason | None
    flag: bool
    harm: Harm
    confidence: Confidence
    because: str
    rule: str = ""
    group: str = ""
    strength_gap: str = ""
    would_change: str = ""
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """Words of a page that a careful reader stops at, by a row of the marker table; never a verdict."""

    id: str
    label: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """A thing that a page praises without a word of the serious harms that the table knows.

    `benefits` are ids of the page's findings; `harms` the rows, the gravest first.
    """

    subject: str
    subject_id: str
    benefits: tuple[str, ...]
    harms: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What shows only in the page as a whole; `harm` counts flagged findings by level."""

    verdicts: dict[Verdict, int] = field(default_factory=dict)
    harm: dict[Harm, int] = field(default_factory=dict)
    markers: tuple[Marker, ...] = ()
    omissions: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found on one page, with the versions that found it.

    `error` is one clear line where the page could not be read or checked; it then has no findings.
    `counts` holds what was seen and dropped, by reason.
    """

    article: Article
    checker: str
    evidence_digest: str
    as_of: str
    findings: tuple[Finding, ...] = ()
    page: Overview = field(default_factory=Overview)
    counts: dict[str, int] = field(default_factory=dict)
    error: str | None = None

"""How far the clause of a word reaches, and which words govern it there."""

from __future__ import annotations

from collections.abc import Container, Iterator

from claims.tokens import Token

_DEPENDENT = frozenset({"xcomp", "ccomp", "pcomp", "acl", "aux", "auxpass"})
_OF_A_NOUN = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "attr", "compound"})  # "migraine", tagged as a verb
_CLAUSAL = frozenset({"conj", "advcl", "ccomp", "parataxis"})


def clause(trigger: Token) -> tuple[int, int]:
    """Give the token span of the clause a word stands in: its verb's subtree, cut at coordinated clauses."""
    verb = trigger
    while (verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in _OF_A_NOUN) and verb.head != verb:
        verb = verb.head
    while (verb.dep_ in _DEPENDENT or _is_content_clause(verb) or _shares_its_subject(verb)) and verb.head != verb:
        verb = verb.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
            verb = verb.head
    inside = {t.i for t in verb.subtree}
    for child in verb.children:
        below = {t.i for t in child.subtree}
        if child.dep_ in _CLAUSAL and child.pos_ in {"VERB", "AUX"} and _own_subject(child) and trigger.i not in below:
            inside -= below
    return (min(inside), max(inside) + 1) if inside else (trigger.i, trigger.i + 1)


def _shares_its_subject(verb: Token) -> bool:
    """Tell whether a verb only goes on with the one before: "no herb can cure or prevent it"."""
    first = verb.head
    return (
        verb.dep_ == "conj"
        and verb.tag_ == first.tag_
        and not _own_subject(verb)
        and not verb.has_modal
        and not _is_joined_by(_BUT, first)
    )


def _is_content_clause(verb: Token) -> bool:
    """Tell "evidence that statins cause cancer" from "a drug that causes cancer": nothing is missing in it."""
    if verb.dep_ != "relcl":
        return False
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return (
        subject is not None
        and subject.pos_ != "PRON"
        and any(c.lower_ == "that" for c in verb.lefts)
        and any(c.dep_ in {"dobj", "attr", "acomp"} for c in verb.rights)
    )


def _own_subject(verb: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in verb.children)


def chain(trigger: Token) -> Iterator[Token]:
    """Yield the trigger and the words that govern it within its clause."""
    token = trigger
    for _ in range(8):
        yield token
        told_together = token.dep_ == "conj" and not _own_subject(token) and _shares_a_denial(token)
        if token.head == token or (token.dep_ in {"relcl", "advcl", "conj", "parataxis"} and not told_together):
            return
        token = token.head


def _shares_a_denial(second: Token) -> bool:
    """Tell whether what is denied of the first of two things said together is denied of the second, too.

    "It does not cure or prevent it", "it is neither addictive nor dangerous", "no lower risk of stroke or of cancer";
    not "it is no cure but a treatment".
    """
    first = second.head
    if first.pos_ in {"VERB", "AUX"} or first.pos_ == second.pos_ == "ADP":
        return not _is_joined_by(_BUT, first)
    against_both = first.dep_ == "pobj" and first.head.lower_ == "against"  # "useless against colds and flu"
    return first.pos_ == second.pos_ in {"ADJ", "NOUN"} and not _is_joined_by(_BUT if against_both else _BUT_AND, first)


_BUT = frozenset({"but"})
_BUT_AND = frozenset({"but", "and", "&"})  # "not safe and addictive"


def _is_joined_by(words: Container[str], first: Token) -> bool:
    return any(c.dep_ == "cc" and c.lower_ in words for c in first.children)


_CLAUSES = frozenset({"acl", "advcl", "ccomp", "csubj", "pcomp", "relcl", "xcomp"})
_PRESUPPOSED = frozenset({"how", "what", "when", "where", "which", "who", "whose", "why"})


def governs(above: Token, word: Token) -> Token | None:
    """Give what hangs on a word on the way down to another, the other itself at last; None where its reach ends before.

    It ends at what is said by the way ("statins, which prevent it"), beside the rest, as its reason, or taken for
    granted ("how they work").
    """
    while word.head is not word:
        if _ends_a_reach(word, above):
            return None
        if word.head is above:
            return word
        word = word.head
    return None


def granted_clause(word: Token) -> Token | None:
    """Give the first word of the clause that a word stands in, if that is taken for granted: "how statins work"."""
    clause = next((t for t in (word, *word.ancestors) if t.dep_ in _CLAUSES), None)
    return clause.left_edge if clause is not None and _is_taken_for_granted(clause) else None


def _is_taken_for_granted(word: Token) -> bool:
    return word.dep_ in _CLAUSES and word.left_edge.lower_ in _PRESUPPOSED


def _ends_a_reach(word: Token, above: Token) -> bool:
    """Tell whether a word opens a clause that one above it says nothing of."""
    if word.dep_ == "parataxis" or (word.dep_ == "conj" and word.pos_ in {"AUX", "VERB"}):
        return True
    if _is_taken_for_granted(word):
        return True
    if word.dep_ in {"acl", "relcl"}:  # "evidence that it works", "nothing to prevent it"
        return word.head is not above and not (word.has_to and word.head.head is above)
    return word.dep_ == "advcl" and not word.has_to

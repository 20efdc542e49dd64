"""Tell pages that are clearly not English, so that they are reported and not checked."""

from __future__ import annotations

import re

from resiliparse.parse.lang import detect_fast

from pipeline.limits import ReadError

# Below this many letters a language cannot be told.
MIN_LETTERS = 200
# Ideographs carry more: 60 Chinese letters are a paragraph.
MIN_IDEOGRAPHS = 60
# Set on 7,812 chunks of 300 characters from 700 English articles (lists of names and drugs among them, which
# look like Latin, rank 480 to 640) and a paragraph in each of 25 languages (function words at most 0.07, rank
# at most 453 in Latin script): both together refuse no English chunk and every other paragraph.
MAX_ENGLISH_SHARE = 0.08
MAX_RANK = 470
SAMPLE_CHARS = 20_000
# Function words that are no common words in other European languages ("in", "a", "on" are).
_ENGLISH = frozenset(
    "the of and that with this from are is which their they you your it can will how these some about into "
    "what when there than its by on be been have were not but for to in".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN_LETTER = re.compile(r"[\u0370-\u1dff\u2c80-\ua63f\ua8e0-\uaaff\uac00-\ufaff]")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish or Norwegian", "de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "gl": "Galician", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "ms": "Malay", "nl": "Dutch",
    "no": "Danish or Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def check_english(text: str) -> None:
    """Refuse a text that is clearly in another language; let short or uncertain text pass."""
    code = other_language(text)
    if code:
        name = _NAMES.get(code, f"another language ({code})")
        raise ReadError(
            "other_language", f"the page is in {name}; only English is checked, give a translation"
        )


def other_language(text: str) -> str:
    """Give the code of the language other than English that a text is clearly in, or ""."""
    sample = text[:SAMPLE_CHARS]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    ideographs = len(_IDEOGRAPH.findall(sample))
    if letters < (MIN_IDEOGRAPHS if 2 * ideographs > letters else MIN_LETTERS):
        return ""
    foreign = 2 * len(_FOREIGN_LETTER.findall(sample)) > letters
    if not foreign and sum(word in _ENGLISH for word in words) >= MAX_ENGLISH_SHARE * len(words):
        return ""
    code, rank = detect_fast(sample)
    sure = foreign or (code != "en" and rank <= MAX_RANK)
    return code if sure and code != "unknown" else ""

"""The vectors of tokens in their context, as spaCy's tok2vec layer gives them, in half the time.

What a token is by itself (its form, ends, shape) is embedded once for each such token, and remembered; the four
layers that look at its neighbours run over all sentences of a page at once, with weights laid out for few products.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc

_Array = Any  # numpy's types do not know thinc's
# Rows of nothing around each sentence, as thinc has them: no layer sees across.
_PAD = 4
# Words come without end on a long run: beyond so many, what they are is asked for again.
_MOST = 30_000


class TokenVectors:
    """Gives documents the vectors that the layer `tok2vec` of their pipeline would, equal but for rounding."""

    def __init__(self, tok2vec: Any) -> None:
        """Take over the weights of a model of spaCy's architecture Tok2Vec.v2: MultiHashEmbed, MaxoutWindowEncoder."""
        embed, encode = tok2vec.layers
        self._columns: list[int | str] = embed.layers[0].attrs["columns"]
        self._embed, self._mix = (embed.layers[i].layers[0] for i in (2, 3))
        self._layers = [_Layer(residual.layers[0]) for residual in encode.layers[0].layers]
        self._width: int = tok2vec.get_dim("nO")
        self._known: dict[bytes, int] = {}
        self._vectors: _Array = np.zeros((_MOST, self._width), dtype=np.float32)

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set the tensors of documents, one row a token."""
        rows = [doc.to_array(self._columns) for doc in docs if len(doc)]
        if not rows:
            return
        places = list(_places(rows))
        values: _Array = np.zeros((places[-1].stop + _PAD, self._width), dtype=np.float32)
        for place, row in zip(places, self._embedded(rows), strict=True):
            values[place] = row
        for layer in self._layers:
            values += layer(values)
        for doc, place in zip((doc for doc in docs if len(doc)), places, strict=True):
            doc.tensor = values[place].copy()

    def _embedded(self, docs: list[_Array]) -> list[_Array]:
        """Give of each document what its tokens are by themselves."""
        all_rows = np.concatenate(docs)
        packed = all_rows.tobytes()
        size = len(packed) // len(all_rows)
        keys = [packed[at : at + size] for at in range(0, len(packed), size)]
        new = {key: i for i, key in enumerate(keys) if key not in self._known}
        if len(self._known) + len(new) > _MOST:
            self._known.clear()
            new = {key: i for i, key in enumerate(keys)}
        if len(new) > _MOST:
            found = self._ask(all_rows)
        else:
            self._remember(new, all_rows)
            found = self._vectors[[self._known[key] for key in keys]]
        return np.split(found, np.cumsum([len(d) for d in docs])[:-1])

    def _remember(self, new: dict[bytes, int], rows: _Array) -> None:
        """Embed tokens that are not known yet, each given by its key and the place of its row."""
        if new:
            first = len(self._known)
            self._vectors[first : first + len(new)] = self._ask(rows[list(new.values())])
            self._known.update(zip(new, range(first, first + len(new)), strict=True))

    def _ask(self, rows: _Array) -> _Array:
        return self._mix.predict(self._embed.predict(rows))


class _Layer:
    """A maxout of three neighbours, and a layer norm: weights by piece, so that the largest is one comparison."""

    def __init__(self, layer: Any) -> None:
        maxout, norm = layer.layers[1].layers[0].layers
        weights, bias = maxout.get_param("W"), maxout.get_param("b")
        self._width, self._pieces, inputs = weights.shape
        self._weights = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, inputs).T)
        self._bias = np.ascontiguousarray(bias.T).reshape(-1)
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def __call__(self, values: _Array) -> _Array:
        n, width = values.shape
        around = np.zeros((n, 3 * width), dtype=np.float32)
        around[1:, :width] = values[:-1]
        around[:, width : 2 * width] = values
        around[:-1, 2 * width :] = values[1:]
        sums = around @ self._weights
        sums += self._bias
        best = sums[:, : self._width]
        for piece in range(1, self._pieces):
            best = np.maximum(best, sums[:, piece * self._width : (piece + 1) * self._width])
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(self._width) + np.float32(1e-8)
        best *= (1 / np.sqrt(variance))[:, None]
        best *= self._scale
        best += self._shift
        return best


def _places(rows: Sequence[_Array]) -> Iterator[slice]:
    at = _PAD
    for row in rows:
        yield slice(at, at + len(row))
        at += len(row) + _PAD

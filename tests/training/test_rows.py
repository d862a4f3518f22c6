"""Sparse rows against the same sums done densely."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest.trained_claims.features import BLOCKS
from annotator.training.rows import Floats, Matrix, Rows, index_rows

BLOCK = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
SENTENCES = st.lists(st.tuples(*[BLOCK for _ in BLOCKS]), min_size=1, max_size=8)


def dense(rows: Rows, scales: Floats) -> Floats:
    """Return the matrix written out, block by block."""
    written = np.zeros((rows.height, len(rows.names)))
    starts = [0, *rows.ends.ravel().tolist()]
    for row in range(rows.height):
        for block in range(len(BLOCKS)):
            at = row * len(BLOCKS) + block
            columns = rows.columns[starts[at] : starts[at + 1]]
            length = np.sqrt((scales[columns] ** 2).sum())
            if length:
                written[row, columns] = scales[columns] / length
    return written


@given(SENTENCES, st.randoms(use_true_random=False))
def test_products_are_those_of_the_dense_matrix(
    sentences: list[tuple[list[str], ...]], dice: object
) -> None:
    rows = index_rows(sentences)
    generator = np.random.default_rng(len(sentences))
    scales = np.where(
        generator.random(len(rows.names)) < 0.3, 0.0, generator.random(len(rows.names))
    )
    matrix, written = Matrix(rows, scales), dense(rows, scales)
    weights, numbers = generator.random(len(rows.names)), generator.random(rows.height)
    np.testing.assert_allclose(matrix.times(weights), written @ weights, atol=1e-12)
    np.testing.assert_allclose(matrix.transposed_times(numbers), numbers @ written, atol=1e-12)


@given(SENTENCES)
def test_only_features_of_two_sentences_are_known(sentences: list[tuple[list[str], ...]]) -> None:
    rows = index_rows(sentences)
    expected = {
        (block, name)
        for block in range(len(BLOCKS))
        for name in "abcdef"
        if sum(name in sentence[block] for sentence in sentences) >= 2
    }
    assert set(rows.names) == expected
    assert (rows.frequencies() >= 2).all()


@given(SENTENCES, st.data())
def test_taken_rows_are_the_rows_themselves(
    sentences: list[tuple[list[str], ...]], data: st.DataObject
) -> None:
    rows = index_rows(sentences)
    places = st.lists(st.integers(0, rows.height - 1), unique=True, min_size=1)
    chosen = np.array(data.draw(places), np.intp)
    scales = np.arange(1.0, len(rows.names) + 1)
    np.testing.assert_array_equal(dense(rows.take(chosen), scales), dense(rows, scales)[chosen])

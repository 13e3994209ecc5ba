"""Things that share a key are one: groups by exact keys, whatever the order they come in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence


def grouped(keys_of_each: Sequence[Iterable[Hashable]]) -> list[list[int]]:
    """Return the groups of indices that share a key, directly or through others.

    Each group is in order of index, groups in order of their first; a thing without keys is alone.
    """
    parent = list(range(len(keys_of_each)))
    first_with: dict[Hashable, int] = {}
    for index, keys in enumerate(keys_of_each):
        for key in keys:
            a, b = _root(parent, index), _root(parent, first_with.setdefault(key, index))
            parent[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = {}
    for index in range(len(parent)):
        groups.setdefault(_root(parent, index), []).append(index)
    return list(groups.values())


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index

"""The weights of linking made again from the tuning pairs, those of the three sets.

``python -m bench.linking_weights [--write]``. For each question a logistic regression on the levels
that each pair meets: the same form as Fellegi and Sunter's sum of match weights, but fitted on all
comparisons together, since they are not independent (a street and a distance tell nearly the same).
A thousand pairs are few for so many levels, so each weight is held by a Gaussian prior around what
the trade knows (``PRIOR``), and the levels of a comparison never weigh less as they grow alike
(pool of adjacent violators). ``STIFFNESS`` was chosen by cross-validation among 0.03 to 3, where
the log-loss is flat between 0.3 and 1.2.

Printed: precision and recall by ten-fold cross-validation, ten times over, at several thresholds.
``--write`` puts the weights in ``parameters/linking.yaml``; the thresholds there are chosen by hand
from what is printed. The test half is never read.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.labels import FOLDER, TUNING, Label, read_labels
from bench.national_places import ON, mirror_folder, place_national
from maillage.directory.linking.evidence import LEVELS
from maillage.directory.linking.model import Comparison, Profile, Question
from maillage.directory.linking.profile import profiles_of
from maillage.engines.splink_matcher import SplinkMatcher
from maillage.kernel.parameters import FOLDER as PARAMETERS
from maillage.kernel.parameters import load_parameters

Floats = NDArray[np.float64]

STIFFNESS = 0.3
PRIOR_STIFFNESS = 0.1  # of the intercept, as a share of the weights'
FOLDS, TIMES = 10, 10
THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75)
INTERCEPT = "prior"
SOURCE = "1015 paires étiquetées de fiches réelles (moitié de réglage), bench/linking_weights.py"

# What the trade knows before any label is read: log2 weights by level, the least alike first.
# fmt: off
PRIOR: Mapping[Question, Mapping[str, tuple[float, ...]]] = {
    Question.PERMANENCE: {
        "prior": (-1.0,), "name": (-4, -1.5, 1, 1.5, 2, 3), "kind": (-8, -5, -2, -1, 1.5),
        "commune": (-8, -8, -6, -4, 0), "street": (-7, -4, -0.5, 1, 2), "number": (-3, 0.5, 2),
        "distance": (-4, -3, -1, 0, 1, 2), "phone": (-0.5, 0, 1, 3), "email": (0, 0.5, 2.5),
        "site": (0, 0.3, 1), "pivot": (-1.5, 0, 0.5, 2), "moving": (-2, 0), "collector": (-1, 8),
    },
    Question.LIEU: {
        "prior": (-1.5,), "name": (-0.5, 0, 0.5, 1, 1.5, 2), "kind": (-0.5, -0.4, -0.3, -0.2, 0.7),
        "commune": (-7, -8, -6, -4, 0), "street": (-4, -2, 0.5, 1, 2.5), "number": (-4, 0.5, 4),
        "distance": (-4, -3, -1.5, 0, 1.5, 3), "phone": (-0.2, 0, 1, 2), "email": (0, 0.3, 1.5),
        "site": (0, 0.2, 0.7), "pivot": (0, 0, 0.3, 1.5), "moving": (-0.5, 0),
        "collector": (-0.5, 6),
    },
    Question.STRUCTURE: {
        "prior": (-1.0,), "name": (-3, -0.5, 1.5, 1.5, 2.5, 4), "kind": (-6, -4, -1.5, -1, 1.2),
        "commune": (-8, -4, -1.5, -1, 0), "street": (-0.5, -0.3, 0, 0.2, 0.7),
        "number": (-0.5, 0.3, 1), "distance": (-2, -1, -0.5, 0, 0.5, 1),
        "phone": (-0.5, 1.5, 1, 3), "email": (0, 1, 3), "site": (0, 0.8, 1.5),
        "pivot": (-2, 1.5, 2, 3), "moving": (-0.7, 1), "collector": (-0.2, 8),
    },
}
# fmt: on
COMPARED = {
    Comparison.NAME: "du nom",
    Comparison.KIND: "du type de service",
    Comparison.COMMUNE: "de la commune",
    Comparison.STREET: "de la rue",
    Comparison.NUMBER: "du numéro dans la rue",
    Comparison.DISTANCE: "de la distance",
    Comparison.PHONE: "du téléphone",
    Comparison.EMAIL: "du courriel",
    Comparison.SITE: "du site",
    Comparison.PIVOT: "du SIRET ou RNA",
    Comparison.MOVING: "de l'itinérance",
    Comparison.COLLECTOR: "de la source et de l'identifiant",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """Labelled pairs of one question: (n, levels) flags of the levels met, and whether one."""

    met: Floats
    one: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each level of each comparison, in order, and the intercept (all log2)."""

    levels: Floats
    intercept: float

    def probability(self, met: Floats) -> Floats:
        """Return the probability of being one of the pairs that met these levels."""
        logit = np.clip(met @ self.levels + self.intercept, -500.0, 500.0)
        shares: Floats = 1.0 / (1.0 + np.exp2(-logit))
        return shares


def samples(profiles: Sequence[Profile], labels: Sequence[Label]) -> dict[Question, Sample]:
    """Return the pairs labelled yes or no whose records both stand somewhere, by question."""
    place = {profile.key: i for i, profile in enumerate(profiles)}
    known = [label for label in labels if {label.left, label.right} <= place.keys()]
    ends = np.array([sorted((place[one.left], place[one.right])) for one in known])
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    matcher = SplinkMatcher(load_parameters(ON))
    found: dict[Question, Sample] = {}
    for question in Question:
        pairs = matcher.scored(profiles, question, (ends[order, 0], ends[order, 1]))
        met = np.stack(
            [pairs.levels[c] == level.index for c in Comparison for level in LEVELS[c]], axis=1
        )
        answers = np.array([known[i].answers[question] for i in order])
        sure = answers != "unsure"
        found[question] = Sample(met[sure].astype(float), (answers[sure] == "yes").astype(float))
    return found


def fitted(sample: Sample, question: Question) -> Weights:
    """Return the weights most probable given the sample and what the trade knows."""
    known = PRIOR[question]
    centre = np.array([w for c in Comparison for w in known[c.value]] + list(known[INTERCEPT]))
    stiffness = np.full(len(centre), STIFFNESS)
    stiffness[-1] *= PRIOR_STIFFNESS
    met = np.hstack([sample.met, np.ones((len(sample.met), 1))])
    log2 = float(np.log(2.0))
    weights = centre.copy()
    for _ in range(50):  # Newton's steps: the problem is convex, a dozen are enough
        share = Weights(weights[:-1], weights[-1]).probability(sample.met)
        slope = log2 * met.T @ (share - sample.one) + stiffness * (weights - centre)
        bend = log2**2 * (met.T * (share * (1.0 - share))) @ met + np.diag(stiffness)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-10:
            break
    return Weights(_growing(weights[:-1], sample.met.sum(axis=0) + 1.0), float(weights[-1]))


def _growing(weights: Floats, counts: Floats) -> Floats:
    """Return weights that never fall from a level to the next, the nearest by counts."""
    out: list[float] = []
    start = 0
    for comparison in Comparison:
        end = start + len(LEVELS[comparison])
        pools: list[tuple[float, float, int]] = []
        for weight, count in zip(weights[start:end], counts[start:end], strict=True):
            pools.append((float(weight), float(count), 1))
            while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
                (w2, n2, k2), (w1, n1, k1) = pools.pop(), pools.pop()
                pools.append(((w1 * n1 + w2 * n2) / (n1 + n2), n1 + n2, k1 + k2))
        out += [weight for weight, _, times in pools for _ in range(times)]
        start = end
    return np.array(out)


def crossed(sample: Sample, question: Question) -> Floats:
    """Return (times, n) probabilities, each pair's from weights fitted without its fold."""
    n = len(sample.one)
    found = np.zeros((TIMES, n))
    for time in range(TIMES):
        fold = np.random.default_rng(time).permutation(n) % FOLDS
        for held in range(FOLDS):
            kept = fold != held
            weights = fitted(Sample(sample.met[kept], sample.one[kept]), question)
            found[time, ~kept] = weights.probability(sample.met[~kept])
    return found


def precision_recall(found: Floats, one: Floats, threshold: float) -> tuple[float, float]:
    """Return the mean precision and recall of several runs at a threshold."""
    said, true = found >= threshold, one == 1.0
    right = (said & true).sum(axis=1)
    return float((right / said.sum(axis=1)).mean()), float((right / true.sum()).mean())


def told(weights: Mapping[Question, Weights]) -> str:
    """Return the weights as the end of ``parameters/linking.yaml``."""
    lines = ["weights:"]
    anchor = f'&tuned "{SOURCE}, {ON}"'
    for question, fit in weights.items():
        lines.append(f"  {question.code}:")
        values = [("prior", "de départ, avant toute comparaison", f"{fit.intercept:.2f}")]
        start = 0
        for comparison in Comparison:
            end = start + len(LEVELS[comparison])
            listed = ", ".join(f"{weight + 0.0:.2f}" for weight in fit.levels[start:end])
            values.append((comparison.value, COMPARED[comparison], f"[{listed}]"))
            start = end
        for name, what, value in values:
            lines += [
                f"    {name}:",
                f"      label: Poids {what} ({question.label})",
                "      unit: log2 d'un rapport de chances",
                "      values:",
                f"        - {{date: 2010-01-01, value: {value}, source: {anchor}}}",
            ]
            anchor = "*tuned"
    return "\n".join(lines) + "\n"


def write(path: Path, weights: Mapping[Question, Weights]) -> None:
    """Put the weights at the end of the parameters, in place of those that were there."""
    head, mark, _ = path.read_text(encoding="utf-8").partition("\nweights:\n")
    if not mark:
        raise ValueError(f"{path}: no weights to replace")
    path.write_text(f"{head}\n{told(weights)}", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the weights are worth by cross-validation; write them if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the published weights")
    asked = parser.parse_args(arguments)
    profiles = profiles_of(place_national(mirror_folder()))
    labels = [label for name in TUNING for label in read_labels(FOLDER / f"{name}.csv")]
    drawn = samples(profiles, labels)
    for question, sample in drawn.items():
        found = crossed(sample, question)
        print(f"{question.code}: {len(sample.one)} pairs, {int(sample.one.sum())} of them one")
        for threshold in THRESHOLDS:
            precision, recall = precision_recall(found, sample.one, threshold)
            print(f"  from {threshold:.2f}  precision {precision:.3f}  recall {recall:.3f}")
    if asked.write:
        path = PARAMETERS / "linking.yaml"
        write(path, {question: fitted(sample, question) for question, sample in drawn.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Priors: one for each parameter, from where it is declared, on one scale."""

import numpy as np
import pytest
import wordofmouth as wom
from scipy import stats
from wordofmouth.experiments.answers.fit.prior import Prior, given_prior, prior_of

EVERYDAY = wom.load("everyday")


@pytest.mark.parametrize(
    "prior",
    [
        Prior("x", "logitnormal", 0.02, 1.0, 0.0, 1.0),
        Prior("x", "lognormal", 3.0, 0.7),
        Prior("x", "normal", -1.0, 2.0),
        Prior("x", "uniform", 2.0, 5.0),
        Prior("x", "beta", 2.0, 30.0),
    ],
    ids=lambda prior: prior.law,
)
def test_the_scale_is_the_standard_normal(prior: Prior) -> None:
    z = np.linspace(-3.0, 3.0, 41)
    values = prior.value(z)
    assert np.all(np.diff(values) > 0.0)
    np.testing.assert_allclose(prior.place(values), z, atol=1e-6)


def test_a_beta_is_a_beta() -> None:
    draws = Prior("x", "beta", 2.0, 5.0).value(np.random.default_rng(1).standard_normal(4_000))
    assert stats.kstest(draws, stats.beta(2.0, 5.0).cdf).pvalue > 0.01


def test_the_law_comes_from_the_range_and_the_spread_from_the_source() -> None:
    assert prior_of(EVERYDAY, "share.base.advocate").law == "logitnormal"
    assert prior_of(EVERYDAY, "attention").law == "lognormal"
    assert prior_of(EVERYDAY, "share.weight.trust").law == "normal"
    assert prior_of(EVERYDAY, "people.fans").value(9.0) < 1.0
    measured, assumed = (prior_of(EVERYDAY, f"share.base.{r}") for r in ("fan", "advocate"))
    assert measured.b == 0.5 * assumed.b
    assert assumed.source == "assumed"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("share.base.fun", "no number of this scenario"),
        ("network.mean", "a network of its own"),
        ("publish.seeds", "a whole number"),
        ("interact.like", "there is no prior"),
        ("share.rule", "'logit' here"),
        ("content_types.post", "no number of this scenario"),
    ],
)
def test_what_has_no_prior_says_why(path: str, says: str) -> None:
    with pytest.raises(wom.InputError, match=says):
        prior_of(EVERYDAY, path)


@pytest.mark.parametrize(
    "said",
    ["uniform 0 2", "uniform 0.2 0.1", "beta 1", "beta a 1", "cauchy 0 1", 3, "normal 0 nan"],
)
def test_a_law_that_is_none_is_refused(said: object) -> None:
    with pytest.raises(wom.InputError, match=r"--prior share\.base\.fan"):
        given_prior(EVERYDAY, "share.base.fan", said)

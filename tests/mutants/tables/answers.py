"""Bugs in intervals and answers: estimates, credit, comparisons, what is worth what."""

from __future__ import annotations

from ..bug import Bug

INTERVAL = "tests/experiments/estimates/test_interval.py::"
PAIRED = "tests/experiments/estimates/test_paired.py::"

BUGS = (
    Bug(
        "intervals are too narrow: one degree of freedom too many",
        "experiments/estimates/interval.py",
        "    half = quantile_of_t(n - 1, level) * error",
        "    half = quantile_of_t(n, level) * error",
        (f"{INTERVAL}test_the_interval_is_that_of_student",),
    ),
    Bug(
        "intervals are too narrow: one side of two",
        "experiments/estimates/interval.py",
        "    return float(special.stdtrit(freedom, 0.5 + level / 2.0))",
        "    return float(special.stdtrit(freedom, level))",
        (f"{INTERVAL}test_the_interval_is_that_of_student",),
    ),
    Bug(
        "intervals are too narrow: the deviation of a population",
        "experiments/estimates/interval.py",
        "    error = float(known.std(ddof=1)) / math.sqrt(n)",
        "    error = float(known.std(ddof=0)) / math.sqrt(n)",
        (f"{INTERVAL}test_the_interval_is_that_of_student",),
    ),
    Bug(
        "whatever was looked at, the error is that of one look",
        "experiments/estimates/interval.py",
        "        return 1.0 - self.better(direction) <= (1.0 - level) / (2.0 * max(among, 1))",
        "        return 1.0 - self.better(direction) <= (1.0 - level) / 2.0",
        (f"{INTERVAL}test_the_best_of_many_that_are_nothing_is_seldom_sure",),
    ),
    Bug(
        "one replicate has a narrow interval",
        "experiments/estimates/interval.py",
        "        return Estimate(mean, -math.inf, math.inf, math.inf, 1, moved, 0.5, wins)",
        "        return Estimate(mean, mean, mean, 0.0, 1, moved, 0.5, wins)",
        (f"{INTERVAL}test_one_replicate_says_nothing_of_the_next_and_none_says_nothing",),
    ),
    Bug(
        "a chance has the interval of one less",
        "experiments/estimates/chance.py",
        "        high = float(special.betaincinv(happened + 1, times - happened, 1.0 - tail))",
        "        high = float(special.betaincinv(happened, times - happened, 1.0 - tail))",
        (f"{INTERVAL}test_the_interval_of_a_chance_is_exact",),
    ),
    Bug(
        "of few pairs that differ Student's interval",
        "experiments/estimates/paired.py",
        "    if 0 < moved < min(ENOUGH, n / 2):",
        "    if False:",
        (f"{PAIRED}test_one_or_two_pairs_that_differ_tell_no_interval",),
    ),
    Bug(
        "what pairs gain is halved",
        "experiments/estimates/paired.py",
        "    apart = sum(float(each[known].var(ddof=1)) for each in both)",
        "    apart = float(both[0][known].var(ddof=1))",
        (f"{INTERVAL}test_pairing_is_the_ratio_of_variances",),
    ),
    Bug(
        "those who went up went down",
        "experiments/estimates/paired.py",
        "        low, high = -_most(down, up, n, level), _most(up, down, n, level)",
        "        low, high = -_most(up, down, n, level), _most(down, up, n, level)",
        (
            f"{PAIRED}test_the_ends_solve_tangos_equation",
            f"{PAIRED}test_intervals_of_rare_events_hold_the_truth",
        ),
    ),
    Bug(
        "the interval of a ratio ignores what both have in common",
        "experiments/estimates/ratio.py",
        "    b = bottom * top - over * float(spread[0, 1])",
        "    b = bottom * top",
        (
            "tests/experiments/answers/test_economics_formulas.py::test_fiellers_interval_holds_what_a_t_test_does_not_reject",
        ),
    ),
    Bug(
        "an exponent of a tail is off by a tenth",
        "experiments/estimates/power_law.py",
        "        return float(np.log(zeta(exponent, minimum)) + exponent * logs)",
        "        return float(np.log(zeta(exponent + 0.1, minimum)) + exponent * logs)",
        ("tests/experiments/estimates/test_power_law.py::test_a_known_exponent_is_found",),
    ),
    Bug(
        "credit of the first goes to the last",
        "experiments/answers/credit/find.py",
        "    np.add.at(parts[:, 0], top[through], whole)",
        "    np.add.at(parts[:, 0], at, whole)",
        ("tests/experiments/answers/test_credit.py::test_each_rule_on_a_forest_worked_by_hand",),
    ),
    Bug(
        "a Shapley value weighs coalitions of the wrong size",
        "experiments/answers/levers/shapley.py",
        "        added[..., player] = (gain * share[size[without]]).sum(axis=-1)",
        "        added[..., player] = (gain * share[size[without] + 1]).sum(axis=-1)",
        ("tests/experiments/answers/test_shapley.py::test_the_value_is_the_mean_over_all_orders",),
    ),
    Bug(
        "people whom a change won are those it lost",
        "experiments/answers/comparison/find.py",
        "np.flatnonzero(after & ~before), np.flatnonzero(before & ~after)",
        "np.flatnonzero(before & ~after), np.flatnonzero(after & ~before)",
        ("tests/experiments/answers/test_comparison.py::test_the_people_are_set_differences",),
    ),
    Bug(
        "scenarios that are compared have other luck",
        "experiments/worlds/worlds.py",
        "self._run(scenario, network, number)",
        "self._run(scenario, network, number + len(told))",
        (
            "tests/experiments/worlds/test_worlds.py::test_a_replicate_is_what_run_does_with_its_seed",
        ),
    ),
    Bug(
        "each scenario makes its network again",
        "experiments/worlds/worlds.py",
        "        if asked not in made:",
        "        if True:",
        (
            "tests/experiments/worlds/test_worlds.py::test_scenarios_that_ask_for_the_same_network_get_the_same_one",
        ),
    ),
    Bug(
        "each scenario has a network of its own",
        "experiments/worlds/worlds.py",
        "            seed = where.seed + number if where.world is None else where.world",
        "            seed = where.seed + number + len(made) if where.world is None else where.world",
        (
            "tests/experiments/worlds/test_worlds.py::test_scenarios_that_ask_for_the_same_network_get_the_same_one",
        ),
    ),
)

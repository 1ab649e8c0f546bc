"""Bugs in money and in what is read off a campaign: ledger, flows, indicators, trees, digest."""

from __future__ import annotations

from ..bug import WHOLE, Bug

MONEY = "tests/levers/test_money.py::"
RATIOS = ("tests/sim/test_indicators.py::test_each_ratio_is_of_what_it_says",)
STAR = "tests/sim/test_result.py::"
FLOWS = "tests/sim/test_flows.py::"

BUGS = (
    Bug(
        "a payment is made twice",
        "sim/apply/room.py",
        '    entry["money"] += units * price',
        '    entry["money"] += 2 * units * price',
        (f"{STAR}test_the_payments_of_a_star",),
    ),
    Bug(
        "rewards are paid once more than there are claims",
        "sim/apply/service.py",
        "    spend(state, tick, REWARDS, claims, prices[REWARDS])",
        "    spend(state, tick, REWARDS, claims + 1, prices[REWARDS])",
        (f"{MONEY}test_every_unit_is_something_that_happened",),
    ),
    Bug(
        "what was spent is forgotten, and the budget never ends",
        "sim/apply/service.py",
        "    state.size[s.SPENT] += claims * (prices[REWARDS] + prices[RECIPIENTS])",
        "    state.size[s.SPENT] += 0 * (prices[REWARDS] + prices[RECIPIENTS])",
        (f"{MONEY}test_the_budget_is_never_exceeded_and_used_up_where_there_are_claims",),
    ),
    Bug(
        "the last reward exceeds the budget",
        "sim/stages/reward.py",
        "    left = max(pay.budget - due.spent, 0) // unit",
        "    left = max(pay.budget - due.spent, 0) // unit + 1",
        (f"{MONEY}test_the_budget_is_never_exceeded_and_used_up_where_there_are_claims",),
    ),
    Bug(
        "who is found out is paid all the same",
        "sim/stages/reward.py",
        "    return not happens(draw(key, name), plan.pay.audit)",
        "    return True",
        WHOLE,
    ),
    Bug(
        "a reward for passing on what a rival posts",
        "sim/stages/reward.py",
        '            if wave.person[k] >= 0 and plan.messages["kind"][wave.message[k]] <= OWN:',
        "            if wave.person[k] >= 0:",
        (
            f"{MONEY}test_nothing_is_paid_for_passing_on_what_a_rival_posts",
            f"{MONEY}test_of_a_brands_post_and_a_rivals_the_shares_of_the_first_are_paid",
        ),
    ),
    Bug(
        "a claim is about the wrong person",
        "sim/stages/reward.py",
        "                claimant[rows], message[rows] = due.tasks[row, 2], due.tasks[row, 1]",
        "                claimant[rows], message[rows] = due.tasks[row, 3], due.tasks[row, 1]",
        WHOLE,
    ),
    Bug(
        "everybody gets the discount",
        "sim/apply/transactions.py",
        "        cheaper = discount[mine] if hop > 0 else 0",
        "        cheaper = discount[mine]",
        (f"{MONEY}test_a_discount_is_given_to_those_who_came_through_somebody",),
    ),
    Bug(
        "a click is credited to the channel after its own",
        "sim/apply/transactions.py",
        "        traffic[channel, 0] += 1",
        "        traffic[min(channel + 1, last), 0] += 1",
        (
            f"{FLOWS}test_breakdowns_by_channel_and_by_flight",
            "tests/sim/test_result.py::test_traffic_by_channel_adds_up",
            *WHOLE,
        ),
    ),
    Bug(
        "a refund is what the price is now",
        "sim/apply/relation.py",
        "                spend(state, tick, ledger.REFUNDS, 1, state.owed[i])",
        "                spend(state, tick, ledger.REFUNDS, 1, plan.segmented.refund[0])",
        (f"{FLOWS}test_a_refund_is_what_was_paid_at_the_purchase",),
    ),
    Bug(
        "a prize of a draw is not in the cost of its tick",
        "sim/flows.py",
        "        flow[result.prize[0]] += result.prize[1]",
        "        flow[result.prize[0]] += 0.0",
        (f"{FLOWS}test_a_prize_is_spent_in_the_tick_of_the_share_that_makes_it_due",),
    ),
    Bug(
        "whatever was sold is made for the price of today",
        "sim/flows.py",
        "        units[tick] = unit_cost(scenario.at(tick)) if tick in said else last",
        "        units[tick] = unit_cost(scenario.at(tick))",
        (f"{FLOWS}test_who_sells_cheaper_makes_it_no_cheaper",),
    ),
    Bug(
        "repeat purchases bring nothing",
        "sim/flows.py",
        '    purchases = columns["conversions"] + columns["repeats"]',
        '    purchases = columns["conversions"] + 0 * columns["repeats"]',
        RATIOS,
    ),
    Bug(
        "a fraud is paid the reward alone",
        "sim/ledger.py",
        "    result[FRAUD] = result[REWARDS] + result[RECIPIENTS]",
        "    result[FRAUD] = result[REWARDS]",
        (f"{MONEY}test_without_an_audit_whoever_cheats_is_paid_twice",),
    ),
    Bug(
        "replies cost nothing",
        "sim/ledger.py",
        "        REPLIES: interact.cost,",
        "        REPLIES: 0.0,",
        (
            f"{MONEY}test_every_payment_is_in_the_ledger_and_the_ledger_adds_up",
            f"{MONEY}test_every_unit_is_something_that_happened",
            *WHOLE,
        ),
    ),
    Bug(
        "shares and re-shares change places in the amplification",
        "sim/kpis.py",
        '        "amplification": ratio(earned, owned),',
        '        "amplification": ratio(owned, earned),',
        (f"{STAR}test_the_indicators_of_a_star",),
    ),
    Bug(
        "R of the first hop has the later ones in it",
        "sim/kpis.py",
        '        "r_first_hop": ratio(int(later[1]), int(first.sum())),',
        '        "r_first_hop": ratio(int(later.sum()), int(first.sum())),',
        RATIOS,
    ),
    Bug(
        "the k factor is of all sharers, of whom some invited nobody yet",
        "sim/kpis.py",
        '        "k_factor": ratio(total["reshares"], invited),',
        '        "k_factor": ratio(total["reshares"], passed_on),',
        ("tests/sim/test_k_factor.py::test_it_is_ten_where_each_generation_is_ten_times_the_last",),
    ),
    Bug(
        "conversions by those who noticed and not by clicks",
        "sim/kpis.py",
        '        "conversion_rate": ratio(total["conversions"], total["clicks"]),',
        '        "conversion_rate": ratio(total["conversions"], total["found"]),',
        RATIOS,
    ),
    Bug(
        "churn counts nobody who was won",
        "sim/kpis.py",
        '        "churn": ratio(total["lost_fans"], followers + total["new_fans"]),',
        '        "churn": ratio(total["lost_fans"], followers),',
        RATIOS,
    ),
    Bug(
        "the frequency is of those who noticed",
        "sim/kpis.py",
        '        "frequency": ratio(total["impressions"], result.people[s.EXPOSED]),',
        '        "frequency": ratio(total["impressions"], result.people[s.NOTICED]),',
        RATIOS,
    ),
    Bug(
        "profit leaves the making out",
        "sim/kpis.py",
        '        "profit": left - cost,',
        '        "profit": came - cost,',
        (f"{FLOWS}test_profit_is_what_is_left_of_the_price_less_cost",),
    ),
    Bug(
        "half of them is a tick too late",
        "sim/kpis.py",
        "    return hours * (at - first + (float(total[-1]) / 2.0 - before) / float(counts[at]))",
        "    return hours * (at - first + 1 + (float(total[-1]) / 2.0 - before) / float(counts[at]))",
        (f"{STAR}test_the_indicators_of_a_star",),
    ),
    Bug(
        "a parent is the share of another message",
        "sim/forest.py",
        "            if above < 0 or message[above] != message[row]:\n                parent[row] = _NOBODY",
        "            if above < 0:\n                parent[row] = _NOBODY",
        ("tests/sim/test_forest.py::test_whoever_shared_another_message_is_no_parent",),
    ),
    Bug(
        "structural virality counts each pair once",
        "sim/metrics.py",
        "    np.divide(2.0 * total, pairs, out=mean, where=pairs > 0)",
        "    np.divide(total, pairs, out=mean, where=pairs > 0)",
        ("tests/sim/test_metrics.py::test_star_and_chain",),
    ),
    Bug(
        "the widest generation runs on into the next tree",
        "sim/metrics.py",
        "        same = position > 0 and tree[row] == tree[before] and hop[row] == hop[before]",
        "        same = position > 0 and hop[row] == hop[before]",
        ("tests/sim/test_metrics.py::test_measures_equal_those_counted_pair_by_pair",),
        60,
    ),
    Bug(
        "a digest that does not see the people's records",
        "sim/trace.py",
        "                        total += draw(key, np.uint64(block * PAGE + place))",
        "                        total += np.uint64(0)",
        ("tests/sim/test_result.py::test_digest_of_a_star_is_pinned",),
    ),
)

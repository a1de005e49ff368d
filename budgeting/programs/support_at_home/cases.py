"""The kinds of worked cases of Support at Home; each is run by the functions that price packages."""

from __future__ import annotations

from collections.abc import Mapping

from budgeting.cases.inputs import Runner
from budgeting.programs.support_at_home import case_accounts, case_budgets, case_contributions

KINDS: Mapping[str, Runner] = {
    "quarter_budget": case_budgets.quarter_budget,
    "mid_quarter_entry": case_budgets.mid_quarter_entry,
    "primary_supplement": case_budgets.primary_supplement,
    "classification_increase_in_quarter": case_budgets.classification_increase,
    "carry_over": case_budgets.carry_over,
    "interim_funding": case_budgets.interim_funding,
    "restorative_care": case_budgets.restorative_care,
    "means_test_rate": case_contributions.means_test_rate,
    "contributions_full_pensioner": case_contributions.contributed,
    "contributions_part_pensioner": case_contributions.contributed,
    "contributions_maximum": case_contributions.contributed,
    "debit_basis_alternative": case_contributions.contributed,
    "no_worse_off": case_contributions.contributed,
    "lifetime_cap_reached": case_contributions.lifetime_cap_reached,
    "fee_reduction": case_contributions.fee_reduction,
    "rate_increase_next_quarter": case_contributions.rate_increase,
    "category_by_service_date": case_contributions.category_by_service_date,
    "budget_overrun": case_accounts.budget_overrun,
    "athm_purchase": case_accounts.athm_purchase,
    "draw_down_order": case_accounts.draw_down_order,
    "care_management_account": case_accounts.care_management_account,
    "leaving": case_accounts.leaving,
    "left_at_plan_end": case_accounts.left_at_plan_end,
}

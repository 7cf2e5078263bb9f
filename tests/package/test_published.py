"""Our profiles beside the published ones: a difference is listed, and what is listed is one."""

import pytest
from support.published import all_verdicts
from support.published_list import LISTED


@pytest.mark.parametrize("difference", LISTED, ids=lambda difference: difference.where)
def test_a_listed_difference_is_one(difference):
    about = [verdicts for verdicts in all_verdicts() if difference.is_about(verdicts)]
    assert {verdicts.ours for verdicts in about} == {difference.ours}
    proofs = {
        verdicts.version
        for verdicts in about
        if verdicts.value == difference.proof and verdicts.theirs != verdicts.ours
    }
    assert proofs == set(difference.versions)


def test_there_are_no_other_differences():
    unlisted = [
        verdicts
        for verdicts in all_verdicts()
        if verdicts.ours != verdicts.theirs
        and not any(difference.is_about(verdicts) for difference in LISTED)
    ]
    assert unlisted == []

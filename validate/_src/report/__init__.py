"""What came out of a run: findings kept, waived and counted, and shown in many formats.

explain: what a code means, with an example.
waivers: known faults that a package lets pass.
notes: what a value looks like, if it is not what it looks like.
subjects: which fields a finding is about.
report: the report on a package.
collecting: from what the checks say to that report.
formats: one renderer a format.
"""

"""How far independent coders agree: samples drawn again, codings judged, alpha measured.

codings: what coders coded, as the tables say it.
sample: which segments a seed draws.
values: what coders gave to fields, judged by the schemas of the tables they coded.
faults: what is wrong with codings.
pairing: the units of two coders that are the same.
resampling: how often each piece stands in a draw, and intervals of draws.
coincidence: alpha of the values of a field.
unitizing: alpha of what is a unit, and what is not.
measure: what the codings of a task give.
shipped: the results that a package has, compared and written.
assessment: from a package to what its codings give, and what is wrong with them.
rendering: results as text.
"""

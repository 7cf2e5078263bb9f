-- A coded span that reaches out of the segment of its unit.
SELECT coding_spans._row
FROM coding_spans
JOIN coding_units
  ON coding_spans.task = coding_units.task
  AND coding_spans.coder = coding_units.coder
  AND coding_spans.unit = coding_units.unit
JOIN segments
  ON coding_units.source_id = segments.source_id
  AND coding_units.segment = segments.segment
WHERE coding_spans."start" < segments."start" OR coding_spans."end" > segments."end"

-- Spans of unreported items that reach out of their segment.
SELECT unreported_spans._row
FROM unreported_spans
JOIN segments
  ON unreported_spans.source_id = segments.source_id
  AND unreported_spans.segment = segments.segment
WHERE unreported_spans."start" < segments."start" OR unreported_spans."end" > segments."end"

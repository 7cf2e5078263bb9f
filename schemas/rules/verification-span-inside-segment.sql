-- Spans of verifications that reach out of their segment.
SELECT verification_spans._row
FROM verification_spans
JOIN segments
  ON verification_spans.source_id = segments.source_id
  AND verification_spans.segment = segments.segment
WHERE verification_spans."start" < segments."start" OR verification_spans."end" > segments."end"

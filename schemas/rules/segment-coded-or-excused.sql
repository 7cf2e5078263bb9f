-- Segments with both a span and a reason why there is none, or with neither.
WITH spans AS (
  SELECT source_id, segment FROM evidence
  UNION ALL SELECT source_id, segment FROM verification_spans
  UNION ALL SELECT source_id, segment FROM unreported_spans
)
SELECT segments._row
FROM segments
LEFT JOIN (SELECT DISTINCT source_id, segment, TRUE AS coded FROM spans) AS evident
  ON segments.source_id = evident.source_id AND segments.segment = evident.segment
WHERE COALESCE(evident.coded, FALSE) = (segments.reason IS NOT NULL)

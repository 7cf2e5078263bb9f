-- Segments with both evidence and a reason why there is none, or with neither.
SELECT segments._row
FROM segments
LEFT JOIN (SELECT DISTINCT source_id, segment, TRUE AS coded FROM evidence) AS evident
  ON segments.source_id = evident.source_id AND segments.segment = evident.segment
WHERE COALESCE(evident.coded, FALSE) = (segments.reason IS NOT NULL)

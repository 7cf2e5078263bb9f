-- Segments that do not start where the one before ended; the first starts at 0.
SELECT following._row
FROM segments AS following
LEFT JOIN (
  SELECT source_id, segment + 1 AS segment, "end" FROM segments
) AS before
  ON following.source_id = before.source_id AND following.segment = before.segment
WHERE following."start" <> COALESCE(before."end", 0)
  OR (before."end" IS NULL AND following.segment <> 1)

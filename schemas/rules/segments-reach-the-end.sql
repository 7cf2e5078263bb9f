-- Sources whose last segment does not end where the text ends.
SELECT sources._row
FROM sources
LEFT JOIN (
  SELECT source_id, MAX("end") AS "end" FROM segments GROUP BY source_id
) AS last ON sources.source_id = last.source_id
WHERE COALESCE(last."end", 0) <> sources.characters

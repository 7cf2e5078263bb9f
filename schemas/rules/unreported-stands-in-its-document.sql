-- Unreported items without a span in a text of their document.
WITH placed AS (
  SELECT DISTINCT unreported_spans.unreported_id, sources.document_id
  FROM unreported_spans
  JOIN sources ON unreported_spans.source_id = sources.source_id
)
SELECT unreported._row
FROM unreported
LEFT JOIN placed ON unreported.unreported_id = placed.unreported_id
GROUP BY unreported._row, unreported.document_id
HAVING MIN(CASE WHEN placed.document_id = unreported.document_id THEN 1 ELSE 0 END) = 0

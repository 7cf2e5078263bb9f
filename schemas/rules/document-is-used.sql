-- Documents that no claim and no coder refers to.
WITH used AS (
  SELECT document_id FROM commitments
  UNION ALL SELECT document_id FROM figures
  UNION ALL SELECT document_id FROM document_mentions
  UNION ALL SELECT document_id FROM dates
  UNION ALL SELECT document_id FROM positions
  UNION ALL SELECT value FROM codings WHERE field = 'document_id'
)
SELECT DISTINCT documents._row
FROM documents
LEFT JOIN used ON documents.document_id = used.document_id
WHERE used.document_id IS NULL

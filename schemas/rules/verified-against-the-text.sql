-- Verifications with a text of another document, and those unverified, or not, although a text is
-- at hand, or none.
WITH texts AS (
  SELECT DISTINCT document_id, TRUE AS at_hand FROM sources WHERE document_id IS NOT NULL
)
SELECT verifications._row
FROM verifications
LEFT JOIN texts ON verifications.document_id = texts.document_id
LEFT JOIN sources ON verifications.source_id = sources.source_id
WHERE COALESCE(sources.document_id <> verifications.document_id, verifications.source_id IS NOT NULL)
  OR (verifications.verdict = 'unverified')
    <> (verifications.document_id IS NOT NULL AND NOT COALESCE(texts.at_hand, FALSE))

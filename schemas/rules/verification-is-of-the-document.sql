-- Verifications against another document than that of the claim.
WITH claimed AS (
  SELECT claim_id, document_id FROM commitments
  UNION ALL SELECT claim_id, document_id FROM figures
  UNION ALL SELECT claim_id, document_id FROM document_mentions
  UNION ALL SELECT claim_id, document_id FROM dates
  UNION ALL SELECT claim_id, document_id FROM positions
)
SELECT verifications._row
FROM verifications
JOIN claimed ON verifications.claim_id = claimed.claim_id
WHERE claimed.document_id IS NOT NULL
  AND claimed.document_id <> COALESCE(verifications.document_id, '')

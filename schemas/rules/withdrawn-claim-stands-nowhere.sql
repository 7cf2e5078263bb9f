-- Withdrawn claims whose row, topics or evidence still stand.
WITH standing AS (
  SELECT claim_id FROM commitments
  UNION ALL SELECT claim_id FROM figures
  UNION ALL SELECT claim_id FROM document_mentions
  UNION ALL SELECT claim_id FROM dates
  UNION ALL SELECT claim_id FROM positions
  UNION ALL SELECT claim_id FROM claim_topics
  UNION ALL SELECT claim_id FROM evidence
)
SELECT claims._row
FROM claims
JOIN standing ON claims.claim_id = standing.claim_id
WHERE claims.withdrawn_in IS NOT NULL

-- Live claims that do not stand exactly once, in the table that the register names.
WITH standing AS (
  SELECT claim_id, 'commitments' AS "table" FROM commitments
  UNION ALL SELECT claim_id, 'figures' FROM figures
  UNION ALL SELECT claim_id, 'document_mentions' FROM document_mentions
  UNION ALL SELECT claim_id, 'dates' FROM dates
  UNION ALL SELECT claim_id, 'positions' FROM positions
)
SELECT claims._row
FROM claims
LEFT JOIN standing ON claims.claim_id = standing.claim_id
WHERE claims.withdrawn_in IS NULL
GROUP BY claims._row
HAVING SUM(CASE WHEN standing."table" = claims."table" THEN 1 ELSE 0 END) <> 1
  OR SUM(CASE WHEN standing."table" <> claims."table" THEN 1 ELSE 0 END) > 0

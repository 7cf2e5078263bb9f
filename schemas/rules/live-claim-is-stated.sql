-- Live claims without evidence that states them.
SELECT claims._row
FROM claims
LEFT JOIN (SELECT DISTINCT claim_id FROM evidence WHERE role = 'states') AS stated
  ON claims.claim_id = stated.claim_id
WHERE claims.withdrawn_in IS NULL AND stated.claim_id IS NULL

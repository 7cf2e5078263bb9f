-- Live claims without a verification, and withdrawn ones with one.
SELECT claims._row
FROM claims
LEFT JOIN verifications ON claims.claim_id = verifications.claim_id
WHERE (claims.withdrawn_in IS NULL) <> (verifications.claim_id IS NOT NULL)

-- Live claims with no main topic, or with several.
SELECT claims._row
FROM claims
LEFT JOIN (
  SELECT claim_id, COUNT(*) AS topics FROM claim_topics WHERE is_main GROUP BY claim_id
) AS main ON claims.claim_id = main.claim_id
WHERE claims.withdrawn_in IS NULL AND COALESCE(main.topics, 0) <> 1

-- Main topics other than the one that the row of the claim has.
WITH stated AS (
  SELECT claim_id, topic_id FROM commitments
  UNION ALL SELECT claim_id, topic_id FROM document_mentions
  UNION ALL SELECT claim_id, topic_id FROM positions
)
SELECT claim_topics._row
FROM claim_topics
JOIN stated ON claim_topics.claim_id = stated.claim_id
WHERE claim_topics.is_main AND claim_topics.topic_id <> stated.topic_id

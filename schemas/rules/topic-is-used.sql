-- Topics that no claim and no narrower topic refers to.
WITH used AS (
  SELECT broader_id AS topic_id FROM topics
  UNION ALL SELECT topic_id FROM claim_topics
)
SELECT DISTINCT topics._row
FROM topics
LEFT JOIN used ON topics.topic_id = used.topic_id
WHERE used.topic_id IS NULL

-- Topics that no claim, no narrower topic and no coder refers to.
WITH used AS (
  SELECT broader_id AS topic_id FROM topics
  UNION ALL SELECT topic_id FROM claim_topics
  UNION ALL SELECT value FROM codings WHERE field = 'topic_id'
)
SELECT DISTINCT topics._row
FROM topics
LEFT JOIN used ON topics.topic_id = used.topic_id
WHERE used.topic_id IS NULL

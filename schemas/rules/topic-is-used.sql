-- Topics that no claim and no narrower topic refers to.
WITH used AS (
  SELECT broader_id AS topic_id FROM topics
  UNION ALL SELECT topic_id FROM commitments
  UNION ALL SELECT topic_id FROM document_mentions
  UNION ALL SELECT topic_id FROM positions
)
SELECT DISTINCT topics._row
FROM topics
LEFT JOIN used ON topics.topic_id = used.topic_id
WHERE used.topic_id IS NULL

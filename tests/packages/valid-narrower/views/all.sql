WITH
  said AS (
    SELECT 'notes' AS table_name, item_id, says_en, says_ja, keeper FROM notes
    UNION ALL
    SELECT 'measures' AS table_name, item_id, says_en, says_ja, keeper FROM measures
  ),
  found AS (
    SELECT item_id, ARRAY_AGG(topic_id) AS topic_id
    FROM item_topics
    GROUP BY item_id
  )
SELECT said.table_name, said.item_id, said.says_en, said.says_ja, said.keeper, found.topic_id
FROM said
LEFT JOIN found ON said.item_id = found.item_id
ORDER BY said.item_id

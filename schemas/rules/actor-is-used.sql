-- Actors that nothing refers to; that a group has members is no use of the group.
WITH used AS (
  SELECT issuer_id AS actor_id FROM documents
  UNION ALL SELECT part_of_id FROM actors
  UNION ALL SELECT member_id FROM memberships
  UNION ALL SELECT group_id FROM topics
  UNION ALL SELECT obligor_id FROM commitments
  UNION ALL SELECT beneficiary_id FROM commitments
  UNION ALL SELECT demanded_by_id FROM commitments
  UNION ALL SELECT attributed_to_id FROM commitments
  UNION ALL SELECT subject_id FROM figures
  UNION ALL SELECT attributed_to_id FROM figures
  UNION ALL SELECT attributed_to_id FROM document_mentions
  UNION ALL SELECT actor_id FROM dates
  UNION ALL SELECT attributed_to_id FROM dates
  UNION ALL SELECT holder_id FROM positions
  UNION ALL SELECT target_id FROM positions
  UNION ALL SELECT attributed_to_id FROM positions
  UNION ALL SELECT obligor_id FROM unreported
  UNION ALL SELECT beneficiary_id FROM unreported
  UNION ALL SELECT demanded_by_id FROM unreported
  UNION ALL SELECT subject_id FROM unreported
  UNION ALL SELECT actor_id FROM unreported
  UNION ALL SELECT holder_id FROM unreported
  UNION ALL SELECT target_id FROM unreported
  UNION ALL SELECT value FROM codings
    WHERE field LIKE '%_id' AND field NOT IN ('document_id', 'topic_id')
)
SELECT DISTINCT actors._row
FROM actors
LEFT JOIN used ON actors.actor_id = used.actor_id
WHERE used.actor_id IS NULL

-- Groups without members.
SELECT actors._row
FROM actors
LEFT JOIN (SELECT DISTINCT group_id FROM memberships) AS joined
  ON actors.actor_id = joined.group_id
WHERE actors.kind = 'group' AND joined.group_id IS NULL

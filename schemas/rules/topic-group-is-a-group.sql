-- Topics whose group is an actor of another kind.
SELECT topics._row
FROM topics
JOIN actors ON topics.group_id = actors.actor_id
WHERE actors.kind <> 'group'

-- Memberships in an actor that is no group.
SELECT memberships._row
FROM memberships
JOIN actors ON memberships.group_id = actors.actor_id
WHERE actors.kind <> 'group'

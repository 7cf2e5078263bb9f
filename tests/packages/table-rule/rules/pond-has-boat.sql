-- Ponds without a boat.
SELECT ponds._row
FROM ponds
LEFT JOIN boats ON ponds.pond_id = boats.pond_id
WHERE boats.boat IS NULL

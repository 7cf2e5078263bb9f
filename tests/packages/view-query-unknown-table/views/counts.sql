SELECT * FROM ponds ORDER BY pond_id

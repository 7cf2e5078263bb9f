SELECT *
FROM counts
ORDER BY lake_id, count_id

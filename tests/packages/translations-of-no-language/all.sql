SELECT count_id, kind
FROM counts
ORDER BY count_id

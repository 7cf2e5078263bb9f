SELECT lakes FROM counts ORDER BY count_id

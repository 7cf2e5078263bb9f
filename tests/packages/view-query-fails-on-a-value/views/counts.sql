SELECT *, CAST(note_en AS INT) AS number FROM counts ORDER BY count_id

SELECT lake_id, count_id, unit, note_en AS value, most FROM counts ORDER BY count_id

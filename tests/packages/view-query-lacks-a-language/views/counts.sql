SELECT count_id, note_en, survey_id, lake_id, kind FROM counts ORDER BY count_id

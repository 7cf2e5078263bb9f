SELECT count_id, note_en, survey_id, kind, counted FROM counts ORDER BY count_id

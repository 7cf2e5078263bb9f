SELECT count_id, note_en, note_ja, survey_id, kind, lake_id, 'yesterday' AS counted FROM counts ORDER BY count_id

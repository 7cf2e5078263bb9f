SELECT lake_id AS key, name_en AS said_en, name_ja AS said_ja FROM lakes ORDER BY key

SELECT 'surveys' AS of, survey_id AS key, keeper AS said_en, title AS said_ja FROM surveys ORDER BY key

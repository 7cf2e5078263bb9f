SELECT 'lakes' AS of, lake_id AS key, name_en AS said_en, name_ja AS said_ja FROM lakes
UNION ALL
SELECT 'surveys' AS of, survey_id AS key, title AS said_en, title AS said_ja FROM surveys
ORDER BY of, key

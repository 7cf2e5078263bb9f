-- Claims about the same place of a document stand together, by the last of the places that each is
-- compared with; first the places at which one differs.
WITH
  ranked AS (
    SELECT
      claim_id,
      CASE verdict
        WHEN 'differs' THEN 1
        WHEN 'not-in-document' THEN 2
        WHEN 'beyond-document' THEN 3
        ELSE 4
      END AS place
    FROM verifications
  ),
  live AS (
    SELECT 'commitments' AS table_name, claim_id, statement_en, statement_ja FROM commitments
    UNION ALL
    SELECT 'figures' AS table_name, claim_id, statement_en, statement_ja FROM figures
    UNION ALL
    SELECT 'document_mentions' AS table_name, claim_id, statement_en, statement_ja FROM document_mentions
    UNION ALL
    SELECT 'dates' AS table_name, claim_id, statement_en, statement_ja FROM dates
    UNION ALL
    SELECT 'positions' AS table_name, claim_id, statement_en, statement_ja FROM positions
  ),
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  ),
  stated AS (
    SELECT
      evidence.claim_id,
      ARRAY_AGG(evidence.source_id) AS reporting_id,
      ARRAY_TO_STRING(ARRAY_AGG(DISTINCT sources.title_en ORDER BY sources.title_en), ' / ') AS report_en,
      ARRAY_TO_STRING(ARRAY_AGG(DISTINCT sources.title ORDER BY sources.title), ' / ') AS report_ja
    FROM evidence
    JOIN sources ON evidence.source_id = sources.source_id
    GROUP BY evidence.claim_id
  ),
  last_places AS (
    SELECT claim_id, source_id, MAX(segment) AS segment, MAX(start) AS start
    FROM verification_spans
    GROUP BY claim_id, source_id
  ),
  firsts AS (
    SELECT last_places.source_id, last_places.segment, MIN(ranked.place) AS first_place
    FROM last_places
    JOIN ranked ON last_places.claim_id = ranked.claim_id
    GROUP BY last_places.source_id, last_places.segment
  )
SELECT
  CASE
    WHEN last_places.segment IS NULL THEN 'At no place of the document'
    ELSE CONCAT(documents.short_title, ': ', segments.section, ', segment ', CAST(last_places.segment AS VARCHAR))
  END AS point_en,
  CASE
    WHEN last_places.segment IS NULL THEN '文書に該当する箇所がないもの'
    ELSE CONCAT(documents.short_title, '：', segments.section, '、区分 ', CAST(last_places.segment AS VARCHAR))
  END AS point_ja,
  verifications.verdict,
  aspects.aspect,
  live.claim_id,
  live.table_name,
  live.statement_en,
  live.statement_ja,
  stated.reporting_id,
  stated.report_en,
  stated.report_ja,
  verifications.source_id,
  sources.title_en AS text_en,
  sources.title AS text_ja,
  verifications.document_id,
  verifications.found_en,
  verifications.found_ja
FROM verifications
JOIN live ON verifications.claim_id = live.claim_id
JOIN ranked ON verifications.claim_id = ranked.claim_id
JOIN sources ON verifications.source_id = sources.source_id
JOIN documents ON verifications.document_id = documents.document_id
LEFT JOIN last_places ON verifications.claim_id = last_places.claim_id
  AND verifications.source_id = last_places.source_id
LEFT JOIN firsts ON last_places.source_id = firsts.source_id
  AND last_places.segment = firsts.segment
LEFT JOIN segments ON last_places.source_id = segments.source_id
  AND last_places.segment = segments.segment
LEFT JOIN aspects ON verifications.claim_id = aspects.claim_id
LEFT JOIN stated ON verifications.claim_id = stated.claim_id
ORDER BY
  COALESCE(firsts.first_place, 9),
  verifications.source_id,
  last_places.segment,
  ranked.place,
  last_places.start,
  verifications.claim_id

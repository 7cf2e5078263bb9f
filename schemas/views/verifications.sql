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
    SELECT claim_id, ARRAY_AGG(source_id) AS reporting_id
    FROM evidence
    GROUP BY claim_id
  )
SELECT
  verifications.verdict,
  aspects.aspect,
  live.claim_id,
  live.table_name,
  live.statement_en,
  live.statement_ja,
  stated.reporting_id,
  verifications.source_id,
  verifications.document_id,
  verifications.found_en,
  verifications.found_ja
FROM verifications
JOIN live ON verifications.claim_id = live.claim_id
JOIN ranked ON verifications.claim_id = ranked.claim_id
LEFT JOIN aspects ON verifications.claim_id = aspects.claim_id
LEFT JOIN stated ON verifications.claim_id = stated.claim_id
WHERE verifications.source_id IS NOT NULL
ORDER BY ranked.place, verifications.claim_id

WITH
  live AS (
    SELECT 'commitments' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty, attributed_to_id FROM commitments
    UNION ALL
    SELECT 'figures' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty, attributed_to_id FROM figures
    UNION ALL
    SELECT 'document_mentions' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty, attributed_to_id FROM document_mentions
    UNION ALL
    SELECT 'dates' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty, attributed_to_id FROM dates
    UNION ALL
    SELECT 'positions' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty, attributed_to_id FROM positions
  ),
  found AS (
    SELECT claim_id, ARRAY_AGG(topic_id) AS topic_id
    FROM claim_topics
    GROUP BY claim_id
  ),
  stated AS (
    SELECT claim_id, ARRAY_AGG(source_id) AS source_id
    FROM evidence
    GROUP BY claim_id
  ),
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  )
SELECT
  live.claim_id,
  live.table_name,
  live.statement_en,
  live.statement_ja,
  live.document_id,
  CASE WHEN live.document_id IS NULL THEN verifications.document_id END AS against_id,
  COALESCE(live.document_id, verifications.document_id) AS about_id,
  live.certainty,
  live.attributed_to_id,
  found.topic_id,
  stated.source_id,
  verifications.verdict,
  aspects.aspect,
  CASE WHEN verifications.source_id IS NOT NULL THEN live.claim_id END AS compared_id
FROM live
LEFT JOIN found ON live.claim_id = found.claim_id
LEFT JOIN stated ON live.claim_id = stated.claim_id
LEFT JOIN verifications ON live.claim_id = verifications.claim_id
LEFT JOIN aspects ON live.claim_id = aspects.claim_id
ORDER BY live.claim_id

WITH
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  )
SELECT
  claim_topics.topic_id,
  document_mentions.document_id,
  document_mentions.stance,
  document_mentions.statement_en,
  document_mentions.statement_ja,
  document_mentions.pages,
  document_mentions.certainty,
  document_mentions.attributed_to_id,
  verifications.verdict,
  aspects.aspect,
  CASE WHEN verifications.source_id IS NOT NULL THEN document_mentions.claim_id END AS compared_id,
  document_mentions.claim_id
FROM document_mentions
JOIN claim_topics ON document_mentions.claim_id = claim_topics.claim_id
LEFT JOIN verifications ON document_mentions.claim_id = verifications.claim_id
LEFT JOIN aspects ON document_mentions.claim_id = aspects.claim_id
WHERE document_mentions.stance <> 'cites'
ORDER BY claim_topics.topic_id, document_mentions.document_id, document_mentions.claim_id

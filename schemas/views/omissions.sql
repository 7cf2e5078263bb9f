WITH
  omitted AS (
    SELECT topic_id, ARRAY_AGG(document_id) AS left_out_by
    FROM document_mentions
    WHERE stance = 'omits' AND topic_id IS NOT NULL
    GROUP BY topic_id
  ),
  placed AS (
    SELECT claim_topics.topic_id, document_mentions.claim_id, document_mentions.document_id
    FROM document_mentions
    JOIN claim_topics ON document_mentions.claim_id = claim_topics.claim_id
    WHERE document_mentions.stance <> 'cites' AND document_mentions.stance <> 'omits'
  ),
  had AS (
    SELECT topic_id, ARRAY_AGG(document_id) AS said_by
    FROM placed
    GROUP BY topic_id
  ),
  listed AS (
    SELECT topic_id, claim_id FROM placed
    UNION ALL
    SELECT topic_id, claim_id FROM document_mentions WHERE stance = 'omits' AND topic_id IS NOT NULL
  ),
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  )
SELECT
  listed.topic_id,
  document_mentions.document_id,
  document_mentions.stance,
  document_mentions.statement_en,
  document_mentions.statement_ja,
  document_mentions.pages,
  document_mentions.certainty,
  document_mentions.attributed_to_id,
  document_mentions.claim_id,
  omitted.left_out_by,
  had.said_by,
  verifications.verdict,
  aspects.aspect,
  CASE WHEN verifications.source_id IS NOT NULL THEN document_mentions.claim_id END AS compared_id
FROM listed
JOIN omitted ON listed.topic_id = omitted.topic_id
JOIN document_mentions ON listed.claim_id = document_mentions.claim_id
LEFT JOIN had ON listed.topic_id = had.topic_id
LEFT JOIN verifications ON document_mentions.claim_id = verifications.claim_id
LEFT JOIN aspects ON document_mentions.claim_id = aspects.claim_id
ORDER BY listed.topic_id, document_mentions.document_id, document_mentions.claim_id

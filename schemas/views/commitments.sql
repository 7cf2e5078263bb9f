WITH
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
  commitments.obligor_id,
  commitments.statement_en,
  commitments.statement_ja,
  commitments.beneficiary_id,
  commitments.demanded_by_id,
  commitments.due,
  commitments.due_note AS note_en,
  commitments.due_note_ja AS note_ja,
  commitments.condition_en,
  commitments.condition_ja,
  commitments.status,
  commitments.kind,
  commitments.certainty,
  commitments.document_id,
  CASE WHEN commitments.document_id IS NULL THEN verifications.document_id END AS against_id,
  COALESCE(commitments.document_id, verifications.document_id) AS about_id,
  commitments.pages,
  found.topic_id,
  stated.source_id,
  verifications.verdict,
  aspects.aspect,
  CASE WHEN verifications.source_id IS NOT NULL THEN commitments.claim_id END AS compared_id,
  commitments.claim_id
FROM commitments
LEFT JOIN found ON commitments.claim_id = found.claim_id
LEFT JOIN stated ON commitments.claim_id = stated.claim_id
LEFT JOIN verifications ON commitments.claim_id = verifications.claim_id
LEFT JOIN aspects ON commitments.claim_id = aspects.claim_id
ORDER BY commitments.obligor_id, commitments.claim_id

WITH
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  )
SELECT
  commitments.obligor_id,
  figures.value,
  figures.unit,
  figures.currency,
  figures.per,
  figures.qualifier,
  commitments.due,
  commitments.due_note AS note_en,
  commitments.due_note_ja AS note_ja,
  commitments.made,
  commitments.status,
  commitments.statement_en,
  commitments.statement_ja,
  commitments.document_id,
  verifications.verdict,
  aspects.aspect,
  CASE WHEN verifications.source_id IS NOT NULL THEN commitments.claim_id END AS compared_id,
  figures.period,
  figures.as_stated,
  figures.part_of_id AS part_of,
  figures.claim_id AS figure,
  commitments.claim_id AS commitment
FROM figures
JOIN commitments ON figures.commitment_id = commitments.claim_id
LEFT JOIN verifications ON commitments.claim_id = verifications.claim_id
LEFT JOIN aspects ON commitments.claim_id = aspects.claim_id
WHERE figures.unit <> 'rank'
ORDER BY figures.unit, figures.currency, figures.value DESC, figures.claim_id

WITH
  placed AS (
    SELECT
      claim_id,
      CASE unit
        WHEN 'money' THEN 1
        WHEN 'percent-of-gdp' THEN 2
        WHEN 'percent' THEN 3
        WHEN 'person' THEN 4
        WHEN 'year' THEN 5
        WHEN 'rank' THEN 6
        ELSE 7
      END AS place,
      CASE WHEN unit <> 'rank' THEN value END AS drawn
    FROM figures
  ),
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  )
SELECT
  figures.measure,
  figures.unit,
  figures.currency,
  figures.per,
  figures.value,
  figures.value_max,
  placed.drawn,
  figures.qualifier,
  figures.subject_id,
  figures.period,
  figures.as_stated,
  figures.statement_en,
  figures.statement_ja,
  figures.document_id,
  wholes.value AS whole,
  figures.part_of_id,
  figures.commitment_id,
  verifications.verdict,
  aspects.aspect,
  CASE WHEN verifications.source_id IS NOT NULL THEN figures.claim_id END AS compared_id,
  figures.claim_id
FROM figures
JOIN placed ON figures.claim_id = placed.claim_id
LEFT JOIN figures AS wholes ON figures.part_of_id = wholes.claim_id
LEFT JOIN verifications ON figures.claim_id = verifications.claim_id
LEFT JOIN aspects ON figures.claim_id = aspects.claim_id
ORDER BY
  placed.place,
  figures.measure,
  figures.currency,
  figures.per,
  figures.value DESC,
  figures.claim_id

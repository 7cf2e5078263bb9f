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
      END AS place
    FROM figures
  )
SELECT
  figures.measure,
  figures.unit,
  figures.currency,
  figures.per,
  figures.value,
  figures.value_max,
  figures.qualifier,
  figures.subject_id,
  figures.period,
  figures.as_stated,
  figures.statement_en,
  figures.statement_ja,
  figures.document_id,
  figures.part_of_id,
  figures.commitment_id,
  figures.claim_id
FROM figures
JOIN placed ON figures.claim_id = placed.claim_id
ORDER BY
  placed.place,
  figures.measure,
  figures.currency,
  figures.per,
  figures.value DESC,
  figures.claim_id

-- Amounts in words, without rounding: `350 billion USD`, `3500億ドル`. The numbers themselves stand
-- beside them, and rows are saved with both.
WITH
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  ),
  scales AS (
    SELECT
      claim_id,
      CASE WHEN value >= 1000000000 THEN 1000000000 WHEN value >= 1000000 THEN 1000000 ELSE 1 END AS step_en,
      CASE WHEN value >= 1000000000 THEN ' billion' WHEN value >= 1000000 THEN ' million' ELSE '' END AS scale_en,
      CASE WHEN value >= 100000000 THEN 100000000 WHEN value >= 10000 THEN 10000 ELSE 1 END AS step_ja,
      CASE WHEN value >= 100000000 THEN '億' WHEN value >= 10000 THEN '万' ELSE '' END AS scale_ja
    FROM figures
  ),
  -- Whole numbers from 1,000 to 999,999, and what they are in Japanese: `28,500`, `2万8500`.
  grouped AS (
    SELECT
      claim_id,
      CASE
        WHEN value >= 1000 AND value < 1000000 AND value % 1 = 0 THEN CONCAT(
          CAST(CAST(FLOOR(value / 1000) AS BIGINT) AS VARCHAR),
          ',',
          RIGHT(CONCAT('000', CAST(CAST(value % 1000 AS BIGINT) AS VARCHAR)), 3)
        )
      END AS from_en,
      CASE
        WHEN value_max >= 1000 AND value_max < 1000000 AND value_max % 1 = 0 THEN CONCAT(
          '–',
          CAST(CAST(FLOOR(value_max / 1000) AS BIGINT) AS VARCHAR),
          ',',
          RIGHT(CONCAT('000', CAST(CAST(value_max % 1000 AS BIGINT) AS VARCHAR)), 3)
        )
      END AS to_en,
      CASE
        WHEN value_max IS NULL AND value >= 10000 AND value < 100000000 AND value % 1 = 0 AND value % 10000 > 0 THEN CONCAT(
          CAST(CAST(FLOOR(value / 10000) AS BIGINT) AS VARCHAR),
          '万',
          CAST(CAST(value % 10000 AS BIGINT) AS VARCHAR)
        )
      END AS whole_ja
    FROM figures
  ),
  -- A number ends with `;`, by which the `.0` of a whole one is told from other digits.
  numbers AS (
    SELECT
      figures.claim_id,
      REPLACE(REPLACE(CONCAT(CAST(figures.value / scales.step_en AS VARCHAR), ';'), '.0;', ''), ';', '') AS from_en,
      REPLACE(REPLACE(CONCAT('–', CAST(figures.value_max / scales.step_en AS VARCHAR), ';'), '.0;', ''), ';', '') AS to_en,
      REPLACE(REPLACE(CONCAT(CAST(figures.value / scales.step_ja AS VARCHAR), ';'), '.0;', ''), ';', '') AS from_ja,
      REPLACE(REPLACE(CONCAT('～', CAST(figures.value_max / scales.step_ja AS VARCHAR), ';'), '.0;', ''), ';', '') AS to_ja,
      scales.scale_en,
      scales.scale_ja
    FROM figures
    JOIN scales ON figures.claim_id = scales.claim_id
  ),
  worded AS (
    SELECT
      figures.claim_id,
      CONCAT(
        CASE figures.qualifier
          WHEN 'about' THEN 'about '
          WHEN 'at-least' THEN 'at least '
          WHEN 'at-most' THEN 'at most '
          WHEN 'on-the-scale-of' THEN 'on the scale of '
          ELSE ''
        END,
        COALESCE(grouped.from_en, numbers.from_en),
        CASE
          WHEN figures.value_max IS NULL THEN ''
          WHEN numbers.scale_en = '' THEN COALESCE(grouped.to_en, numbers.to_en)
          ELSE numbers.to_en
        END,
        numbers.scale_en,
        CASE figures.unit
          WHEN 'money' THEN ' '
          WHEN 'percent' THEN '%'
          WHEN 'percent-of-gdp' THEN '% of GDP'
          WHEN 'person' THEN ' persons'
          WHEN 'year' THEN ' years'
          WHEN 'count' THEN ''
          ELSE CONCAT(' ', figures.unit)
        END,
        COALESCE(figures.currency, ''),
        CASE WHEN figures.per IS NULL THEN '' ELSE CONCAT(' a ', figures.per) END
      ) AS amount_en,
      CONCAT(
        CASE WHEN figures.per = 'year' THEN '年' WHEN figures.per IS NULL THEN '' ELSE CONCAT(figures.per, ' ') END,
        CASE WHEN figures.unit = 'percent-of-gdp' THEN '対GDP比' ELSE '' END,
        CASE WHEN figures.qualifier = 'about' THEN '約' ELSE '' END,
        COALESCE(grouped.whole_ja, numbers.from_ja),
        CASE WHEN figures.value_max IS NULL THEN '' ELSE numbers.to_ja END,
        CASE WHEN grouped.whole_ja IS NULL THEN numbers.scale_ja ELSE '' END,
        CASE figures.unit
          WHEN 'money' THEN ''
          WHEN 'percent' THEN '％'
          WHEN 'percent-of-gdp' THEN '％'
          WHEN 'person' THEN '人'
          WHEN 'year' THEN '年'
          WHEN 'count' THEN ''
          ELSE CONCAT(' ', figures.unit)
        END,
        CASE
          WHEN figures.currency IS NULL THEN ''
          WHEN figures.currency = 'USD' THEN 'ドル'
          ELSE CONCAT(' ', figures.currency)
        END,
        CASE figures.qualifier
          WHEN 'at-least' THEN '以上'
          WHEN 'at-most' THEN '以下'
          WHEN 'on-the-scale-of' THEN '規模'
          ELSE ''
        END
      ) AS amount_ja
    FROM figures
    JOIN numbers ON figures.claim_id = numbers.claim_id
    JOIN grouped ON figures.claim_id = grouped.claim_id
  )
SELECT
  commitments.obligor_id,
  CASE
    WHEN whole_words.amount_en IS NULL THEN worded.amount_en
    ELSE CONCAT(worded.amount_en, ' (the whole: ', whole_words.amount_en, ')')
  END AS amount_en,
  CASE
    WHEN whole_words.amount_ja IS NULL THEN worded.amount_ja
    ELSE CONCAT(worded.amount_ja, '（全体は', whole_words.amount_ja, '）')
  END AS amount_ja,
  figures.value,
  figures.unit,
  figures.currency,
  figures.per,
  figures.qualifier,
  wholes.value AS whole,
  commitments.due,
  commitments.due_note AS note_en,
  commitments.due_note_ja AS note_ja,
  commitments.made,
  commitments.status,
  commitments.certainty,
  commitments.statement_en,
  commitments.statement_ja,
  commitments.document_id,
  CASE WHEN commitments.document_id IS NULL THEN verifications.document_id END AS against_id,
  COALESCE(commitments.document_id, verifications.document_id) AS about_id,
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
JOIN worded ON figures.claim_id = worded.claim_id
LEFT JOIN figures AS wholes ON figures.part_of_id = wholes.claim_id
LEFT JOIN worded AS whole_words ON figures.part_of_id = whole_words.claim_id
LEFT JOIN verifications ON commitments.claim_id = verifications.claim_id
LEFT JOIN aspects ON commitments.claim_id = aspects.claim_id
WHERE figures.unit <> 'rank'
ORDER BY
  figures.unit,
  figures.currency,
  COALESCE(wholes.value, figures.value) DESC,
  COALESCE(figures.part_of_id, figures.claim_id),
  figures.part_of_id NULLS FIRST,
  figures.value DESC,
  figures.claim_id

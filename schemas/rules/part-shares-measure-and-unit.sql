-- Parts that are measured otherwise, or in another unit or currency, than their whole.
SELECT part._row
FROM figures AS part
JOIN figures AS whole ON part.part_of_id = whole.claim_id
WHERE part.measure <> whole.measure
  OR part.unit <> whole.unit
  OR COALESCE(part.currency, '') <> COALESCE(whole.currency, '')

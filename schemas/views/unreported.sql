SELECT
  unreported.unreported_id,
  unreported."table",
  unreported.statement_en,
  unreported.statement_ja,
  unreported.document_id,
  unreported.kind,
  unreported.status,
  unreported.obligor_id,
  unreported.value,
  unreported.unit,
  unreported.currency,
  unreported.due,
  unreported.part_of_id,
  unreported.claim_id
FROM unreported
ORDER BY unreported.document_id, unreported.unreported_id

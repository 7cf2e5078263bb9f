SELECT
  'The first count' AS first_head,
  'The count again' AS second_head,
  one.count_id AS first_id,
  one.note_en AS first_en,
  one.note_ja AS first_ja,
  two.count_id AS second_id,
  two.note_en AS second_en,
  two.note_ja AS second_ja,
  one.value - two.value AS difference
FROM counts AS two
JOIN counts AS one ON two.repeats = one.count_id
ORDER BY two.count_id

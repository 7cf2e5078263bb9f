SELECT keeper, item_id, says_en, says_ja
FROM notes
ORDER BY keeper, item_id

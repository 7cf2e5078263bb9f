SELECT pond_id + 1 AS _row FROM read_csv/* */('ponds.csv')

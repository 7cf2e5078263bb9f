SELECT _row, /* /* */ ' */ _row AS z FROM read_csv('ponds.csv') -- '

SELECT $$'$$ AS z, _row FROM read_csv('ponds.csv') -- '

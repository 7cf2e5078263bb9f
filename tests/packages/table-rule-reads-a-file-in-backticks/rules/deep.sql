SELECT _row FROM `read_csv`('ponds.csv')

SELECT * FROM read_csv('counts.csv')

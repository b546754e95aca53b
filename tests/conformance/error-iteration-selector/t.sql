CREATE TABLE pilot (id INTEGER PRIMARY KEY, name TEXT, hours REAL);
INSERT INTO pilot VALUES (1, 'Ines', 12.5), (2, 'Juri', 40), (3, 'Kai', NULL);

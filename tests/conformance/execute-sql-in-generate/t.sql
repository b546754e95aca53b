CREATE TABLE seen (what TEXT);
CREATE TABLE row (id, n);

CREATE TABLE t (id, a, b DEFAULT 'd');
CREATE TABLE u (id, list, map DEFAULT 'u');

INSERT INTO seen VALUES ('odd {id}');

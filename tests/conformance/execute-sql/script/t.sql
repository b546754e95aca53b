-- two statements; in a comment
BEGIN;
CREATE TABLE t (a INTEGER, b TEXT);
CREATE TRIGGER after_t AFTER INSERT ON t WHEN new.a = 2 BEGIN
  INSERT INTO t VALUES ({2 + 2}, 'after');
END;
INSERT INTO t VALUES (1, 'x;y');
COMMIT;
/* braces; */ INSERT INTO t VALUES (2, '{{7}} {word.replace("'", '’')}\');
INSERT INTO t VALUES (5, CURRENT_TIMESTAMP)

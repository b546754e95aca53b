SELECT ':name';
SELECT :name;

CREATE TABLE parent (id);
CREATE TABLE child (n, parent);

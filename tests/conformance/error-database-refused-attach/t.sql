ATTACH 'other.sqlite' AS o;

/** A search index for each kind of thing, ordered by connection, and their names in order. The index is filled when the register is opened. */
export const search = {
  version: 36,
  name: 'search',
  sql: `
DROP TABLE search;
-- The row ids are those of search_name.
CREATE VIRTUAL TABLE search_person USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');
CREATE VIRTUAL TABLE search_key USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');
CREATE VIRTUAL TABLE search_project USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');

-- A name in lower case for each key and project, and for each person at each connection where the person has or had an
-- account. The id is the connection's times 2^34, the subject's times 4 and the code of the kind, so that the entries of
-- a connection follow each other.
CREATE TABLE search_name (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  connection_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  subject_id INTEGER NOT NULL
) STRICT;
CREATE INDEX search_name_in_order ON search_name (kind, connection_id, name, subject_id);
CREATE INDEX search_name_of_person ON search_name (subject_id) WHERE kind = 0;
INSERT OR REPLACE INTO meta (key, value) VALUES ('index-search', 'again');
`,
} as const

/** An index for each kind of thing, in the order of connections, and their names in order. */
export const search = `
CREATE VIRTUAL TABLE search_person USING fts5 (
  text,
  content = '',
  contentless_delete = 1,
  tokenize = 'trigram'
);

CREATE VIRTUAL TABLE search_key USING fts5 (
  text,
  content = '',
  contentless_delete = 1,
  tokenize = 'trigram'
);

CREATE VIRTUAL TABLE search_project USING fts5 (
  text,
  content = '',
  contentless_delete = 1,
  tokenize = 'trigram'
);

-- Names of people, keys and projects in order; kind 0 is a person.
CREATE TABLE search_name (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  connection_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  subject_id INTEGER NOT NULL
) STRICT;
CREATE INDEX search_name_in_order ON search_name (kind, connection_id, name, subject_id);
CREATE INDEX search_name_of_person ON search_name (subject_id) WHERE kind = 0;
`

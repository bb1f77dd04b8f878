/** The first rows of people and access are read from indexes, without looking at every account. */
export const accountOrder = {
  version: 65,
  name: 'account-order',
  sql: `
-- Written by a sync: whether an account has no current version, so that people and names are counted and ordered by indexes.
ALTER TABLE principal ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed = 0 OR removed = 1);
UPDATE principal SET removed = 1
WHERE NOT EXISTS (SELECT 1 FROM principal_version v WHERE v.principal_id = principal.id AND v.to_sync IS NULL);
DROP INDEX principal_by_person;
CREATE INDEX principal_by_person ON principal (person_id, connection_id, removed) WHERE person_id IS NOT NULL;
CREATE INDEX principal_removed ON principal (external_id COLLATE NOCASE) WHERE removed = 1;
-- The name or else the address by which lists order an account.
CREATE INDEX principal_named ON principal_version (ifnull(nullif(name, ''), email) COLLATE NOCASE) WHERE to_sync IS NULL;
`,
} as const

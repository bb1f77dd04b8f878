/** Whether the owner of a key has left the organization is kept apart from whether the key has an active owner. */
export const ownerLeft = {
  version: 67,
  name: 'owner-left',
  sql: `
ALTER TABLE key ADD COLUMN owner_left INTEGER NOT NULL DEFAULT 0;
UPDATE finding_evaluation SET stale = 1;

-- A new internal client, with its domains, changes who is external at every other client.
CREATE TRIGGER finding_after_new_client AFTER INSERT ON client WHEN new.kind = 'internal' BEGIN
  UPDATE finding_evaluation SET stale = 1;
END;
`,
} as const


-- The vendor that the gateway calls with it, in the gateway's word ("openai").
ALTER TABLE key ADD COLUMN vendor TEXT;

DROP VIEW key_now;
CREATE VIEW key_now AS
  SELECT k.id, k.connection_id, k.external_id, k.logical_key_id, k.last_use_state, k.last_used_at, k.last_use_inexact, k.tool,
    k.vendor, k.snoozed_until, k.last_rotated_on, k.due_on, k.due_basis, k.lineage, v.kind, v.name, v.hint, v.status, v.project_id,
    v.owner_state, v.owner_external_id, v.owner_kind, v.owner_name, v.owner_email, v.owner_access, v.created_at, v.expires_at,
    v.from_sync, ifnull(l.environment, k.environment) AS environment, ifnull(l.team, k.team) AS team,
    ifnull(l.purpose, k.purpose) AS purpose, l.contact, v.source
  FROM key k
  JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
  JOIN logical_key l ON l.id = k.logical_key_id;

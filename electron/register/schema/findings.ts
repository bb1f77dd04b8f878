/** Findings: a rule that a subject breaks, from the evaluation that showed it first until the one that no longer did. One that comes back is a new row. Its cause is the same in every register. */
export const findings = `
-- Words are compared by OR, since SQLite builds the list of an IN again for every row that it checks.
CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  rule TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity = 'critical' OR severity = 'high' OR severity = 'medium' OR severity = 'low' OR severity = 'info'),
  subject_kind TEXT NOT NULL CHECK (subject_kind = 'connection' OR subject_kind = 'project' OR subject_kind = 'principal' OR subject_kind = 'key'),
  subject_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  evidence TEXT NOT NULL,
  first_sync INTEGER REFERENCES sync (id),
  first_seen_at INTEGER NOT NULL,
  cause TEXT NOT NULL DEFAULT '',
  resolved_sync INTEGER REFERENCES sync (id),
  resolved_at INTEGER,
  accepted_until TEXT,
  quiet INTEGER NOT NULL DEFAULT 0 CHECK (quiet IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX finding_standing ON finding (connection_id, rule, subject_id) WHERE resolved_at IS NULL;
CREATE INDEX finding_of_subject ON finding (subject_kind, subject_id);
CREATE INDEX finding_summary ON finding (connection_id, severity, accepted_until) WHERE resolved_at IS NULL AND quiet = 0;
CREATE INDEX finding_life ON finding (connection_id, first_seen_at, resolved_at, severity) WHERE quiet = 0;
CREATE INDEX finding_today ON finding (connection_id, subject_kind, subject_id, severity, rule, accepted_until, first_seen_at,
  resolved_at, quiet) WHERE resolved_at IS NULL AND quiet = 0;
CREATE INDEX finding_accepted ON finding (accepted_until, rule) WHERE resolved_at IS NULL AND accepted_until IS NOT NULL;

-- Findings are derived, and what a person accepted is not; so it has a table of its own.
CREATE TABLE acceptance (
  id INTEGER PRIMARY KEY,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  rule TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('connection', 'project', 'principal', 'key')),
  external_id TEXT NOT NULL,
  cause TEXT NOT NULL,
  until TEXT NOT NULL,
  reason TEXT NOT NULL,
  accepted_by TEXT NOT NULL,
  accepted_at INTEGER NOT NULL,
  UNIQUE (connection_id, rule, subject_kind, external_id, cause)
) STRICT;
CREATE INDEX acceptance_at ON acceptance (accepted_at);

-- stale: something about the connection was decided since; triggers note it, whichever way the decision came in.
CREATE TABLE finding_evaluation (
  connection_id INTEGER PRIMARY KEY REFERENCES connection (id),
  day TEXT NOT NULL,
  at INTEGER NOT NULL,
  stale INTEGER NOT NULL DEFAULT 0 CHECK (stale IN (0, 1)),
  quiet_rules TEXT
) STRICT;

CREATE TABLE finding_tally (
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  severity TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection_id, severity)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_worst_tally (
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  subject_kind TEXT NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (connection_id, subject_kind, rule, severity, first_seen_at)
) STRICT, WITHOUT ROWID;

-- The rules of rotation read what a person says of a key.
CREATE TRIGGER finding_after_key_described AFTER UPDATE ON logical_key BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id = new.connection_id;
END;

CREATE TRIGGER finding_after_rotation AFTER INSERT ON rotation BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id = (SELECT k.connection_id FROM key k WHERE k.id = new.key_id);
END;

CREATE TRIGGER finding_after_rotation_undone AFTER UPDATE ON rotation BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id = (SELECT k.connection_id FROM key k WHERE k.id = new.key_id);
END;

-- The domains of the agency decide who is external at every client.
CREATE TRIGGER finding_after_client AFTER UPDATE OF kind, domains, archived_at ON client BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE new.kind = 'internal' OR old.kind = 'internal'
    OR connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = new.id);
END;

-- Thresholds of a rule come from the policy.
CREATE TRIGGER finding_after_policy AFTER INSERT ON policy BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE new.client_id = 0 OR connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = new.client_id);
END;

CREATE TRIGGER finding_after_policy_changed AFTER UPDATE ON policy BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE new.client_id = 0 OR connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = new.client_id);
END;

CREATE TRIGGER finding_after_policy_gone AFTER DELETE ON policy BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE old.client_id = 0 OR connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = old.client_id);
END;

-- Who has left is a rule of every connection in which the person has an account.
CREATE TRIGGER finding_after_employment AFTER INSERT ON employment BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id = new.person_id);
END;

CREATE TRIGGER finding_after_employment_changed AFTER UPDATE ON employment BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id IN (old.person_id, new.person_id));
END;

CREATE TRIGGER finding_after_employment_gone AFTER DELETE ON employment BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id = old.person_id);
END;

-- A signed review ends findings about overdue reviews.
CREATE TRIGGER finding_after_review AFTER UPDATE OF state ON review WHEN new.state IN ('signed', 'empty') BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = new.client_id);
END;

-- Rules compare the limit at the provider with the budget.
CREATE TRIGGER budget_agreed AFTER INSERT ON budget BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (SELECT id FROM connection WHERE client_id = new.client_id);
END;

CREATE TRIGGER budget_changed AFTER UPDATE ON budget BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (SELECT id FROM connection WHERE client_id = new.client_id);
END;

CREATE TRIGGER budget_taken_back AFTER DELETE ON budget BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (SELECT id FROM connection WHERE client_id = old.client_id);
END;

-- Drift is a finding of the active plan only.
CREATE TRIGGER finding_after_plan_saved AFTER INSERT ON plan_version BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = new.plan_id AND p.in_force = 1);
END;

CREATE TRIGGER finding_after_plan AFTER UPDATE OF title, in_force ON plan WHEN old.in_force = 1 OR new.in_force = 1 BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (SELECT n.id FROM connection n WHERE n.client_id = new.client_id);
END;

CREATE TRIGGER finding_after_plan_bound AFTER INSERT ON plan_binding BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = new.plan_id AND p.in_force = 1);
END;

CREATE TRIGGER finding_after_plan_bound_otherwise AFTER UPDATE ON plan_binding BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = new.plan_id AND p.in_force = 1);
END;

CREATE TRIGGER finding_after_plan_bound_undone AFTER DELETE ON plan_binding BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = old.plan_id AND p.in_force = 1);
END;

CREATE TRIGGER finding_after_plan_renamed AFTER INSERT ON plan_same BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = new.plan_id AND p.in_force = 1);
END;

CREATE TRIGGER finding_after_plan_renamed_otherwise AFTER UPDATE ON plan_same BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = new.plan_id AND p.in_force = 1);
END;

CREATE TRIGGER finding_after_plan_renamed_undone AFTER DELETE ON plan_same BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = old.plan_id AND p.in_force = 1);
END;

-- A planned organization may be found or missed.
CREATE TRIGGER finding_after_connection AFTER INSERT ON connection BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.client_id = new.client_id AND p.in_force = 1);
END;

CREATE TRIGGER finding_after_connection_named AFTER UPDATE OF label, organization_id, organization_name, removed_at ON connection
WHEN old.label <> new.label OR old.organization_id IS NOT new.organization_id
  OR old.organization_name IS NOT new.organization_name OR old.removed_at IS NOT new.removed_at BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.client_id = new.client_id AND p.in_force = 1);
END;

-- A planned person is found by an address.
CREATE TRIGGER finding_after_address AFTER INSERT ON person_address WHEN EXISTS (SELECT 1 FROM plan WHERE in_force = 1) BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id = new.person_id);
END;

CREATE TRIGGER finding_after_address_moved AFTER UPDATE OF person_id ON person_address
WHEN EXISTS (SELECT 1 FROM plan WHERE in_force = 1) BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id IN (old.person_id, new.person_id));
END;

CREATE TRIGGER finding_after_new_client AFTER INSERT ON client WHEN new.kind = 'internal' BEGIN
  UPDATE finding_evaluation SET stale = 1;
END;
`

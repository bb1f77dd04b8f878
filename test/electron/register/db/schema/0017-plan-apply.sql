
-- A remedy may come from a plan too, and what is made is wished for at its organization. The table is laid out anew since a
-- check cannot be changed; numbers are kept, since the journal names them.
CREATE TABLE remedy_next (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('principal', 'key', 'project', 'connection')),
  subject_id INTEGER NOT NULL,
  subject_name TEXT NOT NULL,
  "values" TEXT NOT NULL DEFAULT '{}' CHECK (json_valid("values")),
  origin_kind TEXT CHECK (origin_kind IN ('finding', 'review-item', 'person', 'plan', 'offboarding')),
  origin_id INTEGER,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'by-hand', 'sending', 'unsure', 'deploying', 'done', 'failed', 'withdrawn')),
  outcome TEXT,
  made TEXT,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  sent_at INTEGER,
  ended_at INTEGER
) STRICT;
INSERT INTO remedy_next SELECT * FROM remedy;
DROP TABLE remedy;
ALTER TABLE remedy_next RENAME TO remedy;
CREATE UNIQUE INDEX remedy_wanted ON remedy (connection_id, action, subject_kind, subject_id, "values")
  WHERE state IN ('waiting', 'by-hand', 'sending', 'unsure', 'deploying');
CREATE INDEX remedy_of_subject ON remedy (subject_kind, subject_id);
CREATE INDEX remedy_by_connection ON remedy (connection_id, state);
CREATE INDEX remedy_by_state ON remedy (state, connection_id);

-- What a person said about a plan: which connection an organization of it is.
CREATE TABLE plan_binding (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  organization TEXT NOT NULL,
  connection_id INTEGER NOT NULL REFERENCES connection (id),
  PRIMARY KEY (plan_id, organization)
) STRICT, WITHOUT ROWID;

-- Whether a project or key of another name is the planned one, whose name in the plan stands in lower case.
CREATE TABLE plan_same (
  plan_id INTEGER NOT NULL REFERENCES plan (id),
  part TEXT NOT NULL CHECK (part IN ('project', 'key')),
  planned TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  same INTEGER NOT NULL CHECK (same IN (0, 1)),
  PRIMARY KEY (plan_id, part, planned, subject_id)
) STRICT, WITHOUT ROWID;

-- What differs from the plan in force is a finding: each of these makes the findings of the plan's client stale.
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
CREATE TRIGGER finding_after_plan_bound_undone AFTER DELETE ON plan_binding BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = old.plan_id AND p.in_force = 1);
END;
CREATE TRIGGER finding_after_plan_renamed AFTER INSERT ON plan_same BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = new.plan_id AND p.in_force = 1);
END;
CREATE TRIGGER finding_after_plan_renamed_undone AFTER DELETE ON plan_same BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (
    SELECT n.id FROM plan p JOIN connection n ON n.client_id = p.client_id WHERE p.id = old.plan_id AND p.in_force = 1);
END;

-- Organizations of a plan are found among all connections of the client, and people by all their addresses.
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
CREATE TRIGGER finding_after_address AFTER INSERT ON person_address WHEN EXISTS (SELECT 1 FROM plan WHERE in_force = 1) BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id = new.person_id);
END;
CREATE TRIGGER finding_after_address_moved AFTER UPDATE OF person_id ON person_address
WHEN EXISTS (SELECT 1 FROM plan WHERE in_force = 1) BEGIN
  UPDATE finding_evaluation SET stale = 1
  WHERE connection_id IN (SELECT p.connection_id FROM principal p WHERE p.person_id IN (old.person_id, new.person_id));
END;

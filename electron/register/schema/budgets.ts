/** Budgets, their earlier amounts and alerts, and how reports of usage are made. */
export const budgets = `
CREATE TABLE budget (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  connection_id INTEGER REFERENCES connection (id),
  project_id INTEGER REFERENCES project (id),
  amount INTEGER NOT NULL CHECK (amount > 0),
  enforcement TEXT NOT NULL CHECK (enforcement IN ('hard', 'alert')),
  thresholds TEXT NOT NULL CHECK (json_valid(thresholds)),
  set_at INTEGER NOT NULL,
  set_by TEXT NOT NULL,
  uid TEXT
) STRICT;
CREATE UNIQUE INDEX budget_of ON budget (client_id, ifnull(connection_id, 0), ifnull(project_id, 0));
CREATE UNIQUE INDEX budget_uid ON budget (uid, client_id);

-- Alerts are remembered by what was agreed, so that an undone step alerts no second time.
CREATE TABLE budget_alert (
  subject TEXT NOT NULL,
  month INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  fired_at INTEGER NOT NULL,
  PRIMARY KEY (subject, month, threshold)
) STRICT, WITHOUT ROWID;

-- The amounts at the time that a report is about.
CREATE TABLE budget_history (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES client (id),
  connection_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  amount INTEGER,
  since INTEGER NOT NULL
) STRICT;
CREATE INDEX budget_history_of ON budget_history (client_id, connection_id, project_id, since);

CREATE TABLE report_setting (
  client_id INTEGER PRIMARY KEY REFERENCES client (id),
  markup_basis_points INTEGER NOT NULL CHECK (markup_basis_points BETWEEN 0 AND 1000000),
  currency TEXT NOT NULL,
  rate_millionths INTEGER NOT NULL CHECK (rate_millionths > 0),
  rate_on TEXT,
  weekly INTEGER NOT NULL CHECK (weekly IN (0, 1)),
  monthly INTEGER NOT NULL CHECK (monthly IN (0, 1)),
  invoice INTEGER NOT NULL CHECK (invoice IN (0, 1)),
  weekly_to TEXT NOT NULL CHECK (json_valid(weekly_to)),
  monthly_to TEXT NOT NULL CHECK (json_valid(monthly_to)),
  set_at INTEGER NOT NULL,
  set_by TEXT NOT NULL
) STRICT;

CREATE TABLE report_reminder (
  client_id INTEGER NOT NULL REFERENCES client (id),
  kind TEXT NOT NULL CHECK (kind IN ('weekly', 'monthly', 'invoice')),
  period TEXT NOT NULL,
  fired_at INTEGER NOT NULL,
  PRIMARY KEY (client_id, kind, period)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER budget_history_set AFTER INSERT ON budget BEGIN
  INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
    VALUES (new.client_id, ifnull(new.connection_id, 0), ifnull(new.project_id, 0), new.amount, new.set_at);
END;

CREATE TRIGGER budget_history_changed AFTER UPDATE OF amount, set_at ON budget BEGIN
  INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
    VALUES (new.client_id, ifnull(new.connection_id, 0), ifnull(new.project_id, 0), new.amount, new.set_at);
END;
`

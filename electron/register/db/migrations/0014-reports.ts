/** Usage reports: how each client's are made, which were told of, and what budgets were at the time they are about. */
export const reports = {
  version: 14,
  name: 'reports',
  sql: `
-- How the usage of a client is invoiced and reported. Mark-up in basis points; millionths of the currency for one US
-- dollar, with the day that the rate is of. Recipients are lists of addresses, as JSON: whom a report is for.
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

-- That a report of a period is to be made is told once.
CREATE TABLE report_reminder (
  client_id INTEGER NOT NULL REFERENCES client (id),
  kind TEXT NOT NULL CHECK (kind IN ('weekly', 'monthly', 'invoice')),
  period TEXT NOT NULL,
  fired_at INTEGER NOT NULL,
  PRIMARY KEY (client_id, kind, period)
) STRICT, WITHOUT ROWID;

-- Which reports were made is read from the journal.
CREATE INDEX journal_of_reports ON journal (seq) WHERE action = 'report.exported';

-- What was agreed and when: a report of a past month shows the budget of that time. Null: no longer agreed.
CREATE TABLE budget_history (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES client (id),
  connection_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  amount INTEGER,
  since INTEGER NOT NULL
) STRICT;
CREATE INDEX budget_history_of ON budget_history (client_id, connection_id, project_id, since);
INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
  SELECT client_id, ifnull(connection_id, 0), ifnull(project_id, 0), amount, set_at FROM budget;
CREATE TRIGGER budget_history_set AFTER INSERT ON budget BEGIN
  INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
    VALUES (new.client_id, ifnull(new.connection_id, 0), ifnull(new.project_id, 0), new.amount, new.set_at);
END;
CREATE TRIGGER budget_history_changed AFTER UPDATE ON budget BEGIN
  INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
    VALUES (new.client_id, ifnull(new.connection_id, 0), ifnull(new.project_id, 0), new.amount, new.set_at);
END;
CREATE TRIGGER budget_history_cleared AFTER DELETE ON budget BEGIN
  INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
    VALUES (old.client_id, ifnull(old.connection_id, 0), ifnull(old.project_id, 0), NULL,
      max(old.set_at, cast(unixepoch('subsec') * 1000 AS INTEGER)));
END;
`,
} as const

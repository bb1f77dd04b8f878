/**
 * Alerts are remembered by what was agreed and not by the number of a row, so that an undone step tells nothing twice; and
 * a change of what was agreed makes the findings about limits out of date.
 */
export const alerts = {
  version: 13,
  name: 'alerts',
  sql: `
-- A threshold is told once a month of an amount: who agrees on another amount hears of it anew, and an amount that is
-- taken back and set again by the same hand is still the one that was told of. Hence an alert names the place and the
-- amount of a budget ('budget of project 7: 500000000'), or the connection, the id and the amount of a provider's limit.
UPDATE budget_alert SET subject = (
  SELECT 'budget of ' || CASE WHEN b.project_id IS NOT NULL THEN 'project ' || b.project_id
    WHEN b.connection_id IS NOT NULL THEN 'connection ' || b.connection_id ELSE 'client ' || b.client_id END || ': ' || b.amount
  FROM budget b WHERE budget_alert.subject = 'budget ' || b.id)
WHERE EXISTS (SELECT 1 FROM budget b WHERE budget_alert.subject = 'budget ' || b.id);
UPDATE budget_alert SET subject = (
  SELECT 'limit ' || l.connection_id || ' ' || l.external_id || ': ' || l.amount
  FROM limit_version l WHERE budget_alert.subject = 'limit ' || l.id)
WHERE EXISTS (SELECT 1 FROM limit_version l WHERE budget_alert.subject = 'limit ' || l.id);

-- Whether a provider holds what was agreed is a finding of the connections of the client.
CREATE TRIGGER budget_agreed AFTER INSERT ON budget BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (SELECT id FROM connection WHERE client_id = new.client_id);
END;
CREATE TRIGGER budget_changed AFTER UPDATE ON budget BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (SELECT id FROM connection WHERE client_id = new.client_id);
END;
CREATE TRIGGER budget_taken_back AFTER DELETE ON budget BEGIN
  UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN (SELECT id FROM connection WHERE client_id = old.client_id);
END;
`,
} as const

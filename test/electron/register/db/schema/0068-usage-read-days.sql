
ALTER TABLE usage_report ADD COLUMN read_days TEXT NOT NULL DEFAULT '[]';
-- Of what was read before, the days from the first with any usage are known to be read.
UPDATE usage_report SET read_days = (SELECT json_array(json_array(min(f.day), usage_report.unread_from)) FROM usage_fact f
  WHERE f.connection_id = usage_report.connection_id AND f.report = usage_report.report)
WHERE EXISTS (SELECT 1 FROM usage_fact f WHERE f.connection_id = usage_report.connection_id AND f.report = usage_report.report
  AND f.day < usage_report.unread_from);

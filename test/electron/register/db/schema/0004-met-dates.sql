
ALTER TABLE rotation ADD COLUMN met_due_on TEXT;


-- reports

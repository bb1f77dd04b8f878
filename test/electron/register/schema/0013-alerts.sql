
-- alerts

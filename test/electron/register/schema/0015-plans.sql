
-- plans

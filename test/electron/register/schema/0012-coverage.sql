
-- coverage

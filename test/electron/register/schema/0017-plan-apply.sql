
-- plan-apply


-- handover

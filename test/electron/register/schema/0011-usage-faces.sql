
-- usage-faces


CREATE INDEX remedy_of_origin ON remedy (origin_kind, origin_id);

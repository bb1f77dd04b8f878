
CREATE INDEX membership_by_member ON membership (member_id, group_id);

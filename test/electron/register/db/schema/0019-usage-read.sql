
-- What was read to its end, and no more: the day of the reading was not over. The first day that was not.
ALTER TABLE usage_report RENAME COLUMN read_to TO unread_from;
UPDATE usage_report SET unread_from = unread_from - 1 WHERE unread_from IS NOT NULL;


DROP INDEX budget_uid;
CREATE UNIQUE INDEX budget_uid ON budget (uid, client_id);
DROP INDEX price_pin_uid;
CREATE UNIQUE INDEX price_pin_uid ON price_pin (uid, ifnull(client_id, 0));
DROP INDEX saved_view_uid;
CREATE UNIQUE INDEX saved_view_uid ON saved_view (uid, ifnull(client_id, 0));

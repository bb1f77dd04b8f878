
-- A name for a row is no other budget.
DROP TRIGGER budget_history_changed;

ALTER TABLE client ADD COLUMN uid TEXT;
UPDATE client SET uid = printf('%08x-%04x-7%03x-%04x-%012x', created_at >> 16, created_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX client_uid ON client (uid);

ALTER TABLE connection ADD COLUMN uid TEXT;
UPDATE connection SET uid = printf('%08x-%04x-7%03x-%04x-%012x', created_at >> 16, created_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX connection_uid ON connection (uid);

ALTER TABLE sync ADD COLUMN uid TEXT;
UPDATE sync SET uid = printf('%08x-%04x-7%03x-%04x-%012x', finished_at >> 16, finished_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX sync_uid ON sync (uid);

ALTER TABLE rotation ADD COLUMN uid TEXT;
UPDATE rotation SET uid = printf('%08x-%04x-7%03x-%04x-%012x', recorded_at >> 16, recorded_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX rotation_uid ON rotation (uid);

ALTER TABLE person_merge ADD COLUMN uid TEXT;
UPDATE person_merge SET uid = printf('%08x-%04x-7%03x-%04x-%012x', merged_at >> 16, merged_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX person_merge_uid ON person_merge (uid);

ALTER TABLE review ADD COLUMN uid TEXT;
UPDATE review SET uid = printf('%08x-%04x-7%03x-%04x-%012x', opened_at >> 16, opened_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX review_uid ON review (uid);

ALTER TABLE review_batch ADD COLUMN uid TEXT;
UPDATE review_batch SET uid = printf('%08x-%04x-7%03x-%04x-%012x', decided_at >> 16, decided_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX review_batch_uid ON review_batch (uid);

ALTER TABLE remedy ADD COLUMN uid TEXT;
UPDATE remedy SET uid = printf('%08x-%04x-7%03x-%04x-%012x', added_at >> 16, added_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX remedy_uid ON remedy (uid);

ALTER TABLE budget ADD COLUMN uid TEXT;
UPDATE budget SET uid = printf('%08x-%04x-7%03x-%04x-%012x', set_at >> 16, set_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX budget_uid ON budget (uid);

ALTER TABLE plan ADD COLUMN uid TEXT;
UPDATE plan SET uid = printf('%08x-%04x-7%03x-%04x-%012x', created_at >> 16, created_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX plan_uid ON plan (uid);

ALTER TABLE usage_import ADD COLUMN uid TEXT;
UPDATE usage_import SET uid = printf('%08x-%04x-7%03x-%04x-%012x', at >> 16, at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX usage_import_uid ON usage_import (uid);

ALTER TABLE saved_view ADD COLUMN uid TEXT;
UPDATE saved_view SET uid = printf('%08x-%04x-7%03x-%04x-%012x', saved_at >> 16, saved_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX saved_view_uid ON saved_view (uid);

ALTER TABLE price_pin ADD COLUMN uid TEXT;
UPDATE price_pin SET uid = printf('%08x-%04x-7%03x-%04x-%012x', set_at >> 16, set_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX price_pin_uid ON price_pin (uid);

ALTER TABLE usage_folder ADD COLUMN uid TEXT;
UPDATE usage_folder SET uid = printf('%08x-%04x-7%03x-%04x-%012x', added_at >> 16, added_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX usage_folder_uid ON usage_folder (uid);

CREATE TRIGGER budget_history_changed AFTER UPDATE OF amount, set_at ON budget BEGIN
  INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
    VALUES (new.client_id, ifnull(new.connection_id, 0), ifnull(new.project_id, 0), new.amount, new.set_at);
END;
-- When a budget ended is part of the operation that ended it, not a reading of this machine's clock.
DROP TRIGGER budget_history_cleared;

/** The tables whose rows operations name, each with the column that holds when a row was made, in milliseconds. */
const MADE_AT = {
  client: 'created_at',
  connection: 'created_at',
  sync: 'finished_at',
  rotation: 'recorded_at',
  person_merge: 'merged_at',
  review: 'opened_at',
  review_batch: 'decided_at',
  remedy: 'added_at',
  budget: 'set_at',
  plan: 'created_at',
  usage_import: 'at',
  saved_view: 'saved_at',
  price_pin: 'set_at',
  usage_folder: 'added_at',
} as const

/** A UUIDv7 (RFC 9562, section 5.7) of an instant, with 74 random bits. */
const madeAt = (at: string): string =>
  `printf('%08x-%04x-7%03x-%04x-%012x', ${at} >> 16, ${at} & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655)`

/** What operations need: names of rows that are the same in every register, beside the numbers, which are not. */
export const operations = {
  version: 40,
  name: 'operations',
  sql: `
-- A name for a row is no other budget.
DROP TRIGGER budget_history_changed;
${Object.entries(MADE_AT)
  .map(
    ([table, at]) => `
ALTER TABLE ${table} ADD COLUMN uid TEXT;
UPDATE ${table} SET uid = ${madeAt(at)};
CREATE UNIQUE INDEX ${table}_uid ON ${table} (uid);
`,
  )
  .join('')}
CREATE TRIGGER budget_history_changed AFTER UPDATE OF amount, set_at ON budget BEGIN
  INSERT INTO budget_history (client_id, connection_id, project_id, amount, since)
    VALUES (new.client_id, ifnull(new.connection_id, 0), ifnull(new.project_id, 0), new.amount, new.set_at);
END;
-- When a budget ended is part of the operation that ended it, not a reading of this machine's clock.
DROP TRIGGER budget_history_cleared;
`,
} as const

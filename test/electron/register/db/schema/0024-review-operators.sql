
-- At whose register a review was signed and acknowledged: the names under it are what people typed there.
ALTER TABLE review ADD COLUMN signed_operator TEXT;
ALTER TABLE review ADD COLUMN acknowledged_operator TEXT;
UPDATE review SET signed_operator = j.operator FROM journal j
  WHERE j.action = 'review.signed' AND j.body ->> '$.review' = review.id;
UPDATE review SET acknowledged_operator = j.operator FROM journal j
  WHERE j.action = 'review.acknowledged' AND j.body ->> '$.review' = review.id;


CREATE INDEX team_entry_clock_of_review ON team_entry (operation ->> '$.body.reviewUid', id)
  WHERE clock_ms IS NOT NULL AND void_reason IS NULL;

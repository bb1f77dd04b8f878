
CREATE INDEX journal_action ON journal (action, seq);


CREATE INDEX journal_of_finding ON journal (body ->> '$.findingNamed.connectionUid', body ->> '$.findingNamed.externalId',
  body ->> '$.findingNamed.rule') WHERE substr(action, 1, 8) = 'finding.';

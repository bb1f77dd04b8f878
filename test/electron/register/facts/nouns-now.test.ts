import { expect, it } from 'vitest'

import { filesWith } from '../../../source-files.ts'

/** Files that join the versions of a noun by themselves, each with its reason; all others read the views of the noun. */
const MAY_JOIN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  key_version: {
    'electron/register/schema/keys.ts': 'makes the views',
    'electron/register/apply/apply.ts': 'finds what a sync opened and closed',
    'electron/register/apply/stage.ts': 'compares a reading with what earlier ones reported',
    'electron/register/access/project-counts.ts': 'counts the keys of all projects by an index that has all it reads',
    'electron/register/reviews/residual.ts': 'reads the state at the sync of a review, also where there is none',
  },
  principal_version: {
    'electron/register/schema/access.ts': 'makes the views',
    'electron/register/apply/stage.ts': 'compares a reading with what earlier ones reported',
    'electron/register/changes/federation.ts': 'names an account as of a sync, also one that no list had',
    'electron/register/reviews/principal-facts.ts':
      'freezes accounts of a review, also those that no list has, in one look-up each',
    'electron/register/reviews/residual.ts': 'reads the state at the sync of a review, also where there is none',
  },
  project_version: {
    'electron/register/schema/access.ts': 'makes the views',
  },
}

it.each(Object.entries(MAY_JOIN))('%s is joined by the named files alone, and by each of them', (table, named) => {
  expect(filesWith(new RegExp(`\\bJOIN "?${table}\\b`, 'u'))).toEqual(Object.keys(named).toSorted())
})

it('a view of several tables is never the right side of a LEFT JOIN, where SQLite would fill a table with all its rows', () => {
  const views = '(?:key|account|project)_(?:row|last_row|history)|reported_key_row|due_key_row|account_ref'
  expect(filesWith(new RegExp(`\\bLEFT JOIN (?:${views})\\b`, 'u'))).toEqual([])
})

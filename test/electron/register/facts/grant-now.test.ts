import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

/** The tables beneath the view of what a grant is now, in any statement. */
const BENEATH = /\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(?:grant|grant_path)"?\b|touchedBy\('grant'/u

/** The view itself, whose rows may be dormant or expired: a statement that reads it shows the state with each row, or asks for all. */
const EVERY_STATE = /\b(?:FROM|JOIN)\s+(?:privileged_)?grant_row\b/u

const MAY_READ_BENEATH: Readonly<Record<string, string>> = {
  'apply/derive-access.ts': 'derives the view',
  'access/federation.ts': 'derives what a rule reaches by the condition of the derivation',
  'facts/tallies.ts': 'counts the rows of the view for the length of its list',
  'apply/file-import.ts': 'compares a file with what earlier files reported',
  'apply/stage.ts': 'compares a reading with what earlier ones reported',
  'changes/access.ts': 'compares two past states',
  'changes/timeline.ts': 'counts the first state',
  'leavers/shared-keys.ts': 'reads every role that a leaver ever had',
  'read/evidence.ts': 'reads the state at the sync of a review',
  'reviews/residual.ts': 'reads the state at the sync of a review',
  'reviews/deciding.ts': 'reads the words of roles, also those of groups',
}

const MAY_READ_EVERY_STATE: Readonly<Record<string, string>> = {
  'facts/grant-now.ts': 'makes the relations that the others read',
  'access/access.ts': 'lists grants with their states',
  'access/first-access.ts': 'counts what the list has',
  'read/report.ts': 'records grants with their states',
  'remediation/subject.ts': 'reads the own roles that a change at the provider is about',
  'reviews/residual.ts': 'reads whether the provider still reports what a review decided to remove',
  'remediation/list.ts': 'reads whether the provider still reports the role that a change was about',
}

function filesWith(pattern: RegExp): string[] {
  const root = 'electron'
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('register/schema/'))
    .filter((name) => !name.startsWith('service/sample/') && pattern.test(readFileSync(join(root, name), 'utf8')))
    .map((name) => name.replace('register/', ''))
    .toSorted((a, b) => (a < b ? -1 : 1))
}

it.each([
  ['the tables beneath the view of grants', BENEATH, MAY_READ_BENEATH],
  ['grants in every state', EVERY_STATE, MAY_READ_EVERY_STATE],
])('%s are read by the named files alone, and by each of them', (_, pattern, named) => {
  expect(filesWith(pattern)).toEqual(Object.keys(named).toSorted((a, b) => (a < b ? -1 : 1)))
})

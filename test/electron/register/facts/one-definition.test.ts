import { describe, expect, it } from 'vitest'

import { SCHEMA } from '../../../../electron/register/schema/schema.ts'
import { REMEDIATION_STATES } from '../../../../shared/domain/remediation/remediation.ts'
import { filesWith } from '../../../source-files.ts'

interface Notion {
  /** Text that only a definition has. */
  readonly text: RegExp
  readonly files: readonly string[]
}

/** Where each notion is defined, in SQL and in TypeScript; everything else imports it. */
const NOTIONS: Readonly<Record<string, Readonly<Record<string, Notion>>>> = {
  'a stale connection': {
    SQL: { text: /c\.stale_sync_days \*/u, files: ['electron/register/findings/rules/connections.ts'] },
    TypeScript: { text: /staleSyncDays \*/u, files: ['electron/service/today/connections.ts'] },
  },
  'a stale evaluation': {
    SQL: { text: /\bstale = 1 OR\b/u, files: ['electron/register/findings/evaluate.ts'] },
  },
  'an unused key': {
    SQL: {
      text: /last_use_state = '(?:known|never)' AND k\.(?:last_used_at|created_at) <=/u,
      files: ['electron/register/facts/unused.ts'],
    },
  },
  'an external person': {
    SQL: { text: /domainOf\(email\)\} NOT IN/u, files: ['electron/register/facts/external.ts'] },
  },
  'the domain of an address': {
    SQL: { text: /\binstr\([^,]*, '@'\)/u, files: ['electron/register/facts/external.ts'] },
  },
  'a leaver': {
    SQL: { text: /ends_on < :today/u, files: ['electron/register/people/employment.ts'] },
    TypeScript: { text: /endsOn !== null && \w+\.endsOn < today/u, files: ['shared/domain/people/employment.ts'] },
  },
  'an open change': {
    SQL: { text: /OPEN_STATES\.map/u, files: ['electron/register/remediation/store.ts'] },
    TypeScript: { text: /\bOPEN_STATES: /u, files: ['shared/domain/remediation/states.ts'] },
    'a list of its states': {
      text: /'sending',\s*'unsure',\s*'deploying'/u,
      files: ['electron/register/schema/remediation.ts', 'shared/domain/remediation/remediation.ts'],
    },
  },
  'the holder of a key': {
    SQL: { text: /THEN 'organization' WHEN/u, files: ['electron/register/facts/key-holder.ts'] },
    TypeScript: { text: /\): KeyHolder \{/u, files: ['shared/domain/providers/key-holder.ts'] },
  },
  'a key of a workspace': {
    SQL: { text: /listProvidersWith\('projectKeysNameMaker'\)/u, files: ['electron/register/facts/key-holder.ts'] },
    TypeScript: { text: /\.projectKeysNameMaker\b/u, files: ['shared/domain/providers/key-holder.ts'] },
  },
}

describe.each(Object.entries(NOTIONS))('%s', (_, languages) => {
  it.each(Object.entries(languages))('is defined in one place: %s', (__, { text, files }) => {
    expect(filesWith(text)).toEqual(files)
  })
})

it('the index of open changes has the states that are not an end, in their order', () => {
  const open = REMEDIATION_STATES.filter((state) => !['done', 'failed', 'withdrawn'].includes(state))
  expect(SCHEMA).toContain(`WHERE state IN (${open.map((state) => `'${state}'`).join(', ')});`)
})

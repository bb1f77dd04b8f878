import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Reader } from '../../../../electron/register/db/handles.ts'
import type { Register } from '../../../../electron/register/register.ts'
import {
  aboutFinding,
  aboutItem,
  adminKeys,
  isPerson,
  keysOwnedBy,
  listPrincipals,
  privilegedUsers,
  sharedKeysSeenBy,
  otherWays,
  directRoles,
  ownerAddresses,
  remediationSubject,
  spendLimits,
} from '../../../../electron/register/remediation/subject.ts'
import { remediationsById, remediationIds } from '../../../../electron/register/remediation/list.ts'
import { findOpenRequest, isSameRequest, sendingRemediations } from '../../../../electron/register/remediation/store.ts'
import { insertRemediation } from '../../../fixtures/remediation-rows.ts'
import { makeBigRegister } from '../../../bench/big-register.ts'
import { type Explained, explainingReader, scans } from '../explaining.ts'
import { KEY } from '../registers.ts'

const NOW = Date.UTC(2026, 3, 1)
const SIZE = { organizations: 20, people: 400, keys: 1200, grants: 800, projects: 200 }

let register: Register

beforeAll(() => {
  register = makeBigRegister(join(mkdtempSync(join(tmpdir(), 'castellan-plans-')), 'register'), KEY, SIZE, NOW)
  register.transact((writer) => {
    for (let id = 1; id <= 400; id += 1) {
      insertRemediation(writer, {
        connectionId: (id % 20) + 1,
        action: 'member-remove',
        subject: { kind: 'principal', id, name: `Person ${id}` },
        values: '{}',
        origin: { kind: 'person', id },
        state: 'waiting',
        outcome: null,
        at: NOW,
        by: 'Mara',
      })
    }
  })
})
afterAll(() => register.close())

const request = { connectionId: 1, action: 'member-remove', subject: { kind: 'principal', id: 3, name: 'x' } } as const

const QUESTIONS: Readonly<Record<string, (reader: Reader) => unknown>> = {
  'the list of a client': (r) => remediationIds(r, { client: 'client-1' }),
  'the list of a state': (r) => remediationIds(r, { client: 'client-1', state: 'waiting' }),
  'some of the list': (r) => remediationIds(r, { remediations: [1, 2, 3] }),
  'what is being sent': (r) => sendingRemediations(r),
  'rows of the list': (r) => remediationsById(r, [1, 2, 3]),
  'the same change request': (r) => isSameRequest(r, { ...request, values: '{}' }),
  'an open change request': (r) => findOpenRequest(r, 'member-remove', { kind: 'principal', id: 3 }, null),
  'where it comes from': (r) => [aboutFinding(r, 1), aboutItem(r, 1), isPerson(r, 1)],
  'accounts of a person': (r) => listPrincipals(r, 3),
  'keys of an account': (r) => keysOwnedBy(r, 3),
  'keys that an account can have seen': (r) => sharedKeysSeenBy(r, 3, NOW),
  'owners and admins': (r) => privilegedUsers(r, 1),
  'admin keys': (r) => adminKeys(r, 1),
  'addresses of owners': (r) => ownerAddresses(r, 1, NOW),
  subjects: (r) =>
    (['principal', 'key', 'project', 'connection'] as const).map((kind) => remediationSubject(r, kind, 1)),
  'roles of its own': (r) => directRoles(r, 3),
  'roles by other ways': (r) => otherWays(r, 3, 1, NOW),
  'limits of a project': (r) => [spendLimits(r, 1, 1), spendLimits(r, 1, null)],
}

describe.each([
  ['without statistics', () => undefined],
  ['with statistics', () => register.transact((writer) => writer.run('ANALYZE'))],
])('%s', (_, prepare) => {
  beforeAll(prepare)

  it.each(Object.entries(QUESTIONS))('%s: no table is read from end to end', (__, ask) => {
    const plans: Explained[] = []
    ask(explainingReader(register.reader, plans))
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.flatMap(scans)).toEqual([])
  })
})

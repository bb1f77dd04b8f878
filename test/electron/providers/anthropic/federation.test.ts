import { expect, it } from 'vitest'

import { federationRuleReading, type Issuer } from '../../../../electron/providers/anthropic/normalise/federation.ts'
import type { Reading } from '../../../../electron/providers/kit/tally.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { getReading, newConnection, newRegister, user, type Part } from '../../register/registers.ts'

const RULE = { id: 'fdrl_1', name: 'ci', issuer_id: 'fdis_1', target: { service_account_id: 'svac_1' } }
const MATCHED = { ...RULE, match: { subject_prefix: 'repo:acme/web:*' } }
const ISSUERS = new Map<string, Issuer>([
  ['fdis_1', { id: 'fdis_1', name: 'Actions', url: 'https://token.actions.githubusercontent.com', status: 'disabled' }],
])

it.each([undefined, null, 'repo:acme/*', []])(
  'a federation rule whose match is %j is unknown, and never taken for one without conditions',
  (match) => {
    const { facts, left } = federationRuleReading({ ...RULE, match }, ISSUERS)
    // A reason that is not known to be harmless.
    expect([facts, left]).toEqual([[], [expect.any(String)]])
  },
)

it('a federation rule with a match and an issuer that was read is read', () => {
  const { facts, left } = federationRuleReading(MATCHED, ISSUERS)
  expect(facts).toMatchObject([{ subject: 'repo:acme/web:*', account: 'svac_1', issuerStatus: 'disabled' }])
  expect(left).toEqual([])
})

it('the issuer of a federation rule whose issuers could not be read is unknown, and its list is not read to its end', () => {
  const { facts, left } = federationRuleReading(MATCHED, new Map())
  expect(facts).toMatchObject([{ issuer: null, issuerName: null, issuerStatus: null }])
  expect(left).toEqual(['A federation rule whose issuer could not be read.'])
})

const toParts = (reading: Reading, state: Part['state']): Part[] => [
  { source: 'users', facts: [user('u')] },
  { source: 'federation-rules', facts: reading.facts, ...(state === undefined ? {} : { state }) },
]

it('a disabled issuer that cannot be read any more stays disabled, and one that was never read is unknown in the register', () => {
  const register = newRegister()
  const connection = newConnection(register, 'acme', 'anthropic')
  const take = (reading: Reading, state?: Part['state']) =>
    register.transact((writer) => applyReading(writer, getReading(connection, toParts(reading, state))))
  const rows = () =>
    register.reader.all(
      'SELECT external_id AS rule, issuer, issuer_status AS status, pin, workload FROM federation_version WHERE to_sync IS NULL ORDER BY 1',
    )
  take(federationRuleReading(MATCHED, ISSUERS))
  const known = {
    rule: 'fdrl_1',
    issuer: 'https://token.actions.githubusercontent.com',
    status: 'disabled',
    pin: 'repository',
    workload: 'any workload of the repository acme/web on any branch (GitHub Actions)',
  }
  expect(rows()).toEqual([known])
  take(federationRuleReading(MATCHED, new Map()), 'failed')
  expect(rows()).toEqual([known])
  take(federationRuleReading({ ...MATCHED, id: 'fdrl_2' }, new Map()), 'failed')
  expect(rows()).toEqual([
    known,
    {
      ...known,
      rule: 'fdrl_2',
      issuer: null,
      status: null,
      workload: 'any workload of the repository acme/web on any branch (of an issuer that could not be read)',
    },
  ])
})

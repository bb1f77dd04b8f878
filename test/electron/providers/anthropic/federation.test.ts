import { expect, it } from 'vitest'

import { federationRuleReading } from '../../../../electron/providers/anthropic/normalise/federation.ts'

const RULE = { id: 'fdrl_1', name: 'ci', issuer_id: 'fdis_1', target: { service_account_id: 'svac_1' } }

it.each([undefined, null, 'repo:acme/*', []])(
  'a federation rule whose match is %j is unknown, and never taken for one without conditions',
  (match) => {
    const { facts, left } = federationRuleReading({ ...RULE, match }, new Map())
    // A reason that is not known to be harmless.
    expect([facts, left]).toEqual([[], [expect.any(String)]])
  },
)

it('a federation rule with a match is read', () => {
  const { facts, left } = federationRuleReading({ ...RULE, match: { subject_prefix: 'repo:acme/web:*' } }, new Map())
  expect(facts).toMatchObject([{ subject: 'repo:acme/web:*', account: 'svac_1' }])
  expect(left).toEqual([])
})

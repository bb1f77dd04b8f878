import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseMicros, toChangeRequest, toOffers } from '../../../renderer/entities/offers.ts'
import type { RemediationProposal } from '../../../shared/contract/remediation.ts'

const lower: RemediationProposal = {
  action: 'project-member-role',
  subject: { kind: 'principal', id: 7, name: 'Tomas Okafor' },
  values: { role: 'viewer', projectId: 2 },
  needs: [],
  connection: { id: 1, label: 'Acme on OpenAI', provider: 'openai', organizationId: null },
  says: 'Make Tomas Okafor a viewer',
  remediationId: null,
  origin: { kind: 'finding', id: 1 },
}

describe('a proposal', () => {
  it('has another key when a value differs, in any order of the values', () => {
    const same = { ...lower, values: { projectId: 2, role: 'viewer' } }
    const other = { ...lower, values: { role: 'member', projectId: 2 } }
    const keys = toOffers([lower, same, other]).map(({ key }) => key)
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
  })

  it('as a change request keeps the proposed values beside those that a person entered', () => {
    expect(toChangeRequest(lower, { role: 'member' })).toEqual({
      action: 'project-member-role',
      subject: { kind: 'principal', id: 7 },
      values: { role: 'member', projectId: 2 },
      origin: { kind: 'finding', id: 1 },
    })
  })
})

describe('a typed amount', () => {
  it('is parsed to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (cents) => {
        const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
        expect(parseMicros(text)).toBe(cents * 10_000)
        expect(parseMicros(` $${text} `)).toBe(cents * 10_000)
      }),
    )
  })

  it('may leave out the cents and may separate thousands', () => {
    expect(parseMicros('500')).toBe(500_000_000)
    expect(parseMicros('1,250.5')).toBe(1_250_500_000)
  })

  it.each(['', '0', '0.00', '-5', '1.234', '1e3', 'ten', '5 EUR'])('is not %j', (text) => {
    expect(parseMicros(text)).toBeNull()
  })
})

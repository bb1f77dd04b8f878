import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { mergedProposals, parseMicros, toChangeRequest } from '../../../renderer/entities/offers.ts'
import type { RemediationProposal } from '../../../shared/contract/remediation.ts'

const remove: RemediationProposal = {
  action: 'member-remove',
  subject: { kind: 'principal', id: 7, name: 'Tomas Okafor' },
  values: {},
  needs: [],
  connection: { id: 1, label: 'Acme on OpenAI', provider: 'openai', organizationId: null },
  says: 'Remove Tomas Okafor from the organization',
  remediationId: null,
}
const lower: RemediationProposal = {
  ...remove,
  action: 'project-member-role',
  values: { role: 'viewer', projectId: 2 },
  says: 'Make Tomas Okafor a viewer',
}
const first = { kind: 'finding', id: 1 } as const
const second = { kind: 'finding', id: 2 } as const

describe('the proposals of several findings', () => {
  it('are offered once, for the first finding that has them', () => {
    const offers = mergedProposals([
      { origin: first, proposals: [remove] },
      { origin: second, proposals: [{ ...remove, says: 'The same in other words' }, lower] },
    ])
    expect(offers.map(({ action, origin }) => [action, origin.id])).toEqual([
      ['member-remove', 1],
      ['project-member-role', 2],
    ])
  })

  it('stay separate when a value differs, in any order of the values', () => {
    const same = { ...lower, values: { projectId: 2, role: 'viewer' } }
    const other = { ...lower, values: { role: 'member', projectId: 2 } }
    expect(mergedProposals([{ origin: first, proposals: [lower, same, other] }])).toHaveLength(2)
  })

  it('keep the proposed values beside those that a person entered', () => {
    expect(toChangeRequest({ ...lower, origin: first }, { role: 'member' })).toEqual({
      action: 'project-member-role',
      subject: { kind: 'principal', id: 7 },
      values: { role: 'member', projectId: 2 },
      origin: first,
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

import { describe, expect, it } from 'vitest'

import { mergedProposals, onTheList } from '../../../../renderer/features/remedy/offers.ts'
import type { RemedyRow } from '../../../../shared/contract/remedy.ts'
import { remedyOf } from './remedies.ts'

const remove = {
  action: 'member-remove',
  subject: { kind: 'principal', id: 7, name: 'Tomas Okafor' },
  values: {},
  says: 'Remove Tomas Okafor from the organization',
} as const
const lower = {
  ...remove,
  action: 'member-role',
  values: { role: 'reader' },
  says: 'Make Tomas Okafor a reader',
} as const
const first = { kind: 'finding', id: 1 } as const
const second = { kind: 'finding', id: 2 } as const

describe('what several findings propose', () => {
  it('is offered once, for the first that proposes it', () => {
    const offers = mergedProposals([
      { origin: first, proposals: [remove] },
      { origin: second, proposals: [{ ...remove, says: 'The same in other words' }, lower] },
    ])
    expect(offers.map(({ action, origin }) => [action, origin.id])).toEqual([
      ['member-remove', 1],
      ['member-role', 2],
    ])
  })

  it('stays apart where a value differs', () => {
    const other = { ...lower, values: { role: 'viewer' } }
    expect(mergedProposals([{ origin: first, proposals: [lower, other] }])).toHaveLength(2)
  })
})

describe('what is on the list already', () => {
  const [offer] = mergedProposals([{ origin: first, proposals: [lower] }])
  const row = (change: Partial<RemedyRow>): RemedyRow =>
    remedyOf({ action: 'member-role', values: { role: 'reader' }, ...change })

  it('is the same action on the same subject with the same values, from wherever', () => {
    const same = row({ origin: null })
    expect(offer && onTheList(offer, [row({ values: { role: 'owner' } }), same])).toBe(same)
  })

  it('is not what ended or was withdrawn', () => {
    const ended = (['done', 'failed', 'withdrawn'] as const).map((state) => row({ state }))
    expect(offer && onTheList(offer, ended)).toBeUndefined()
  })
})

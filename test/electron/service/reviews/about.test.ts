import { describe, expect, it } from 'vitest'

import { full, later, opened } from '../reviewing.ts'
import { seeded, type Seeded } from '../seeded.ts'

async function acme(): Promise<Seeded> {
  const of = await seeded()
  of.read(of.connections.acme, full())
  return of
}

describe('reviews of a person or a key', () => {
  it('are empty before the first one', async () => {
    const of = await acme()
    const { rows } = await of.api.people.list({ client: 'acme' })
    for (const { personId } of rows) expect(await of.api.reviews.about({ personId })).toEqual([])
  })

  it('of a person list pending decisions first, then the last ones', async () => {
    const of = await acme()
    const roles = await opened(of, 'roles')
    const tomas = roles.rows.find(({ name }) => name === 'Tomas Okafor')
    const personId = tomas?.facts.personId ?? 0
    await of.api.reviews.decide({
      reviewId: roles.reviewId,
      items: [tomas?.itemId ?? 0],
      decision: 'change',
      to: 'reader',
      why: 'Reads only',
    })
    later(of)
    const membership = await opened(of, 'membership')
    await of.api.reviews.decide({ reviewId: roles.reviewId, items: { decided: false }, decision: 'keep', why: 'Known' })
    await of.api.reviews.sign({ reviewId: roles.reviewId, as: 'Mara' })
    expect(await of.api.reviews.about({ personId, client: 'acme' })).toEqual([
      expect.objectContaining({
        kind: 'membership',
        state: 'open',
        project: 'Chatbot',
        decision: null,
        decidedAt: null,
      }),
      expect.objectContaining({ kind: 'roles', state: 'signed', project: null, decision: 'change', to: 'reader' }),
    ])
    await of.api.reviews.withdraw({ reviewId: membership.reviewId, why: 'Too early' })
    expect((await of.api.reviews.about({ personId })).map(({ kind }) => kind)).toEqual(['roles'])
  })

  it('of a key list nothing of another client', async () => {
    const of = await acme()
    const keys = await opened(of, 'keys')
    const roles = await opened(of, 'roles')
    const [key] = keys.rows
    expect(await of.api.reviews.about({ keyId: key?.facts.key?.id ?? 0 })).toEqual([
      expect.objectContaining({ itemId: key?.itemId, reviewId: keys.reviewId, kind: 'keys' }),
    ])
    const personId = roles.rows.find(({ facts }) => facts.personId !== null)?.facts.personId ?? 0
    expect(await of.api.reviews.about({ personId, client: 'acme' })).not.toEqual([])
    expect(await of.api.reviews.about({ personId, client: 'borealis' })).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { refused, seeded } from '../seeded.ts'

type World = Awaited<ReturnType<typeof seeded>>

/** The findings that are counted, by rule and subject. */
async function counted({ api }: World): Promise<readonly string[]> {
  const { rows } = await api.findings.list({ limit: 500 })
  return rows.map(({ rule, subject, client }) => `${client.slug} ${rule.id} ${subject.kind} ${subject.id}`)
}

/** Everything that a change of the policy would write. */
function contents({ service }: World): unknown {
  const { reader } = makeRegister(service.context)
  const tables = ['policy', 'key', 'finding', 'finding_evaluation', 'finding_tally', 'meta', 'journal']
  return tables.map((table) => reader.all(`SELECT * FROM ${table} ORDER BY 1, 2`))
}

describe('the preview of a policy', () => {
  it.each([
    ['stricter days', { productionKeyDays: 10, otherKeyDays: 5, adminKeyDays: 1 }],
    ['a pattern that no name follows', { keyNamePattern: 'never-{environment}-{team}-{purpose}' }],
    ['looser days', { productionKeyDays: 3000, otherKeyDays: 3000, ceilingDays: 3000 }],
    ['the values as they are', {}],
  ])('of %s counts what saving it changes, and writes nothing', async (_name, values) => {
    const world = await seeded()
    await world.api.findings.list({})
    for (const client of [undefined, 'acme']) {
      const before = await counted(world)
      const stored = contents(world)
      const preview = await world.api.policy.preview({ client, values })
      expect(contents(world)).toEqual(stored)
      expect(await counted(world)).toEqual(before)

      await world.api.policy.set({ client, values })
      const after = await counted(world)
      const more = after.filter((each) => !before.includes(each))
      const fewer = before.filter((each) => !after.includes(each))
      expect({ more: preview.more, fewer: preview.fewer }).toEqual({ more: more.length, fewer: fewer.length })
      const ofRule = (all: readonly string[], rule: string): number =>
        all.filter((each) => each.split(' ')[1] === rule).length
      for (const { rule, ...difference } of preview.rules) {
        expect(difference).toMatchObject({ more: ofRule(more, rule), fewer: ofRule(fewer, rule) })
      }
      expect(preview.rules.reduce((sum, each) => sum + each.more + each.fewer, 0)).toBe(more.length + fewer.length)
      expect(preview.clients.reduce((sum, each) => sum + each.more + each.fewer, 0)).toBe(more.length + fewer.length)
      await world.api.policy.set({ client, values: null })
    }
  })

  it('finds something with stricter days, so that the comparison is of more than nothing', async () => {
    const { api } = await seeded()
    expect((await api.policy.preview({ values: { productionKeyDays: 10, otherKeyDays: 5 } })).more).toBeGreaterThan(0)
  })

  it('refuses what cannot be saved', async () => {
    const { api } = await seeded()
    expect(await refused(api.policy.preview({ values: { quietRules: ['no-such-rule'] } }))).toMatchObject({
      code: 'INVALID',
    })
    expect(await refused(api.policy.preview({ client: 'no-such-client', values: {} }))).toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('ends when it is cancelled, and writes nothing', async () => {
    const world = await seeded()
    const stored = contents(world)
    const stop = new AbortController()
    stop.abort()
    await expect(
      world.api.policy.preview({ values: { productionKeyDays: 10 } }, { signal: stop.signal }),
    ).rejects.toThrow(/abort/iu)
    expect(contents(world)).toEqual(stored)
  })
})

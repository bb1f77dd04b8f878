import { ORPCError } from '@orpc/client'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { wrongTallies } from '../../register/facts/wrong-tallies.ts'
import { key } from '../../register/registers.ts'
import { acmeParts, DAY, seeded, type Seeded } from '../seeded.ts'

/** What changes the numbers that Today and the rail read. Each may be refused, which changes nothing. */
const STEPS = {
  'a sync with fewer keys': async ({ read, connections }: Seeded) => read(connections.acme, acmeParts().slice(0, -1)),
  'a sync with more keys': async ({ read, connections }: Seeded) =>
    read(connections.borealis, [
      { source: 'project-keys', project: 'proj_b', facts: [key('k8', { createdAt: 0 }), key('k9', { createdAt: 1 })] },
    ]),
  'a stricter policy': async ({ api }: Seeded) => api.policy.set({ values: { maxPrivileged: 1, unusedFlagDays: 5 } }),
  'opinions counted': async ({ api }: Seeded) =>
    api.policy.set({ client: 'acme', values: { countedFindings: 'opinion' } }),
  'the policy of the client removed': async ({ api }: Seeded) => api.policy.set({ client: 'acme', values: null }),
  'the next day': async ({ clock }: Seeded) => (clock.now += DAY),
  'a month later': async ({ clock }: Seeded) => (clock.now += 31 * DAY),
  'a risk accepted': async ({ api, clock }: Seeded) => {
    const { rows } = await api.findings.list({ state: 'open', limit: 1 })
    const until = new Date(clock.now + 3 * DAY).toISOString().slice(0, 10)
    if (rows[0])
      await api.findings.accept({ findingId: rows[0].findingId, until, reason: 'For this test.', confirm: 'ACCEPT 1' })
  },
  'an acceptance ended': async ({ api }: Seeded) => {
    const { rows } = await api.findings.list({ state: 'accepted', limit: 1 })
    if (rows[0]) await api.findings.reopen({ findingId: rows[0].findingId })
  },
  'a key snoozed': async ({ api, clock }: Seeded) => {
    const { rows } = await api.keys.list({ limit: 1 })
    const until = new Date(clock.now + 2 * DAY).toISOString().slice(0, 10)
    if (rows[0]) await api.rotation.snooze({ keyId: rows[0].keyId, until })
  },
  'a key rotated': async ({ api }: Seeded) => {
    const { rows } = await api.keys.list({ limit: 1 })
    if (rows[0]) await api.rotation.mark({ keyId: rows[0].keyId })
  },
  'a client archived': async ({ api }: Seeded) => api.client.archive({ slug: 'borealis' }),
  'a connection removed': async ({ api, connections }: Seeded) => api.connection.remove({ id: connections.borealis }),
} as const

type Step = keyof typeof STEPS

it('the numbers of Today and of the rail are those of the lists after any changes', async () => {
  const done = new Set<Step>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...(Object.keys(STEPS) as Step[])), { minLength: 3, maxLength: 8 }),
      async (steps) => {
        const of = await seeded()
        const { api, service } = of
        for (const step of steps) {
          try {
            await STEPS[step](of)
            done.add(step)
          } catch (error) {
            // What was removed or archived before is refused.
            if (!(error instanceof ORPCError && error.defined)) throw error
          }
          // Evaluates what is out of date.
          const { total: findings } = await api.findings.list({ state: 'open', limit: 1 })
          expect({ step, wrong: wrongTallies(makeRegister(service.context)) }).toEqual({ step, wrong: [] })
          const counts = await api.counts.get({})
          const { total: due } = await api.keys.list({ rotation: ['overdue', 'due'], limit: 1 })
          expect({ step, findings: counts.findings, rotation: counts.rotation }).toEqual({
            step,
            findings,
            rotation: due,
          })
          const { clients } = await api.today.list({ hidden: false })
          for (const { client, people, keys } of clients) {
            const listed = await Promise.all([
              api.people.list({ client: client.slug, status: 'active', limit: 1 }),
              api.keys.list({ client: client.slug, limit: 1 }),
            ])
            const expected = listed.map(({ total }) => total)
            expect({ step, client: client.slug, numbers: people === null ? expected : [people, keys] }).toEqual({
              step,
              client: client.slug,
              numbers: expected,
            })
          }
        }
        await service.close()
      },
    ),
    { numRuns: 25 },
  )
  expect(done.size).toBe(Object.keys(STEPS).length)
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { agencies, getMark, writeAgency } from '../files-out/agencies.ts'
import { newService } from '../services.ts'
import { newFolder } from './packs.ts'

/** All that a pack holds, as one text. */
const toText = (folder: string): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')

describe('a pack of one client', () => {
  it(
    'holds nothing of another, though all share one journal, and is sound',
    async () => {
      let own = 0
      await fc.assert(
        fc.asyncProperty(agencies, async (agency) => {
          const service = await newService({ now: () => Date.UTC(2026, 10, 2, 12) })
          const { api, context } = service
          writeAgency(makeRegister(context), agency)
          const slugs = agency.clients.map(({ slug }) => slug)
          const reviews = new Map<string, number>()
          for (const client of slugs) {
            const row = await api.reviews.open({ client, kind: 'roles', override: `Of ${getMark(client)}.` })
            reviews.set(client, row.reviewId)
          }
          for (const client of slugs) {
            // Rows of every client are between the opening and the pack of each.
            const reviewId = reviews.get(client) ?? 0
            const { total } = await api.reviews.items({ reviewId, limit: 0 })
            if (total > 0) await api.reviews.decide({ reviewId, items: {}, decision: 'remove', why: getMark(client) })
            await api.client.update({ slug: client, notes: getMark(client) })
          }
          for (const client of slugs) {
            const { path } = await api.evidence.pack({
              reviewId: reviews.get(client) ?? 0,
              directory: newFolder(),
              zip: false,
            })
            const text = toText(path)
            const others = slugs.filter((other) => other !== client && text.includes(getMark(other)))
            expect([client, others]).toEqual([client, []])
            own += Number(text.includes(getMark(client)))
            expect(await api.evidence.verify({ path })).toMatchObject({ ok: true, problems: [] })
          }
          await service.close()
        }),
        drillRuns('pack-scope'),
      )
      // Operations that never show their own client's mark would prove nothing.
      expect(own).toBeGreaterThan(0)
    },
    DRILL_LIMIT_MS,
  )
})

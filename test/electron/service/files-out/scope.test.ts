import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type Context, getReader, makeMoment, makeRegister } from '../../../../electron/service/core/context.ts'
import { renderCalendar } from '../../../../electron/service/files/calendar.ts'
import { renderRegister } from '../../../../electron/service/files/export-register.ts'
import { writeRegister } from '../../../../electron/service/files/write-register.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { newService } from '../services.ts'
import { agencies, getMark, writeAgency } from './agencies.ts'
import { unzip } from './unzip.ts'

describe('an export for one client', () => {
  test(
    'contains no row of another, in any format',
    async () => {
      await fc.assert(
        fc.asyncProperty(agencies, async (agency) => {
          const { context } = await newService()
          const ids = writeAgency(makeRegister(context), agency)
          for (const { slug } of agency.clients) {
            const others = agency.clients.filter((client) => client.slug !== slug).map((client) => getMark(client.slug))
            const texts = [...(await listTexts(context, { client: slug })), ...(await listSheets(context, slug))]
            for (const connection of ids.get(slug) ?? []) texts.push(...(await listTexts(context, { connection })))
            texts.push((await renderCalendar(context, { client: slug })).text.replaceAll('\r\n ', ''))
            for (const text of texts) {
              for (const other of others) expect(text.includes(other)).toBe(false)
            }
            // The marks are in the client's own export.
            expect(texts[0]).toContain(getMark(slug))
          }
        }),
        drillRuns('export-scope'),
      )
    },
    DRILL_LIMIT_MS,
  )

  test(
    'and the one for all clients contain every principal and every key',
    async () => {
      await fc.assert(
        fc.asyncProperty(agencies, async (agency) => {
          const { context } = await newService()
          writeAgency(makeRegister(context), agency)
          const { text, rows } = await renderRegister(context, { format: 'json' })
          const all = JSON.parse(text) as {
            organizations: { client: string; grants: { id: string }[]; keys: { id: string }[] }[]
          }
          const found = all.organizations.flatMap(({ grants, keys }) => [...grants, ...keys].map(({ id }) => id))
          const facts = agency.clients.flatMap(({ organizations }) => organizations.flatMap((o) => o.facts))
          const expected = facts.flatMap((fact) =>
            (fact.type === 'principal' && fact.kind !== 'group') || fact.type === 'key' ? [fact.externalId] : [],
          )
          expect(new Set(found)).toEqual(new Set(expected))
          expect(found).toHaveLength(rows)
        }),
        drillRuns('export-scope'),
      )
    },
    DRILL_LIMIT_MS,
  )
})

async function listTexts(
  context: Context,
  scope: { readonly client?: string; readonly connection?: number },
): Promise<string[]> {
  const texts = []
  for (const format of ['md', 'csv', 'json'] as const) {
    texts.push((await renderRegister(context, { ...scope, format })).text)
  }
  return texts
}

/** Here and not in a thread of its own, since a thread for each of many agencies would take long. */
async function listSheets(context: Context, client: string): Promise<string[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-export-')), 'register.xlsx')
  await writeRegister(getReader(context), { client }, 'xlsx', makeMoment(context), { path, mode: null })
  return [...unzip(readFileSync(path)).values()]
}

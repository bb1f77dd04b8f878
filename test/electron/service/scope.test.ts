import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../electron/service/core/context.ts'
import { agencies, getMark, writeAgency } from './files-out/agencies.ts'
import { depart } from '../register/leavers/depart.ts'
import { newService } from './services.ts'

type Api = Awaited<ReturnType<typeof newService>>['api']

/** Everything that can be asked about one client, with its input. */
const ASKED: Readonly<Record<string, (api: Api, client: string) => Promise<unknown>>> = {
  'people.list': (api, client) => api.people.list({ client }),
  'people.list of a text': (api, client) => api.people.list({ client, search: 'person' }),
  'people.list of a letter': (api, client) => api.people.list({ client, search: 'q' }),
  'keys.list': (api, client) => api.keys.list({ client }),
  'keys.list by name': (api, client) => api.keys.list({ client, sort: { by: 'name' } }),
  'keys.list of a flag': (api, client) => api.keys.list({ client, flag: 'never' }),
  'keys.list of a text': (api, client) => api.keys.list({ client, search: 'key' }),
  'projects.list': (api, client) => api.projects.list({ client }),
  'projects.list of a letter': (api, client) => api.projects.list({ client, search: 'q' }),
  'access.list': (api, client) => api.access.list({ client }),
  'access.list by who': (api, client) => api.access.list({ client, sort: { by: 'principal' } }),
  'rotation.due': (api, client) => api.rotation.due({ client }),
  'rotation.dueJson': async (api, client) => new TextDecoder().decode((await api.rotation.dueJson({ client })).json),
  'today.list': (api, client) => api.today.list({ client }),
  'structure.tree': (api, client) => api.structure.tree({ client }),
  'connection.list': (api, client) => api.connection.list({ client }),
  'findings.list': (api, client) => api.findings.list({ client }),
  'findings.groups': (api, client) => api.findings.groups({ client, by: 'client' }),
  'changes.timeline': (api, client) => api.changes.timeline({ client }),
  'changes.list': (api, client) => api.changes.list({ client, since: { day: '2026-01-01' } }),
  'leavers.list': (api, client) => api.leavers.list({ client }),
  'leavers.report': (api, client) => api.leavers.report({ client }),
  'files.renderRegister': (api, client) => api.files.renderRegister({ client, format: 'json' }),
  'files.renderCalendar': (api, client) => api.files.renderCalendar({ client }),
  'search of a mark that all share': (api, client) => api.search.find({ client, query: 'zqclient' }),
  'search of a letter': (api, client) => api.search.find({ client, query: 'z' }),
}

describe('asked about one client', () => {
  it('nothing shows a row of another', async () => {
    const found = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(agencies, async (agency) => {
        const service = await newService({ now: () => Date.UTC(2026, 10, 2, 12) })
        const { api, context } = service
        writeAgency(makeRegister(context), agency)
        makeRegister(context).transact((writer) => depart(writer))
        const slugs = agency.clients.map(({ slug }) => slug)
        for (const client of slugs) {
          for (const [name, ask] of Object.entries(ASKED)) {
            const text = JSON.stringify(await ask(api, client))
            for (const other of slugs) {
              const holds = text.includes(getMark(other))
              expect([name, client, other, holds && other !== client]).toEqual([name, client, other, false])
              if (other === client) found.set(name, (found.get(name) ?? 0) + Number(holds))
            }
          }
        }
        await service.close()
      }),
      { numRuns: 15 },
    )
    // Operations that never show their own client's mark would prove nothing.
    const blind = [...found].filter(([, times]) => times === 0).map(([name]) => name)
    expect(blind).toEqual([])
  })

  it('counts add up: the sum over the clients equals the total, except people, who may be in several', async () => {
    await fc.assert(
      fc.asyncProperty(agencies, async (agency) => {
        const service = await newService({ now: () => Date.UTC(2026, 10, 2, 12) })
        const { api, context } = service
        writeAgency(makeRegister(context), agency)
        const slugs = agency.clients.map(({ slug }) => slug)
        for (const list of [api.keys.list, api.projects.list, api.access.list, api.rotation.due] as const) {
          let sum = 0
          for (const client of slugs) sum += (await list({ client, limit: 0 })).total
          expect((await list({ limit: 0 })).total).toBe(sum)
        }
        const { clients } = await api.today.list({})
        for (const client of slugs) {
          const [own] = (await api.today.list({ client })).clients
          const { people, keys, nextReview, sync } = clients.find((each) => each.client.slug === client) ?? {}
          expect(own).toMatchObject({ people, keys, nextReview, sync })
        }
        await service.close()
      }),
      { numRuns: 8 },
    )
  })
})

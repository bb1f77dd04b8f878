import { describe, expect, it } from 'vitest'

import { writeTeamPlace } from '../../../../electron/register/team/place.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { ACCESS } from '../../../../shared/nouns/access.ts'
import { FINDINGS } from '../../../../shared/nouns/findings.ts'
import { KEYS } from '../../../../shared/contract/keys.ts'
import { PEOPLE } from '../../../../shared/nouns/people.ts'
import { PROJECTS } from '../../../../shared/nouns/projects.ts'
import { toListFilter } from '../../../../shared/contract/view-search.ts'
import { FILTERED, NO_ROW } from '../../../../shared/contract/view-subjects.ts'
import { VIEW_LISTS, type ViewSearch } from '../../../../shared/contract/views.ts'
import { refused, seeded } from '../seeded.ts'
import { PLACE_IN_TEAM } from '../team/memory-servers.ts'

const PRODUCTION = { environment: ['production', 'staging'], sort: 'name' }

describe('saved views', () => {
  it('belong to a client or to all, and are listed by name for their scope', async () => {
    const { api } = await seeded()
    await api.views.save({ list: 'keys', name: 'Z of all', search: PRODUCTION })
    await api.views.save({ client: 'acme', list: 'keys', name: 'A of Acme', search: { q: 'prod' } })
    await api.views.save({ client: 'borealis', list: 'keys', name: 'B of Borealis', search: {} })
    await api.views.save({ list: 'people', name: 'People', search: {} })
    const names = async (client?: string) => (await api.views.list({ client, list: 'keys' })).map((view) => view.name)
    expect(await names('acme')).toEqual(['A of Acme', 'Z of all'])
    expect(await names('borealis')).toEqual(['B of Borealis', 'Z of all'])
    expect(await names()).toEqual(['A of Acme', 'B of Borealis', 'Z of all'])
    expect(await api.views.list({ list: 'keys', client: 'acme' })).toMatchObject([
      { client: { slug: 'acme' }, search: { q: 'prod' }, columns: null },
      { client: null, search: PRODUCTION },
    ])
  })

  it('keep their columns, are changed, renamed and removed, and each step is in the audit log', async () => {
    const { api, service } = await seeded()
    const columns = { order: ['name', 'due'], visible: { due: true }, widths: { name: 240 } }
    const { viewId } = await api.views.save({ list: 'keys', name: 'Mine', search: {}, columns })
    expect(await api.views.save({ viewId, list: 'keys', name: 'Mine', search: PRODUCTION, columns })).toMatchObject({
      viewId,
      search: PRODUCTION,
      columns,
    })
    expect(await api.views.rename({ viewId, name: 'Ours' })).toMatchObject({ viewId, name: 'Ours', columns })
    const removed = await api.views.remove({ viewId })
    expect(await api.views.list({})).toEqual([])
    const { viewId: _, client: __, ...again } = removed
    expect(await api.views.save(again)).toMatchObject({ name: 'Ours', search: PRODUCTION, columns })
    expect(
      makeRegister(service.context).reader.column("SELECT action FROM journal WHERE action LIKE 'view.%' ORDER BY seq"),
    ).toEqual(['view.saved', 'view.saved', 'view.renamed', 'view.removed', 'view.saved'])
  })

  it('have one name each in their list and client, whatever its case', async () => {
    const { api } = await seeded()
    await api.views.save({ list: 'keys', name: 'Mine', search: {} })
    const { viewId } = await api.views.save({ list: 'keys', name: 'Other', search: {} })
    expect(await refused(api.views.save({ list: 'keys', name: 'MINE', search: {} }))).toMatchObject({
      code: 'CONFLICT',
    })
    expect(await refused(api.views.rename({ viewId, name: 'mine' }))).toMatchObject({ code: 'CONFLICT' })
    await api.views.save({ client: 'acme', list: 'keys', name: 'Mine', search: {} })
    expect(await refused(api.views.remove({ viewId: 999 }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

/** A service with two clients, and the numbers of what `acme` and `borealis` have. */
async function withRows() {
  const { service, api, connections } = await seeded()
  const register = makeRegister(service.context)
  const rows = register.reader.all<{ readonly kind: string; readonly externalId: string; readonly id: number }>(
    `SELECT 'project' AS kind, external_id AS externalId, id FROM project
     UNION ALL SELECT 'principal', external_id, id FROM principal UNION ALL SELECT 'person', external_id, person_id FROM principal`,
  )
  const find = (kind: string, externalId: string): number =>
    rows.find((row) => row.kind === kind && row.externalId === externalId)!.id
  return { service, api, connections, register, find }
}

describe('the filters of a saved view by a row of the register', () => {
  it('are kept by names that every register has, and are listed by the numbers of this one', async () => {
    const { api, connections, register, find } = await withRows()
    const search = {
      connection: connections.acme,
      project: find('project', 'proj_a'),
      owner: find('person', 'u2'),
      within: 7,
    }
    await api.views.save({ client: 'acme', list: 'keys', name: 'Mine', search })
    const subject = { kind: ['project'], subject: find('project', 'proj_a'), person: find('person', 'u1') }
    await api.views.save({ list: 'findings', name: 'Of all', search: subject })
    expect(await api.views.list({})).toMatchObject([{ search }, { search: subject }])
    const [saved] = register.reader.column<string>("SELECT body FROM journal WHERE action = 'view.saved' ORDER BY seq")
    expect(JSON.parse(saved!)).toMatchObject({
      search: { within: 7 },
      subjects: {
        connection: { kind: 'connection' },
        project: { kind: 'project', externalId: 'proj_a' },
        owner: { kind: 'person', accounts: [{ externalId: 'u2' }] },
      },
    })
  })

  it('name nothing where a person is not one any more, stay with the view, and are refused for a new one', async () => {
    const { api, find } = await withRows()
    const { mergeId } = await api.people.merge({ keep: find('person', 'u1'), other: find('person', 'u2') })
    const saved = await api.views.save({
      list: 'keys',
      name: 'Both',
      search: { owner: find('person', 'u1'), q: 'web' },
    })
    expect(saved.search).toEqual({ owner: find('person', 'u1'), q: 'web' })
    await api.people.split({ mergeId })
    const [view] = await api.views.list({})
    expect(view?.search).toEqual({ owner: NO_ROW, q: 'web' })
    const { client: _, ...given } = view!
    expect(await api.views.save({ ...given, search: { owner: NO_ROW } })).toMatchObject({ search: { owner: NO_ROW } })
    const { viewId: __, client: ___, ...removed } = await api.views.remove({ viewId: given.viewId })
    expect(await api.views.save(removed)).toMatchObject({ name: 'Both', search: { owner: NO_ROW } })
    await api.people.merge({ keep: find('person', 'u1'), other: find('person', 'u2') })
    expect((await api.views.list({}))[0]?.search).toEqual({ owner: find('person', 'u1') })
    expect(await refused(api.views.save({ list: 'keys', name: 'New', search: { owner: NO_ROW } }))).toMatchObject({
      code: 'INVALID',
      message: 'The filter by person names nothing in this register.',
    })
  })

  it('list no row where they name nothing, in each list', async () => {
    const { api } = await withRows()
    const lists = {
      keys: (search: ViewSearch) => api.keys.list(toListFilter(KEYS, search, '2026-04-01')),
      people: (search: ViewSearch) => api.people.list(toListFilter(PEOPLE, search, '2026-04-01')),
      projects: (search: ViewSearch) => api.projects.list(toListFilter(PROJECTS, search, '2026-04-01')),
      access: (search: ViewSearch) => api.access.list(toListFilter(ACCESS, search, '2026-04-01')),
      findings: (search: ViewSearch) => api.findings.list(toListFilter(FINDINGS, search, '2026-04-01')),
      rotation: (search: ViewSearch) => api.keys.list(toListFilter(KEYS, search, '2026-04-01')),
    }
    for (const list of VIEW_LISTS) {
      expect((await lists[list]({})).total).toBeGreaterThan(0)
      for (const param of Object.keys(FILTERED[list])) {
        const search = { [param]: NO_ROW, ...(param === 'subject' ? { kind: ['project'] } : {}) }
        expect({ list, param, total: (await lists[list](search)).total }).toEqual({ list, param, total: 0 })
      }
    }
  })

  it('are refused with the filter and what to do, where they have no name for every register', async () => {
    const { api, connections, find } = await withRows()
    const save = (list: 'keys' | 'findings', search: Record<string, unknown>, client?: string) =>
      refused(api.views.save({ list, name: 'Refused', search: search as never, client }))
    const remove = (word: string) => ({ hint: `Remove the filter by ${word}, then save the view.` })
    expect(await save('keys', { connection: 999 })).toMatchObject({
      message: 'The connection of the filter does not exist.',
      data: remove('connection'),
    })
    expect(await save('keys', { connection: connections.borealis }, 'acme')).toMatchObject({
      message: 'The connection of the filter does not exist, or belongs to another client than the view.',
    })
    expect(await save('keys', { owner: find('person', 'u2') }, 'borealis')).toMatchObject({
      message: expect.stringContaining('no account of this client') as string,
      data: remove('person'),
    })
    expect(await save('findings', { kind: ['key', 'project'], subject: 1 })).toMatchObject({
      message: 'The filter by subject has no kind of subject, or several.',
    })
    expect(await save('keys', { connection: 'x' })).toMatchObject({ data: remove('connection') })
    expect(await save('keys', { key: 3 })).toMatchObject({
      message: 'A view of keys cannot keep the filter "key" with this value.',
      data: remove('key'),
    })
    expect(await api.views.list({})).toEqual([])
  })

  it('in a team belong to the client of the view, and to no person who was merged in this register', async () => {
    const { api, register, connections, find } = await withRows()
    await api.people.merge({ keep: find('person', 'u1'), other: find('person', 'u2') })
    await api.views.save({ list: 'keys', name: 'Before', search: { connection: connections.acme } })
    register.transact((writer) => writeTeamPlace(writer, PLACE_IN_TEAM))
    const save = (search: Record<string, number>, client?: string) =>
      api.views.save({ list: 'keys', name: 'Mine', search, client })
    expect(await refused(save({ connection: connections.acme }))).toMatchObject({
      code: 'INVALID',
      message:
        'A view of all clients is for every member of the team, and the connection of its filter belongs to one client.',
      data: { hint: 'Choose the client and save the view for it, or remove the filter by connection.' },
    })
    expect(await refused(save({ owner: find('person', 'u1') }, 'acme'))).toMatchObject({
      message: expect.stringContaining('was merged from several') as string,
    })
    expect(
      await save({ connection: connections.acme, owner: find('person', 'b1') }, 'borealis').catch(() => null),
    ).toBe(null)
    expect(await save({ connection: connections.acme }, 'acme')).toMatchObject({
      search: { connection: connections.acme },
    })
    // One from before the team stays.
    expect(await api.views.list({ client: 'acme' })).toMatchObject([{ name: 'Before' }, { name: 'Mine' }])
  })

  it('of a view for all clients name nothing of another client to one of them', async () => {
    const { api, connections, find } = await withRows()
    const search = { connection: connections.borealis, owner: find('person', 'b1') }
    await api.views.save({ list: 'keys', name: 'Of all', search })
    const [view] = await api.views.list({ client: 'acme' })
    // Mara has an account at both clients.
    expect(view?.search).toEqual({ connection: NO_ROW, owner: search.owner })
    expect(view?.subjects).toMatchObject({ owner: { accounts: [{ externalId: 'u1' }] } })
    expect(view?.subjects).not.toHaveProperty('connection')
  })
})

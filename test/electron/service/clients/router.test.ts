import { describe, expect, it } from 'vitest'

import { checkJournal } from '../../../../electron/register/db/journal.ts'
import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { findRequirements } from '../../../../shared/domain/attest.ts'
import { CLIENT_COLOURS } from '../../../../shared/domain/client.ts'
import { depart } from '../../register/leavers/depart.ts'
import { key } from '../../register/registers.ts'
import { refused, seeded } from '../seeded.ts'
import { newService } from '../services.ts'

describe('a client', () => {
  it('gets a slug from its name that is not in use, and a colour that no other client has', async () => {
    const { api } = await newService()
    const names = ['Acme Corp', 'ACME corp!', '日本', '日本', '  Borealis  ']
    const added = []
    for (const name of names) added.push(await api.client.add({ name, sameName: true }))
    expect(added.map(({ slug }) => slug)).toEqual(['acme-corp', 'acme-corp-2', 'client', 'client-2', 'borealis'])
    expect(added.at(-1)).toMatchObject({
      name: 'Borealis',
      kind: 'client',
      domains: [],
      notes: '',
      connections: 0,
      archivedAt: null,
    })
    expect(added.map(({ colour }) => colour)).toEqual(CLIENT_COLOURS.slice(0, 5))
    for (let n = 0; n < 10; n += 1) await api.client.add({ name: `More ${n}` })
    const uses = Map.groupBy(await api.client.list({}), ({ colour }) => colour)
    expect(Math.max(...[...uses.values()].map((list) => list.length))).toBe(2)
  })

  it('accepts its own slug, colour and domains, in normalized form', async () => {
    const { api } = await newService()
    const added = await api.client.add({
      name: 'Acme',
      slug: 'ac',
      colour: '#ABCDEF',
      kind: 'internal',
      domains: [' Acme.Example '],
    })
    expect(added).toMatchObject({ slug: 'ac', colour: '#ABCDEF', kind: 'internal', domains: ['acme.example'] })
    expect(await refused(api.client.add({ name: 'Other', slug: 'ac' }))).toMatchObject({ code: 'CONFLICT' })
    for (const bad of [
      { slug: 'Not a slug' },
      { colour: 'red' },
      { domains: ['nodots'] },
      { domains: ['a@b.c'] },
      { name: ' ' },
      { name: 'x'.repeat(121) },
    ]) {
      await expect(api.client.add({ name: 'Acme', ...bad })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    }
  })

  it('is changed field by field, and keeps its slug', async () => {
    const { api } = await newService()
    await api.client.add({ name: 'Acme', notes: 'first', domains: ['acme.example'] })
    expect(await api.client.update({ slug: 'acme', name: 'Acme GmbH' })).toMatchObject({
      slug: 'acme',
      name: 'Acme GmbH',
      notes: 'first',
      domains: ['acme.example'],
    })
    expect(await api.client.update({ slug: 'acme', notes: '', domains: [] })).toMatchObject({
      name: 'Acme GmbH',
      notes: '',
      domains: [],
    })
    expect(await api.client.get({ slug: 'acme' })).toMatchObject({ name: 'Acme GmbH' })
    expect((await api.search.find({ query: 'gmbh' })).rows.map(({ slug }) => slug)).toEqual(['acme'])
    for (const ask of [api.client.get, api.client.archive, api.client.restore, api.client.update]) {
      expect((await refused(ask({ slug: 'nobody' }))).code).toBe('NOT_FOUND')
    }
  })

  it('that is archived is in no list but its own, and is restored completely', async () => {
    const { api } = await seeded()
    const all = await api.keys.list({})
    const archived = await api.client.archive({ slug: 'acme' })
    expect(archived.archivedAt).not.toBeNull()
    expect(await api.client.archive({ slug: 'acme' })).toEqual(archived)
    expect((await api.client.list({})).map(({ slug }) => slug)).toEqual(['borealis'])
    expect((await api.client.list({ archived: true })).map(({ slug }) => slug)).toEqual(['acme', 'borealis'])
    expect((await api.keys.list({})).total).toBe(1)
    expect((await api.connection.list({})).length).toBe(1)
    expect((await api.today.list({})).clients.map(({ client }) => client.slug)).toEqual(['borealis'])
    expect((await api.structure.tree({})).map(({ client }) => client.slug)).toEqual(['borealis'])
    expect((await api.search.find({ query: 'prod-web-api' })).rows).toEqual([])
    expect((await api.rotation.due({})).rows.map(({ client }) => client.slug)).toEqual(['borealis'])
    expect((await api.keys.list({ client: 'acme' })).total).toBe(2)
    expect((await api.today.list({ client: 'acme' })).clients).toHaveLength(1)
    await api.client.restore({ slug: 'acme' })
    expect((await api.keys.list({})).rows).toEqual(all.rows)
  })

  it('with leavers or ten keys is archived with a reason and the typed word, and a refusal names what is accepted', async () => {
    const { api, service, read, connections } = await seeded()
    read(connections.borealis, [
      { source: 'keys', facts: Array.from({ length: 10 }, (_, n) => key(`b${n}`, { name: `b-${n}` })) },
    ])
    const [holder] = (await api.people.list({ client: 'acme', search: 'tomas' })).rows
    makeRegister(service.context).transact((writer) => depart(writer, holder?.personId ?? 0))
    expect(await refused(api.client.archive({ slug: 'acme', reason: ' ' }))).toMatchObject({
      code: 'INVALID',
      message: '1 leaver still has access at acme, and the reason is missing.',
      data: { field: 'reason', hint: 'Give the reason, such as a ticket. In a terminal: --why TEXT.' },
    })
    expect((await api.client.archive({ slug: 'acme', reason: 'Contract ended' })).archivedAt).not.toBeNull()
    const { word } = findRequirements('ARCHIVE', {
      count: (await api.keys.list({ client: 'borealis' })).total,
      isGrave: false,
    })
    expect(await refused(api.client.archive({ slug: 'borealis' }))).toMatchObject({
      code: 'CONFLICT',
      data: { hint: `Type ${word} to archive the client.` },
    })
    expect((await api.client.archive({ slug: 'borealis', confirm: word ?? '' })).archivedAt).not.toBeNull()
  })

  it('is listed after the agency’s own organization, by name', async () => {
    const { api } = await newService()
    for (const [name, kind] of [
      ['zeta', 'client'],
      ['Alpha', 'client'],
      ['Internal', 'internal'],
    ] as const) {
      await api.client.add({ name, kind })
    }
    expect((await api.client.list({})).map(({ name }) => name)).toEqual(['Internal', 'Alpha', 'zeta'])
  })

  it('is journaled with every decision, whatever its name contains', async () => {
    const { api, context } = await newService()
    await api.client.add({ name: 'half \ud800 a character', slug: 'odd', notes: 'null \0 byte' })
    await api.client.update({ slug: 'odd', notes: '\udfff' })
    await api.client.archive({ slug: 'odd' })
    await api.client.restore({ slug: 'odd' })
    const reader = getReader(context)
    expect(reader.column('SELECT action FROM journal ORDER BY seq')).toEqual([
      'client.added',
      'client.changed',
      'client.archived',
      'client.restored',
    ])
    expect(reader.column('SELECT DISTINCT client FROM journal')).toEqual(['odd'])
    expect(checkJournal(reader).problems).toEqual([])
  })
})

describe('the name of a client', () => {
  it.each(['Northfold Studio', 'NORTHFOLD  studio', 'Northfοld-Studio', 'Nórthfold Studio'])(
    'is refused at its field if people may take it for another: %s',
    async (name) => {
      const { api } = await newService()
      await api.client.add({ name: 'Northfold Studio' })
      const other = await api.client.add({ name: 'Acme' })
      for (const ask of [api.client.add({ name }), api.client.update({ slug: other.slug, name })]) {
        const said = await refused(ask)
        expect(said).toMatchObject({ code: 'CONFLICT', data: { field: 'name' } })
        expect(said.message).toContain('"Northfold Studio" (northfold-studio)')
      }
      expect((await api.client.list({})).map((client) => client.name)).toEqual(['Acme', 'Northfold Studio'])
    },
  )

  it('may be kept, and be like another if that is confirmed', async () => {
    const { api } = await newService()
    await api.client.add({ name: 'Acme' })
    await api.client.add({ name: 'acme', sameName: true })
    expect(await api.client.update({ slug: 'acme-2', name: 'acme', notes: 'x' })).toMatchObject({ notes: 'x' })
    expect(await api.client.update({ slug: 'acme-2', name: 'ACME', sameName: true })).toMatchObject({ name: 'ACME' })
  })
})

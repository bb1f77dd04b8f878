import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { refused, seeded } from '../seeded.ts'

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

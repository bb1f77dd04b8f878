import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { makeMoment, makeRegister } from '../../../../electron/service/core/context.ts'
import { orderAside } from '../../../../electron/service/core/order-aside.ts'
import { getReading, key, newConnection, project, user, grant } from '../../register/registers.ts'
import { newService } from '../services.ts'

const NOW = Date.UTC(2026, 10, 2, 12)
const NAMES = ['web', 'Alpha', 'batch', 'root', 'x', 'Zeta']

/** A service whose lists are all long, with some people, grants and keys. */
async function filled() {
  const service = await newService({ now: () => NOW, asideFrom: 1 })
  const register = makeRegister(service.context)
  const connection = newConnection(register, 'acme', 'openai')
  register.transact((writer) => {
    applyReading(
      writer,
      getReading(connection, [
        { source: 'projects', facts: [project('proj_a', { name: 'Alpha' })] },
        { source: 'users', facts: NAMES.map((name) => user(name, { name, email: `${name}@acme.example` })) },
        { source: 'project-users', facts: NAMES.map((name) => grant(name, 'proj_a')) },
        {
          source: 'project-keys',
          facts: NAMES.map((name, n) => key(`key_${n}`, { name, createdAt: NOW - n * 1_000_000_000 })),
        },
      ]),
    )
  })
  return { ...service, register }
}

describe('a list whose order a thread works out', () => {
  it('has the rows that the service reads itself', async () => {
    const { api, context } = await filled()
    const sort = { direction: 'desc' } as const
    const slice = { offset: 1, limit: 3 }
    const read = {
      keys: () => api.keys.list({ ...slice, sort: { ...sort, by: 'name' } }),
      access: () => api.access.list({ ...slice, sort: { ...sort, by: 'level' } }),
      people: () => api.people.list({ ...slice, sort: { ...sort, by: 'email' } }),
      findings: () => api.findings.list({ ...slice, sort: { ...sort, by: 'subject' } }),
      keyless: () => api.keyless.list({ ...slice, sort: { ...sort, by: 'name' } }),
      groups: () =>
        api.findings.groups({ ...slice, offset: 0, by: 'subject', certainty: ['certain', 'likely', 'opinion'] }),
      recommendations: () => api.recommendations.list({ ...slice, sort: { ...sort, by: 'who' } }),
    }
    const readAll = () =>
      Promise.all([
        Promise.all(Object.values(read).map((each) => each())),
        api.keyless.progress({}),
        api.structure.tree({}),
        api.projects.list({ sort: { ...sort, by: 'people' } }),
        api.keyless.markdown({ certainty: ['certain', 'likely'] }),
      ])
    const aside = await readAll()
    const [sync] = await api.changes.timeline({})
    expect(sync?.changes).toBe((await api.changes.list({ since: { at: 0 } })).total)
    Object.assign(context, { asideFrom: Infinity })
    context.lists.clear()
    expect(aside).toEqual(await readAll())
    const [lists, progress] = aside
    const counts = Object.fromEntries(Object.keys(read).map((name, n) => [name, lists[n]?.total]))
    expect(counts).toMatchObject({ keys: 6, access: 6, people: 6, keyless: 1 })
    expect(progress).toMatchObject([{ static: 1 }])
  })

  it('is read again when the register changes meanwhile, once for all who ask', async () => {
    const { api, register } = await filled()
    const asked = { sort: { by: 'name', direction: 'asc' }, offset: 0, limit: 100 } as const
    const both = [api.keys.list(asked), api.keys.list(asked)]
    // The first reading is on its way, or has ended: nothing of it counts after this.
    register.transact((writer) => writer.run("UPDATE key_version SET name = 'a first one' WHERE name = 'x'"))
    const after = await api.keys.list(asked)
    expect(after.rows.map(({ name }) => name)).toEqual(['a first one', 'Alpha', 'batch', 'root', 'web', 'Zeta'])
    for (const { revision, rows } of await Promise.all(both)) {
      expect([register.revision(), rows[0]?.name]).toEqual([revision, 'a first one'])
    }
  })

  it('is refused with a sentence when the register is closed meanwhile', async () => {
    const { register, context } = await filled()
    const query = { sort: { by: 'created', direction: 'asc' } } as const
    const order = orderAside(register, { list: 'keys', query, moment: makeMoment(context) })
    const [ended] = await Promise.allSettled([order, register.stopCopies()])
    expect(ended).toMatchObject({
      status: 'rejected',
      reason: { message: 'The list was interrupted, since the register was closed.' },
    })
  })
})

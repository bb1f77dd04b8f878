import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { type ExampleFile, exampleFile } from '../../providers/file/example.ts'
import { gathered, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')

/** A client with a connection to a file that may be rewritten while the service runs. */
async function connectedFile() {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-file-')), 'azure.json')
  const write = (content: unknown): void => writeFileSync(path, JSON.stringify(content, null, 2))
  write(exampleFile())
  const { api } = await newService({ now: () => NOW })
  await api.client.add({ name: 'Acme' })
  const connection = await api.connection.add({ client: 'acme', provider: 'file', path })
  const sync = async () => {
    await synced(api)
    return (await api.connection.get({ id: connection.id })).lastAttempt
  }
  const keys = async () => (await api.keys.list({ limit: 50 })).rows.map(({ name, status }) => `${name} ${status}`)
  return { api, connection, path, write, sync, keys }
}

const without = (list: keyof ExampleFile): unknown => ({ ...exampleFile(), [list]: undefined })

describe('a connection that reads a file', () => {
  it('has a path and a platform, needs no credential, and is only read', async () => {
    const { api, connection, path } = await connectedFile()
    expect(connection).toMatchObject({
      label: 'Acme on azure',
      provider: 'file',
      platform: 'azure',
      path,
      baseUrl: null,
      access: 'read-only',
      credential: { state: 'not-needed', hint: null },
    })
    const { id } = connection
    expect(
      (await refused(api.connection.setCredential({ id, credential: 'sk-admin-0123456789abcdef' }))).message,
    ).toContain('has no credential')
    expect((await refused(api.connection.update({ id, access: 'read-write' }))).message).toContain('only read')
    expect((await refused(api.connection.update({ id, path: join(path, '../none.json') }))).message).toContain('ENOENT')
    const report = await api.connection.test({ id })
    expect(report.organization).toEqual({ externalId: 'tenant-1', name: 'Acme' })
    expect(report.capabilities.every(({ state }) => state === 'readable')).toBe(true)
  })

  it('is not added with a file that is wrong, nor are paths given to other providers', async () => {
    const { api, path, write } = await connectedFile()
    write({ ...exampleFile(), version: 7 })
    const wrong = await refused(api.connection.add({ client: 'acme', provider: 'file', path }))
    expect(wrong.message).toMatch(/version \(line 3\)/u)
    expect((await refused(api.connection.add({ client: 'acme', provider: 'file' }))).message).toContain('has a path')
    expect((await refused(api.connection.add({ client: 'acme', provider: 'openai', path }))).message).toContain(
      'Only a connection',
    )
    expect(await api.connection.list({})).toHaveLength(1)
  })

  it('shows what the file contains, and what changes in it', async () => {
    const { api, write, sync, keys } = await connectedFile()
    expect(await sync()).toMatchObject({ state: 'complete' })
    expect(await keys()).toEqual(expect.arrayContaining(['prod-web active', 'dev-old active', 'global active']))
    const file = exampleFile()
    write({
      ...file,
      keys: [
        { ...file.keys[0], status: 'inactive' },
        { id: 'key4', name: 'prod-new', project: 'prod' },
      ],
    })
    expect(await sync()).toMatchObject({ state: 'complete' })
    expect((await keys()).toSorted()).toEqual(['prod-new active', 'prod-web inactive'])
    const [, last] = (await api.connection.history({ id: (await api.connection.list({}))[0]?.id ?? 0 })).toReversed()
    expect(last?.sources.every(({ state }) => state === 'complete')).toBe(true)
  })

  it('concludes nothing from a list that is left out, and everything from one that is there', async () => {
    const { write, sync, keys } = await connectedFile()
    await sync()
    write(without('keys'))
    expect(await sync()).toMatchObject({ state: 'complete' })
    expect(await keys()).toHaveLength(3)
    write({ ...exampleFile(), keys: [] })
    await sync()
    expect(await keys()).toEqual([])
  })

  it('changes nothing when the file is wrong, is another organization’s, or is missing', async () => {
    const { write, sync, keys } = await connectedFile()
    await sync()
    const before = await keys()
    write({ ...exampleFile(), keys: [{ id: 'key1' }] })
    expect(await sync()).toMatchObject({ state: 'failed', reason: expect.stringContaining('keys[0].name') as string })
    write({ ...exampleFile(), organization: { id: 'tenant-2' } })
    expect(await sync()).toMatchObject({ state: 'failed', reason: expect.stringContaining('tenant-2') as string })
    expect(await keys()).toEqual(before)
  })

  it('imports the usage of the file, to the micro-USD, and again when it was corrected', async () => {
    const { api, write, sync } = await connectedFile()
    await sync()
    const cost = async () => {
      const [reported] = await gathered(await api.usage.sync({}))
      expect(reported?.reports.map(({ state }) => state)).toEqual(['complete', 'complete'])
      const { total } = await api.usage.by({ by: 'key', month: '2026-11', source: 'billed' })
      return total.cost
    }
    expect(await cost()).toBe(1_534_568)
    expect(await cost()).toBe(1_534_568)
    const file = exampleFile()
    // The file reports nothing after its last day: later days are unknown, whenever it is read.
    expect(await api.budgets.readings({})).toMatchObject([{ readThrough: '2026-11-22' }])
    write({ ...file, usage: [{ ...file.usage[0], costUsd: '2' }, file.usage[2]] })
    expect(await cost()).toBe(2_300_000)
  })
})

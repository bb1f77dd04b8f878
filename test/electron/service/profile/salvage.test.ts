import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { salvageInto } from '../../../../electron/service/profile/salvage.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { putSample } from '../../../sample-profile.ts'
import { newProfile, newService } from '../services.ts'

const PAGE = 4096

async function sampled(): Promise<string> {
  const profile = join(newProfile(), 'profile')
  await putSample(profile)
  return profile
}

const salvaged = (profile: string, into: string) =>
  salvageInto({
    profile,
    file: profilePaths(profile).register,
    into,
    now: Date.now,
    secrets: memoryStore('None here.'),
  })

/** Rows of every table of a register, by SQLite's own count. */
async function getCounts(profile: string): Promise<ReadonlyMap<string, number>> {
  const service = await newService({ profile, mode: 'read' })
  const { reader } = makeRegister(service.context)
  const tables = reader.column<string>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
  )
  const counts = new Map(tables.map((table) => [table, reader.value<number>(`SELECT count(*) FROM "${table}"`) ?? 0]))
  await service.close()
  return counts
}

/** A page of a table that holds rows and no other pages. */
interface Leaf {
  readonly table: string
  readonly page: number
  readonly rows: number
}

/**
 * The pages of all tables with row numbers, or of those without, by SQLite's own account: tables as they lie in the file,
 * each in its own order.
 */
async function listLeaves(profile: string, withoutRowid = 0): Promise<readonly Leaf[]> {
  const service = await newService({ profile, mode: 'read' })
  const { reader } = makeRegister(service.context)
  const leaves = reader.all<Leaf>(
    `SELECT s.name AS "table", s.pageno AS page, s.ncell AS rows FROM dbstat s
     JOIN pragma_table_list t ON t.name = s.name AND t.schema = 'main' AND t.type = 'table' AND t.wr = ${withoutRowid}
     WHERE s.pagetype = 'leaf' AND s.path <> '/' AND s.name NOT LIKE 'sqlite_%' ORDER BY min(s.pageno) OVER (PARTITION BY s.name), s.path`,
  )
  await service.close()
  return leaves
}

/** The first page on which each row of a table goes on that does not fit its own, in the order of the rows. */
async function listContinuations(profile: string, table: string): Promise<readonly number[]> {
  const service = await newService({ profile, mode: 'read' })
  const pages = makeRegister(service.context).reader.column<number>(
    "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'overflow' AND path LIKE '%+000000' ORDER BY path",
    [table],
  )
  await service.close()
  return pages
}

/** Writes over a part of each page. Returns the bytes of the damaged file. */
function damage(profile: string, leaves: readonly Pick<Leaf, 'page'>[]): Buffer {
  const { register } = profilePaths(profile)
  const bytes = readFileSync(register)
  for (const { page } of leaves) bytes.fill(page, (page - 1) * PAGE + 100, (page - 1) * PAGE + 200)
  writeFileSync(register, bytes)
  return bytes
}

describe('salvaging a register', () => {
  it('that is sound copies every row of every table, into a register that works', async () => {
    const profile = await sampled()
    const into = join(newProfile(), 'salvaged')
    const { tables, problems } = await salvaged(profile, into)
    expect(problems).toEqual([])
    expect(tables.filter(({ whole }) => !whole)).toEqual([])
    const [before, after] = [await getCounts(profile), await getCounts(into)]
    for (const [table, count] of before) {
      // The new register notes that it was salvaged, and its own end.
      const more = table === 'journal' ? 1 : 0
      if (table === 'meta') continue
      expect([table, after.get(table)]).toEqual([table, count + more])
    }
    const service = await newService({ profile: into })
    expect((await service.api.search.find({ query: 'anneliese', limit: 5 })).rows.length).toBeGreaterThan(0)
    expect((await service.api.app.integrity()).problems).toEqual([])
    await service.api.client.add({ name: 'Goes on' })
  })

  it('of which single pages are damaged copies every row on the others, and leaves the damaged file unchanged', async () => {
    const profile = await sampled()
    const before = await getCounts(profile)
    const leaves = await listLeaves(profile)
    const chosen = [1, 2, 3, 4, 5, 6].flatMap((n) => leaves[Math.floor((leaves.length * n) / 7)] ?? [])
    const bytes = damage(profile, chosen)
    const into = join(newProfile(), 'salvaged')
    const { tables } = await salvaged(profile, into)
    const lost = new Map<string, number>()
    for (const { table, rows } of chosen) lost.set(table, (lost.get(table) ?? 0) + rows)
    for (const { table, rows, whole } of tables) {
      if (table === 'meta') continue
      expect([table, rows, whole]).toEqual([table, (before.get(table) ?? 0) - (lost.get(table) ?? 0), !lost.has(table)])
    }
    expect(readFileSync(profilePaths(profile).register).equals(bytes)).toBe(true)
    const service = await newService({ profile: into })
    expect((await service.api.today.list({})).clients.length).toBeGreaterThan(0)
  })

  it('of whose table the first and the last page are damaged copies every row between them', async () => {
    const profile = await sampled()
    const before = await getCounts(profile)
    const mine = (await listLeaves(profile)).filter(({ table }) => table === 'event')
    const [first, last] = [mine[0]!, mine.at(-1)!]
    expect(mine.length).toBeGreaterThan(2)
    damage(profile, [first, last])
    const { tables } = await salvaged(profile, join(newProfile(), 'salvaged'))
    const rows = (before.get('event') ?? 0) - first.rows - last.rows
    expect(rows).toBeGreaterThan(0)
    expect(tables.find(({ table }) => table === 'event')).toEqual({ table: 'event', rows, whole: false })
  })

  it('of whose table in the order of a number the first and another page are damaged copies every row between them', async () => {
    const profile = await sampled()
    const before = await getCounts(profile)
    const mine = (await listLeaves(profile, 1)).filter(({ table }) => table === 'sync_source')
    const [first, , other] = mine
    expect(mine.length).toBeGreaterThan(4)
    damage(profile, [first!, other!])
    const { tables } = await salvaged(profile, join(newProfile(), 'salvaged'))
    const rows = (before.get('sync_source') ?? 0) - first!.rows - other!.rows
    expect(tables.find(({ table }) => table === 'sync_source')).toEqual({ table: 'sync_source', rows, whole: false })
  })

  it('of which two rows go on on damaged pages copies every other row of their table', async () => {
    const profile = await sampled()
    const table = 'usage_part_sum'
    const rows = (await getCounts(profile)).get(table) ?? 0
    const pages = await listContinuations(profile, table)
    expect(pages.length).toBeGreaterThan(3)
    damage(profile, [{ page: pages[1]! }, { page: pages[3]! }])
    const { tables } = await salvaged(profile, join(newProfile(), 'salvaged'))
    expect(tables.find((each) => each.table === table)).toEqual({ table, rows: rows - 2, whole: false })
  })

  it('that lost the numbers that are kept of its facts counts them again', async () => {
    const profile = await sampled()
    const numbers = async (of: string) => {
      const { api } = await newService({ profile: of })
      const { clients } = await api.today.list({})
      const { findings: counted, rotation } = await api.counts.get({})
      const found = (await api.findings.list({ limit: 500, certainty: 'all' })).rows
      const findings = found.map(({ rule, subject }) => `${rule.id} ${subject.name}`).toSorted()
      const access = (await api.access.list({ limit: 1 })).total
      return {
        clients: clients.map(({ client, keys, people }) => [client.slug, keys, people]),
        findings,
        counted,
        rotation,
        access,
      }
    }
    const before = await numbers(profile)
    const damaged = await sampled()
    const service = await newService({ profile: damaged })
    makeRegister(service.context).transact((writer) => {
      for (const table of ['finding_tally', 'finding_worst_tally', 'connection_tally', 'client_tally'])
        writer.run(`DELETE FROM ${table}`)
      writer.run('DELETE FROM grant_path WHERE id % 2 = 0')
    })
    await service.close()
    const into = join(newProfile(), 'salvaged')
    await salvaged(damaged, into)
    expect(await numbers(into)).toEqual(before)
  })

  it('whose journal lost its last page goes on from the last row that can be read, and reports which are cut off', async () => {
    const profile = await sampled()
    const last = (await listLeaves(profile)).filter(({ table }) => table === 'journal').slice(-1)
    damage(profile, last)
    const end = (await getCounts(profile).catch(() => null))?.get('journal')
    const into = join(newProfile(), 'salvaged')
    const { tables, problems } = await salvaged(profile, into)
    const rows = tables.find(({ table }) => table === 'journal')?.rows ?? 0
    expect(problems.join(' ')).toMatch(new RegExp(`Rows? ${rows + 1}\\b.*cut off the end of the audit log`, 'u'))
    expect(end ?? 0).not.toBe(rows)
    const service = await newService({ profile: into })
    expect(makeRegister(service.context).reader.value('SELECT action FROM journal WHERE seq = ?', [rows + 1])).toBe(
      'register.salvaged',
    )
    expect((await service.api.app.integrity()).problems).toEqual([])
    await service.api.client.add({ name: 'Goes on' })
  })

  it('makes no profile where nothing can be read, and writes into no existing one', async () => {
    const profile = await sampled()
    const { register } = profilePaths(profile)
    writeFileSync(register, Buffer.alloc(100_000, 5))
    const into = join(newProfile(), 'salvaged')
    await expect(salvaged(profile, into)).rejects.toMatchObject({ name: 'RegisterRefused' })
    expect(existsSync(into)).toBe(false)
    await expect(salvaged(profile, profile)).rejects.toMatchObject({ code: 'INVALID' })
    expect(readdirSync(profile)).toContain('register.key')
  })
})

import { beforeAll, describe, expect, it } from 'vitest'

import { DUE_JSON } from '../../../../electron/cli/verbs/key/fields.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { putSample } from '../../../sample-profile.ts'
import { newService } from '../../service/services.ts'
import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

const castellan = newCastellan()

type Flat = Readonly<Record<string, unknown>>

beforeAll(async () => {
  await putSample(castellan.profile)
})

/** The keys that the help of a verb promises. */
async function promised(...verb: readonly string[]): Promise<readonly string[]> {
  const { out } = await castellan.run(...verb, '--help')
  const keys = keysIn(out).join(', ')
  return keys.split(', ')
}

const flat = (rows: readonly Flat[]): boolean =>
  rows.every((row) => Object.values(row).every((value) => value === null || typeof value !== 'object'))

describe('lists', () => {
  it.each([
    [['client', 'list'], 6],
    [['connection', 'list'], 12],
    [['key', 'list'], 146],
    // Three of the keys are retired and due no more.
    [['due'], 143],
    [['project', 'list'], 42],
    [['person', 'list', '--status', 'active'], 105],
  ])('%j --json is an array of flat objects with the keys that its help names', async (argv, count) => {
    const ran = await castellan.run(...argv, '--json')
    expect(ran).toMatchObject({ code: 0, err: '' })
    const rows = ran.json()
    expect(rows).toHaveLength(count)
    expect(flat(rows)).toBe(true)
    const keys = await promised(...argv.filter((word) => !word.startsWith('--') && word !== 'active'))
    for (const row of rows) expect(Object.keys(row)).toEqual(keys)
  })

  it('access is every effective grant with its path', async () => {
    const rows = (await castellan.run('access', 'list', '--json')).json()
    expect(flat(rows)).toBe(true)
    const ofAgency = rows.filter((row) => row['client'] !== 'edge-cases')
    const count = (via: string): number => ofAgency.filter((row) => row['via'] === via).length
    // Roles that the descriptions list; members times roles of groups; owners and admins times projects; one for each rule.
    const expected = { direct: 223, group: 14, organization: 125, federation: 2 }
    expect({
      direct: count('direct'),
      group: count('group'),
      organization: count('organization'),
      federation: count('federation'),
    }).toEqual(expected)
    expect(ofAgency).toHaveLength(223 + 14 + 125 + 2)
    expect(Object.keys(rows[0] ?? {})).toEqual(await promised('access', 'list'))
    const table = (await castellan.run('access', 'list', '--client', 'quillmarsh-mutual')).out
    expect(table).toMatch(/organization role owner/u)
    expect(table).toMatch(/group Data Science/u)
  })

  it('obeys the scope in every list', async () => {
    for (const verb of [['key', 'list'], ['due'], ['project', 'list'], ['access', 'list']]) {
      const rows = (await castellan.run(...verb, '--json', '--client', 'acme-corp')).json()
      expect(rows.length).toBeGreaterThan(0)
      expect(new Set(rows.map((row) => row['client']))).toEqual(new Set(['acme-corp']))
    }
    const people = (await castellan.run('person', 'list', '--json', '--client', 'acme-corp')).json()
    expect(people.length).toBeLessThan(30)
    expect((await castellan.run('connection', 'list', '--json', '--client', 'acme-corp')).json()).toHaveLength(2)
    expect((await castellan.run('client', 'list', '--json', '--client', 'acme-corp')).json()).toHaveLength(1)
  })

  it('filters', async () => {
    const count = async (...argv: readonly string[]): Promise<number> =>
      (await castellan.run(...argv, '--json')).json().length
    expect(await count('key', 'list', '--search', 'prod-backend')).toBe(1)
    expect(await count('key', 'list', '--rotation', 'overdue')).toBe(11)
    expect(await count('key', 'list', '--flag', 'never')).toBe(2)
    expect(await count('key', 'list', '--kind', 'admin')).toBe(8)
    expect(await count('key', 'list', '--status', 'archived')).toBe(1)
    expect(await count('person', 'list', '--search', 'lindqvist')).toBe(1)
    expect(await count('person', 'list', '--privileged')).toBeGreaterThan(10)
    expect(await count('access', 'list', '--view', 'owners and admins')).toBe(
      await count('access', 'list', '--privileged'),
    )
    expect(await count('access', 'list', '--view', 'Service accounts')).toBe(
      await count('access', 'list', '--kind', 'service-account'),
    )
    const due = async (...argv: readonly string[]): Promise<readonly unknown[]> =>
      (await castellan.run('due', ...argv, '--json')).json().map((row) => row['keyId'])
    const admins = await due('--view', 'Admin keys')
    expect(admins.length).toBeGreaterThan(3)
    const kinds = new Map(
      (await castellan.run('key', 'list', '--json')).json().map((row) => [row['keyId'], row['kind']]),
    )
    expect(admins).toEqual((await due()).filter((id) => kinds.get(id) === 'admin'))
    expect((await due('--view', 'Admin keys', '--within', '7d')).length).toBeLessThan(admins.length)
    const service = await newService({ profile: castellan.profile })
    await service.api.views.save({ list: 'rotation', name: 'My week', search: { view: 'week' } })
    const [connection] = await service.api.connection.list({})
    await service.api.views.save({ list: 'keys', name: 'Not here', search: { connection: connection!.id } })
    makeRegister(service.context).transact((writer) =>
      writer.run(
        "UPDATE saved_view SET subjects = json_set(subjects, '$.connection.connectionUid', ?) WHERE name = 'Not here'",
        ['01890000-0000-7000-8000-0000000000c1'],
      ),
    )
    await service.close()
    expect(await due('--view', 'My week', '--within', '60d')).toEqual(await due('--within', '60d'))
    expect((await due('--view', 'My week')).length).toBeLessThan((await due('--within', '60d')).length)
    expect((await castellan.run('due', '--view', 'No such view')).code).toBe(2)
    // A list without a filter that cannot be applied would be longer than the view.
    const { code, out, err } = await castellan.run('key', 'list', '--view', 'Not here')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('The filter by connection names no connection in this register.')
    expect(await count('person', 'list', '--external')).toBeGreaterThan(4)
    expect(await count('project', 'list', '--status', 'archived')).toBe(3)
    expect(await count('project', 'list', '--search', 'Broker Portal')).toBe(1)
    expect(await count('access', 'list', '--level', 'owner')).toBeGreaterThan(5)
  })
})

describe('the table of a list', () => {
  it('has one line for each row, whatever is in a name', async () => {
    const { out } = await castellan.run('key', 'list', '--client', 'edge-cases')
    const keys = (await castellan.run('key', 'list', '--client', 'edge-cases', '--json')).json()
    expect(out.trimEnd().split('\n')).toHaveLength(keys.length + 1)
    expect(out).toContain('invoice<U+202E>gnp.exe')
    expect(out).toContain('line one␊line two')
    expect(out).not.toContain('\u202e')
    expect(out).not.toMatch(/ $/mu)
  })

  it('fits the screen, and colours only there', async () => {
    const screen = await castellan.runWith({ columns: 100, colour: true }, 'due')
    // oxlint-disable-next-line no-control-regex -- colours are control characters
    const plain = screen.out.replaceAll(/\u001b\[\d+m/gu, '')
    expect(screen.out).not.toBe(plain)
    expect(plain).toContain('✗ overdue')
    const file = await castellan.run('due')
    expect(file.out).not.toContain('\u001b')
    expect(file.out).toMatch(/✗ overdue \d+ d/u)
    expect(file.out).toMatch(/! due in \d+ d/u)
    expect(file.out).toContain('✓ ok')
  })

  it('distinguishes never from unknown', async () => {
    expect((await castellan.run('key', 'list', '--flag', 'never')).out).toContain('never')
    expect((await castellan.run('key', 'list', '--client', 'northfold')).out).toContain('unknown')
  })
})

describe('today', () => {
  it('prints that it is the sample, then the queue, then the clients', async () => {
    const { out } = await castellan.run('today')
    expect(out).toMatch(/^SAMPLE: /u)
    expect(out).toMatch(/\d+ things need you in \d clients/u)
    expect(out).toMatch(/^ID +When +What/mu)
    expect(out).toMatch(/^Client +Now +This week/mu)
    expect(out).toContain('Acme Corp')
    expect((await castellan.run('today', '--json')).json().every((row) => row['sample'] === true)).toBe(true)
  })

  it('lists flat entries with the keys that its help names, those of one client alone', async () => {
    const rows = (await castellan.run('today', '--json', '--client', 'acme-corp')).json()
    expect(flat(rows)).toBe(true)
    for (const row of rows) expect(row['clients']).toBe('acme-corp')
    for (const row of rows) expect(Object.keys(row)).toEqual(await promised('today'))
  })
})

describe('due', () => {
  it('is earliest first, with the same JSON as the list of keys', async () => {
    const due = (await castellan.run('due', '--json')).json()
    const days = due.map((row) => String(row['dueOn']))
    expect(days).toEqual([...days].sort())
    expect(Object.keys(due[0] ?? {})).toEqual(DUE_JSON)
    const keys = new Map((await castellan.run('key', 'list', '--json')).json().map((row) => [row['keyId'], row]))
    for (const row of due) expect(keys.get(row['keyId'])).toMatchObject(row)
    expect(due.find((row) => row['daysLeft'] === 0)).toMatchObject({ rotation: 'due' })
  })

  it('filters by days, overdue keys included', async () => {
    const within = (await castellan.run('due', '--within', '2w', '--json')).json()
    expect(within.every((row) => Number(row['daysLeft']) <= 14)).toBe(true)
    expect(within.some((row) => row['rotation'] === 'overdue')).toBe(true)
    expect(within.some((row) => row['rotation'] === 'due')).toBe(true)
    const all = (await castellan.run('due', '--json')).json()
    expect(within).toEqual(all.filter((row) => Number(row['daysLeft']) <= 14))
    expect((await castellan.run('due', '--within', '14', '--json')).json()).toEqual(within)
    const mine = (await castellan.run('due', '--contact', 'Hana Kobayashi', '--json')).json()
    expect(mine.length).toBeGreaterThan(5)
    expect(new Set(mine.map((row) => row['contact']))).toEqual(new Set(['Hana Kobayashi']))
  })

  it('is a Markdown table that no name breaks', async () => {
    const { code, out } = await castellan.run('due', '--format', 'md', '--client', 'heliotide-clinics')
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    const cells = (line: string): number => line.split(/(?<!\\)\|/u).length
    expect(new Set(lines.map(cells))).toEqual(new Set([cells(lines[0] ?? '')]))
    expect(lines).toHaveLength(
      (await castellan.run('due', '--json', '--client', 'heliotide-clinics')).json().length + 2,
    )
  })

  it('is a calendar', async () => {
    const { code, out } = await castellan.run('due', '--format', 'ics', '--client', 'acme-corp')
    expect(code).toBe(0)
    expect(out).toMatch(/^BEGIN:VCALENDAR\r\n/u)
    expect(out).toMatch(/SUMMARY.*prod-backend/u)
    expect(await castellan.run('due', '--format', 'ics', '--within', '30d')).toMatchObject({ code: 2, out: '' })
  })
})

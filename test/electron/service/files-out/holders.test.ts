import { expect, test } from 'vitest'

import { awaitImport } from '../../../../shared/contract/import-result.ts'
import { keyFields } from '../../../../electron/cli/verbs/key/fields.ts'
import { makePainter } from '../../../../electron/cli/kit/text/paint.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import type { KeyRow } from '../../../../shared/contract/keys.ts'
import { key, user } from '../../register/registers.ts'
import { acmeParts, type Seeded, seeded } from '../seeded.ts'
import { newService } from '../services.ts'

const ann = { externalId: 'ann', kind: 'user', name: 'Ann', email: 'ann@acme.example' } as const

/** A client whose connection has a key that Ann made, as its provider names her. */
async function withKeyOfAnn(provider: string): Promise<Seeded> {
  const of = await seeded()
  makeRegister(of.service.context).transact((writer) => {
    writer.run('UPDATE connection SET provider = ? WHERE id = ?', [provider, of.connections.acme])
  })
  const made = key('key_1', { name: 'prod-web-api', ownerState: 'known', owner: ann, createdAt: 1_700_000_000_000 })
  const parts = acmeParts().map((part) =>
    part.source === 'project-keys'
      ? { ...part, facts: [made] }
      : part.source === 'users'
        ? { ...part, facts: [...part.facts, user('ann', { name: 'Ann', email: ann.email })] }
        : part,
  )
  of.read(of.connections.acme, parts)
  return of
}

/** What the terminal shows of a key. */
function printed(row: KeyRow): { readonly cell: unknown; readonly json: Readonly<Record<string, unknown>> } {
  const fields = keyFields(makePainter(false))
  const owner = fields.find((field) => field.key === 'ownerName')
  return { cell: owner?.cell?.(row), json: Object.fromEntries(fields.map((field) => [field.key, field.json(row)])) }
}

test.each([
  ['anthropic', 'Workspace, made by Ann', { holder: 'workspace', ownerName: null, ownerEmail: null, madeBy: 'Ann' }],
  ['openrouter', 'Workspace, made by Ann', { holder: 'workspace', ownerName: null, ownerEmail: null, madeBy: 'Ann' }],
  ['openai', 'Ann', { holder: 'person', ownerName: 'Ann', ownerEmail: ann.email, madeBy: null }],
])('a key of %s that names Ann is of: %s, alike in lists, JSON and due keys', async (provider, cell, json) => {
  const of = await withKeyOfAnn(provider)
  const { rows } = await of.api.keys.list({ client: 'acme' })
  const [row] = rows
  if (row === undefined) throw new Error('no key')
  const terminal = printed(row)
  expect(terminal.cell).toBe(cell)
  expect(terminal.json).toMatchObject(json)
  const due = await of.api.rotation.dueJson({ client: 'acme', offset: 0, limit: 9 })
  const [first] = JSON.parse(`[${new TextDecoder().decode(due.json)}]`) as Readonly<Record<string, unknown>>[]
  expect(first).toMatchObject(json)
  for (const [field, value] of Object.entries(first ?? {}))
    expect([field, value]).toEqual([field, terminal.json[field]])
})

test('no document about keys knows less than the list: who answers for each, and that they left', async () => {
  const of = await seeded()
  const ruiz = { externalId: 'ruiz', kind: 'user', name: 'Ana Ruiz', email: 'ana@acme.example' } as const
  const carl = { externalId: 'carl', kind: 'user', name: 'Carl Intern', email: 'carl@acme.example' } as const
  const created = { ownerState: 'known', createdAt: Date.UTC(2026, 0, 11) } as const
  const parts = (people: readonly (typeof ruiz | typeof carl)[]) =>
    acmeParts().flatMap((part) => {
      if (part.source === 'users')
        return [{ ...part, facts: people.map(({ externalId, name, email }) => user(externalId, { name, email })) }]
      if (part.source !== 'project-keys') return [part]
      const own = key('key_1', { name: 'carl test', owner: carl, ...created })
      const admin = key('key_2', { name: 'castellan', kind: 'admin', project: null, owner: ruiz, ...created })
      return [
        { ...part, facts: [own, key('key_3', { name: 'left alone', ownerState: 'unknown' })] },
        { source: 'admin-keys' as const, facts: [admin] },
      ]
    })
  of.read(of.connections.acme, parts([ruiz, carl]))
  of.read(of.connections.acme, parts([ruiz]))
  const { rows } = await of.api.keys.list({ client: 'acme', sort: { by: 'name', direction: 'asc' } })
  const listed = rows.map((row) => [row.name, printed(row).cell])
  expect(listed).toEqual([
    ['carl test', 'Carl Intern (removed)'],
    ['castellan', 'Ana Ruiz'],
    ['left alone', 'Not reported'],
  ])
  const print = async (format: 'md' | 'csv' | 'json'): Promise<string> =>
    (await of.api.files.renderRegister({ client: 'acme', format })).text
  const markdown = await print('md')
  expect(markdown).toContain('| carl test | Personal key of Carl Intern (removed) |')
  expect(markdown).toContain('| castellan | Admin key of Ana Ruiz |')
  expect(markdown).toContain('| left alone | Key whose owner is not reported |')
  const csv = await print('csv')
  for (const [name, who] of listed)
    expect(csv).toMatch(new RegExp(`"${String(name)}".*"${String(who).replaceAll(/[()]/gu, '.')}"`, 'u'))
  const { organizations } = JSON.parse(await print('json')) as {
    readonly organizations: readonly { readonly keys: readonly Readonly<Record<string, unknown>>[] }[]
  }
  expect(organizations[0]?.keys.map(({ name, answerable, ownerState }) => [name, answerable, ownerState])).toEqual([
    ['carl test', 'Carl Intern (removed)', 'removed'],
    ['castellan', 'Ana Ruiz', 'known'],
    ['left alone', 'Not reported', 'not-reported'],
  ])
  const calendar = (await of.api.files.renderCalendar({ client: 'acme' })).text.replaceAll('\r\n ', '')
  expect(calendar).toContain('Owner: Carl Intern (removed)')
  expect(calendar).toContain('Owner: Ana Ruiz')
})

test('a calendar names the workspace as the holder of its key, and who made it', async () => {
  const of = await withKeyOfAnn('anthropic')
  const { text } = await of.api.files.renderCalendar({ client: 'acme' })
  expect(text.replaceAll('\r\n ', '')).toContain('Owner: Workspace\\, made by Ann')
})

test('lists sorted by owner keep the keys of workspaces together, by who made them', async () => {
  const of = await seeded()
  const zoe = { externalId: 'zoe', kind: 'user', name: 'Zoe', email: null } as const
  const mara = { externalId: 'mara', kind: 'user', name: 'Mara', email: null } as const
  makeRegister(of.service.context).transact((writer) => {
    writer.run("UPDATE connection SET provider = 'anthropic' WHERE id = ?", [of.connections.acme])
  })
  const facts = [
    key('key_1', { ownerState: 'known', owner: zoe }),
    key('key_2', { ownerState: 'known', owner: ann }),
    key('key_3', { ownerState: 'known', owner: mara, kind: 'organization', project: null }),
  ]
  of.read(
    of.connections.acme,
    acmeParts().map((part) => (part.source === 'project-keys' ? { ...part, facts } : part)),
  )
  const { rows } = await of.api.keys.list({ client: 'acme', sort: { by: 'owner', direction: 'asc' } })
  expect(rows.map(({ holder, owner }) => [holder, owner.name])).toEqual([
    ['person', 'Mara'],
    ['workspace', 'Ann'],
    ['workspace', 'Zoe'],
  ])
})

const REGISTER = `## AI Platform Access Register

### OpenAI (org-acme)

| Person | Role | Projects | Last Review |
| --- | --- | --- | --- |
| Ann \\<ann@acme.example> | Reader | - | - |

### Service Accounts

| Account | Purpose | Key ID | Rotation Due |
| --- | --- | --- | --- |
| prod-backend | Production API | key_1 | - |
| laptop-ann | Personal key of Ann | key_2 | - |
| batch-ann | batch (personal key of Ann) | - | - |
| laptop-joe | Personal key of Joe | key_3 | - |
| console | Admin key | key_4 | - |
`

test('a personal key in a register that is imported into an empty one belongs to its owner, and makes no service account', async () => {
  const { api } = await newService()
  await api.client.add({ name: 'Acme', slug: 'acme' })
  const file = {
    client: 'acme',
    kind: 'register',
    fileName: 'register.md',
    content: new TextEncoder().encode(REGISTER),
  } as const
  expect((await awaitImport(api.files.import(file))).counts).toMatchObject({ add: 6, refuse: 0 })
  const [structure] = await api.structure.tree({ client: 'acme' })
  expect(structure?.connections.map(({ keys }) => keys)).toEqual([5])
  const { rows } = await api.keys.list({ client: 'acme', sort: { by: 'name', direction: 'asc' } })
  expect(rows.map(({ name, holder, owner, purpose }) => [name, holder, owner.name, owner.email, purpose])).toEqual([
    ['batch-ann', 'person', 'Ann', 'ann@acme.example', 'batch'],
    ['console', 'organization', null, null, null],
    ['laptop-ann', 'person', 'Ann', 'ann@acme.example', null],
    ['laptop-joe', 'person', 'Joe', null, null],
    ['prod-backend', 'service-account', 'prod-backend', null, 'Production API'],
  ])
  const { rows: people } = await api.people.list({ client: 'acme' })
  expect(people.map(({ name, keys }) => [name, keys])).toEqual([['Ann', 2]])
  const text = (await api.files.renderRegister({ client: 'acme', format: 'md' })).text
  for (const line of REGISTER.split('\n').filter((each) => /^\| (?:prod|laptop|batch|console)/u.test(each))) {
    // The register lists its people, and Joe is none of them.
    expect(text).toContain(line.replace('Personal key of Joe', 'Personal key of Joe (removed)'))
  }
  const written = { ...file, content: new TextEncoder().encode(text) }
  expect((await awaitImport(api.files.import(written))).counts).toMatchObject({ add: 0, change: 0, refuse: 0 })
  expect((await awaitImport(api.files.import(file))).counts).toMatchObject({ add: 0, change: 0, same: 6, refuse: 0 })
})

test('the CSV register of a workspace’s key is imported with who made it', async () => {
  const of = await withKeyOfAnn('anthropic')
  const { text } = await of.api.files.renderRegister({ client: 'acme', format: 'csv' })
  const lines = text.split('\n')
  const keys = lines.filter((line, at) => at === 0 || line.startsWith('"key"')).join('\n')
  const { api } = await newService()
  await api.client.add({ name: 'Acme', slug: 'acme' })
  await awaitImport(
    api.files.import({
      client: 'acme',
      kind: 'keys',
      fileName: 'keys.csv',
      content: new TextEncoder().encode(keys),
      provider: 'anthropic',
    }),
  )
  const { rows } = await api.keys.list({ client: 'acme' })
  expect(rows.map(({ holder, owner }) => [holder, owner.name, owner.email])).toEqual([
    ['workspace', 'Ann', 'ann@acme.example'],
  ])
})

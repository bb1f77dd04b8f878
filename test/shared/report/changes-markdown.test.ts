import * as fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'

import { CHANGE_KINDS, type Change } from '../../../shared/contract/changes.ts'
import { changesMarkdown, type ChangesDocument } from '../../../shared/report/changes-markdown.ts'
import { changeWord } from '../../../shared/report/changes-words.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { hostileText } from './hostile-text.ts'

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
}

const toText = (node: Node): string => node.value ?? (node.children ?? []).map(toText).join('')

/** The rows of every table, and the headings, as a GFM reader parses them. */
function read(markdown: string): { readonly tables: string[][][]; readonly kinds: string[] } {
  const tree: Node = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const tables = (tree.children ?? []).filter((node) => node.type === 'table')
  return {
    kinds: (tree.children ?? []).map((node) => node.type),
    tables: tables.map((table) => (table.children ?? []).map((row) => (row.children ?? []).map(toText))),
  }
}

const CLIENT = { slug: 'acme', name: 'Acme', colour: '#117733' }
const CONNECTION = { id: 1, label: 'main', provider: 'openai', organizationId: null }

function change(over: Partial<Change> = {}): Change {
  return {
    rowKey: 'x',
    kind: 'access-gained',
    client: CLIENT,
    connection: CONNECTION,
    sync: { id: 2, at: Date.UTC(2026, 10, 3, 9, 14, 3) },
    subject: { kind: 'principal', id: 1, name: 'Ann', personId: null },
    project: { id: 1, name: 'Chat' },
    before: null,
    after: 'owner',
    levelBefore: null,
    levelAfter: 'owner',
    madeBy: { eventId: 1, at: Date.UTC(2026, 10, 3, 9), name: 'Mara Lind' },
    ...over,
  }
}

const readDocument = ({
  rows = [change()],
  ...over
}: Partial<Omit<ChangesDocument, 'rows'>> & { readonly rows?: readonly Change[] } = {}): ChangesDocument => ({
  client: 'Acme',
  since: { day: '2026-11-01' },
  until: { sync: 2 },
  narrowed: '',
  counts: [{ kind: 'access-gained', count: 1 }],
  compared: [{ connection: CONNECTION, client: CLIENT, from: null, to: 2 }],
  total: rows.length,
  kinds: new Set(rows.map(({ kind }) => kind)),
  rows,
  ...over,
})

const print = (document: ChangesDocument): string => [...changesMarkdown(document)].join('')

test('a document of changes shows the dates, the counts, one change per line, and what was compared', () => {
  expect(print(readDocument())).toBe(`## Changes: Acme

Between 2026-11-01 and sync 2 (UTC): 1 change (access gained 1).

| Read (UTC) | Client | Connection | Change | What | Project | Before | After | By |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 2026-11-03T09:14:03Z | Acme | main | Access gained | Ann | Chat |  | owner | Mara Lind |

### Compared

| Client | Connection | From | To |
| --- | --- | --- | --- |
| Acme | main | before its first sync | sync 2 |
`)
})

test('a demotion that reaches several projects is one line for the organization and one for the projects, and other people keep their lines', () => {
  const project = (id: number) => ({ id, name: `Project ${id}` })
  const carried = { kind: 'access-lowered', before: 'owner (as organization owner)', after: 'member' } as const
  const rows = [
    change({ kind: 'access-lowered', project: null, before: 'owner', after: 'member' }),
    ...[1, 2, 3].map((id) => change({ ...carried, project: project(id) })),
    change({ ...carried, project: project(1), subject: { kind: 'principal', id: 2, name: 'Ann', personId: null } }),
  ]
  const [table = []] = read(print(readDocument({ rows }))).tables
  expect(table.slice(1).map((row) => [row[3], row[4], row[5]])).toEqual([
    ['Access lowered', 'Ann', ''],
    ['Access lowered', 'Ann', 'Project 1, Project 2, Project 3'],
    ['Access lowered', 'Ann', 'Project 1'],
  ])
})

test('a document without changes has “nothing changed” in its summary and no table of changes', () => {
  const text = print(readDocument({ rows: [], counts: [], client: null, until: undefined }))
  expect(text).toMatch(
    /^## Changes: all clients\n\nBetween 2026-11-01 and now \(UTC\): nothing changed\.\n\n### Compared/u,
  )
})

test('names, roles and labels of any text are read back unchanged, and create no other node', () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, fc.constantFrom(...CHANGE_KINDS), (a, b, c, kind) => {
      const client = { ...CLIENT, name: c }
      const row = change({
        kind,
        client,
        connection: { ...CONNECTION, label: b },
        subject: { kind: 'principal', id: 1, name: a, personId: null },
        project: { id: 1, name: b },
        before: a,
        after: c,
        madeBy: { eventId: 1, at: 0, name: b },
      })
      const { tables, kinds } = read(print(readDocument({ client: c, rows: [row], narrowed: a })))
      expect(kinds).toEqual(['heading', 'paragraph', 'table', 'heading', 'table'])
      expect(tables[0]?.[1]).toEqual(
        ['2026-11-03T09:14:03Z', c, b, changeWord(kind), a, b, a, c, b].map((text) => said(text)),
      )
    }),
    { numRuns: 300 },
  )
})

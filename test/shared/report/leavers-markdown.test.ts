import * as fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'

import type { ImpactReport, ImpactRow } from '../../../shared/contract/impact.ts'
import type { LeaverDetail, LeaverItem, LeaverRow } from '../../../shared/contract/leavers.ts'
import { alsoHeldWords, impactMarkdown, costWord } from '../../../shared/report/impact-markdown.ts'
import { type LeaversDocument, leaversMarkdown } from '../../../shared/report/leavers-markdown.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { hostileText } from './hostile-text.ts'

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
}

const toText = (node: Node): string => node.value ?? (node.children ?? []).map(toText).join('')

/** The kinds of the document's parts and the rows of its tables, as a GFM reader parses them. */
function read(markdown: string): { readonly kinds: string[]; readonly tables: string[][][] } {
  const tree: Node = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const parts = tree.children ?? []
  return {
    kinds: parts.map((node) => node.type),
    tables: parts
      .filter((node) => node.type === 'table')
      .map((table) => (table.children ?? []).map((row) => (row.children ?? []).map(toText))),
  }
}

const CLIENT = { slug: 'acme', name: 'Acme', colour: '#117733' }
const CONNECTION = { id: 1, label: 'main', provider: 'openai', organizationId: null }

const ROW: LeaverRow = {
  personId: 1,
  name: 'Ann',
  email: 'ann@acme.example',
  department: null,
  manager: null,
  jobTitle: null,
  contractor: false,
  endsOn: '2026-11-01',
  departedAt: Date.UTC(2026, 10, 2),
  hours: 30,
  late: true,
  state: 'holds',
  clients: [CLIENT],
  level: null,
  levelClients: 0,
  accounts: 1,
  roles: 0,
  keys: 2,
  invites: 0,
  sharedKeys: 1,
  usedAfterAt: null,
  keyUsedAt: null,
}

const item = (over: Partial<LeaverItem> = {}): LeaverItem => ({
  rowKey: 'key 1',
  kind: 'key',
  id: 1,
  name: 'dev-ann',
  client: CLIENT,
  connection: CONNECTION,
  project: { id: 1, name: 'Chat' },
  role: null,
  level: null,
  says: 'In their name.',
  knownUseAt: null,
  lastUsedAt: null,
  service: null,
  dueOn: null,
  remediation: null,
  listed: null,
  ...over,
})

const detail = (over: Partial<LeaverDetail> = {}): LeaverDetail => ({ row: ROW, items: [item()], more: 0, ...over })

/** As the service counts them. */
const print = ({ leavers, ...about }: Pick<LeaversDocument, 'client' | 'at'> & { leavers: LeaverDetail[] }): string => {
  const holding = leavers.filter(({ row }) => row.state === 'holds')
  const late = holding.filter(({ row }) => row.late).length
  return [...leaversMarkdown({ ...about, holding: holding.length, late, leavers })].join('')
}

describe('the report on leavers', () => {
  it('shows for each the hours, what remains and why', () => {
    const text = print({ client: null, at: Date.UTC(2026, 10, 3, 6), leavers: [detail({ more: 3 })] })
    expect(text).toContain('As of 2026-11-03T06:00:00Z: 1 leaver holds access, 1 for 24 hours or more.')
    expect(text).toContain(
      '- Last day 2026-11-01, 30 hours ago: later than the 24 hours within which access should end.',
    )
    expect(text).toContain('- Remaining access: 1 account, 2 keys.')
    expect(text).toContain('- 1 shared key to rotate that they could have seen.')
    expect(text).toContain('3 more are not listed.')
    expect(read(text).tables[0]?.[1]).toEqual(['Key', 'dev-ann', 'Acme', 'main', 'Chat', '', '', '', 'In their name.'])
  })

  it('shows later use, and when no access remains', () => {
    const row = { ...ROW, accounts: 0, keys: 0, sharedKeys: 0, late: false, usedAfterAt: Date.UTC(2026, 10, 2, 1) }
    const text = print({ client: 'Acme', at: 0, leavers: [detail({ row, items: [] })] })
    expect(text).toContain('## Leavers: Acme')
    expect(text).toContain('Used after the departure: 2026-11-02T01:00:00Z.')
    expect(text).toContain('No remaining access.')
    expect(read(text).tables).toEqual([])
  })

  it('is the same document whatever names a provider or an HR file contains', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (name, key, label) => {
        const items = [item({ name: key, connection: { ...CONNECTION, label }, says: key })]
        const { kinds, tables } = read(
          print({ client: name, at: 0, leavers: [detail({ row: { ...ROW, name, email: null }, items })] }),
        )
        expect(kinds).toEqual(['heading', 'paragraph', 'heading', 'list', 'table'])
        expect(tables[0]).toHaveLength(2)
        expect(tables[0]?.[1]?.[1]).toBe(said(key))
        expect(tables[0]?.[1]?.[3]).toBe(said(label))
      }),
    )
  })
})

const impactRow = (over: Partial<ImpactRow> = {}): ImpactRow => ({
  kind: 'key',
  id: 1,
  name: 'prod-web-bot',
  client: CLIENT,
  connection: CONNECTION,
  project: null,
  role: null,
  level: null,
  effect: 'dies',
  because: 'OpenAI: the keys of a service account are deleted with it.',
  lastUsedAt: null,
  service: null,
  environment: null,
  cost30Micros: null,
  alsoHeldBy: [],
  alsoHeldByCount: 0,
  ...over,
})

describe('the impact in Markdown', () => {
  it('shows who else holds the same, and the spend, if it is recorded', () => {
    expect(alsoHeldWords(impactRow())).toBe('')
    expect(alsoHeldWords(impactRow({ alsoHeldBy: ['Ann', 'Ben'], alsoHeldByCount: 2 }))).toBe('Ann, Ben')
    expect(alsoHeldWords(impactRow({ alsoHeldBy: ['Ann', 'Ben'], alsoHeldByCount: 9 }))).toBe('Ann, Ben and 7 more')
    expect(costWord(impactRow())).toBe('not recorded')
    expect(costWord(impactRow({ cost30Micros: 1_234_560_000 }))).toBe('$1,234.56')
  })

  it('is the same document whatever the names are', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, key) => {
        const report: ImpactReport = {
          subject: { kind: 'person', id: 1, name },
          rows: [impactRow({ name: key, alsoHeldBy: [key], alsoHeldByCount: 1 })],
          more: 0,
          says: ['1 key stops working.', `No one else is owner or admin of ${key}.`],
        }
        const { kinds, tables } = read(impactMarkdown(report))
        expect(kinds).toEqual(['heading', 'list', 'table'])
        expect(tables[0]?.[1]?.[1]).toBe(said(key))
      }),
    )
  })
})

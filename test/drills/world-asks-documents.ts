import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Service } from '../../electron/service/process/open.ts'
import { toSheets } from '../electron/service/files-out/workbook.ts'

/** What documents of the product show, read from their text as a stranger reads it. */

type Cells = Readonly<Record<string, string | null>>

/** The rows of a CSV file by the words of its header; an empty cell is null. */
function parseCsv(text: string): Cells[] {
  const rows = [...text.matchAll(/(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r?\n|$)/gu)].map(([cell]) => cell)
  const lines: string[][] = [[]]
  for (const cell of rows) {
    lines.at(-1)?.push(
      cell
        .replace(/(?:,|\r?\n)$/u, '')
        .replace(/^"(.*)"$/su, '$1')
        .replaceAll('""', '"'),
    )
    if (cell.endsWith('\n')) lines.push([])
  }
  const [head = [], ...body] = lines
  return body
    .filter((line) => line.length >= head.length)
    .map((line) => Object.fromEntries(head.map((word, at) => [word, line[at] === '' ? null : (line[at] ?? null)])))
}

/** Roles in archived projects are marked, and so are invites that have expired. */
const isEffective = (state: string | null | undefined, status: string | null | undefined): boolean =>
  (state ?? 'effective') === 'effective' && status !== 'expired'

const toGrant = (row: Cells) => ({
  organization: row['Organization'],
  account: row['ID'],
  kind: row['Kind'],
  role: row['Role'],
  level: row['Level'],
  project: row['Project ID'],
  path: row['Path'],
  via: row['Via'],
})

const toKey = (row: Cells) => ({
  organization: row['Organization'],
  id: row['ID'],
  holder: row['Holder'],
  status: row['Status'],
  dueOn: row['Rotation due'],
})

export async function askCsvRegister({ api }: Service) {
  const rows = parseCsv((await api.files.renderRegister({ format: 'csv' })).text)
  return {
    grants: rows
      .filter((row) => row['Record'] === 'grant' && isEffective(row['State'], row['Status']))
      .map((row) => toGrant(row)),
    keys: rows.filter((row) => row['Record'] === 'key').map((row) => toKey(row)),
  }
}

interface JsonRegister {
  readonly organizations: readonly {
    readonly organization: string
    readonly grants: readonly Cells[]
    readonly keys: readonly Cells[]
  }[]
}

export async function askJsonRegister({ api }: Service) {
  const { organizations } = JSON.parse((await api.files.renderRegister({ format: 'json' })).text) as JsonRegister
  const grants = organizations.flatMap(({ organization, grants: rows }) =>
    rows
      .filter(({ state, status }) => isEffective(state, status))
      .map(({ id, kind, role, level, projectId, path, via }) => ({
        organization,
        account: id,
        kind,
        role,
        level,
        project: projectId,
        path,
        via,
      })),
  )
  const keys = organizations.flatMap(({ organization, keys: rows }) =>
    rows.map(({ id, holder, status, rotationDue }) => ({ organization, id, holder, status, dueOn: rotationDue })),
  )
  return { grants, keys }
}

/** The sheets People and Keys. A day is a number there, of days since the end of 1899. */
export async function askXlsxRegister({ api }: Service) {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-world-')), 'register.xlsx')
  await api.files.exportRegister({ format: 'xlsx', path })
  const sheets = toSheets(readFileSync(path))
  const rowsOf = (name: string): Cells[] => {
    const [head = [], ...rows] = sheets.get(name) ?? []
    return rows.map((row) => Object.fromEntries(head.map((word, at) => [String(word), toText(row[at] ?? null)])))
  }
  return {
    grants: rowsOf('People')
      .filter((row) => isEffective(row['State'], row['Status']))
      .map((row) => toGrant(row)),
    keys: rowsOf('Keys').map((row) => toKey(row)),
  }
}

const DAY = 86_400_000

function toText(cell: string | number | null): string | null {
  if (typeof cell !== 'number') return cell
  return new Date(Date.UTC(1899, 11, 30) + cell * DAY).toISOString().slice(0, 10)
}

/** The tables of people and of keys in Markdown; `All` is every project that is named. */
export async function askMarkdownRegister({ api }: Service) {
  const { text } = await api.files.renderRegister({ format: 'md' })
  const people: { organization: string; address: string; projects: string[] }[] = []
  const keys: { organization: string; id: string; dueOn: string | null }[] = []
  let [organization, table] = ['', '']
  for (const line of text.split('\n')) {
    const heading = /^### .*\((?<id>[^()]+)\)$/u.exec(line)?.groups?.['id']
    if (heading !== undefined) organization = heading
    if (line.startsWith('#')) table = ''
    const cells = line.startsWith('|') ? line.slice(2, -2).split(' | ') : []
    if (cells[0] === 'Person' || cells[0] === 'Account') table = cells[0]
    else if (cells.length > 0 && !line.startsWith('|-')) {
      const [first = '', , third = '', fourth = ''] = cells
      if (table === 'Person') people.push({ organization, address: readAddress(first), projects: readProjects(third) })
      // A service account without a key is a line, too.
      if (table === 'Account' && third !== '-')
        keys.push({ organization, id: third, dueOn: fourth === '-' ? null : fourth })
    }
  }
  return { people, keys }
}

const readAddress = (cell: string): string => /<(?<address>[^>]+)>/u.exec(cell)?.groups?.['address'] ?? cell

function readProjects(cell: string): string[] {
  if (cell === '-') return []
  // Behind it come roles that add something.
  if (cell === 'All' || cell.startsWith('All,')) return ['All']
  return cell
    .split(', ')
    .map((project) => project.replace(/ \(.*\)$/u, ''))
    .toSorted()
}

/** The days of the calendar with the keys that are due on them. */
export async function askCalendar({ api }: Service) {
  const text = (await api.files.renderCalendar({})).text.replaceAll(/\r?\n[ \t]/gu, '')
  return text.split('BEGIN:VEVENT').flatMap((event) => {
    const [id] = /(?<=Key ID: )[^\\\r\n]+/u.exec(event) ?? []
    const [on] = /(?<=DTSTART;VALUE=DATE:)\d{8}/u.exec(event) ?? []
    return id === undefined || on === undefined ? [] : [{ id, on: on.replace(/(\d{4})(\d\d)(\d\d)/u, '$1-$2-$3') }]
  })
}

/** How much of each month the monthly report of each client was read. */
export async function askReadDays({ api }: Service) {
  const rows: { client: string; month: string; read: string }[] = []
  for (const { slug: client } of await api.client.list({})) {
    for (const { period } of await api.reports.periods({ client, kind: 'monthly' })) {
      const { text } = await api.reports.render({ client, kind: 'monthly', period, source: 'billed', format: 'md' })
      const read = /^As billed by the providers\. [^:]+: (?<read>[^.]+)\./mu.exec(text)?.groups?.['read']
      rows.push({ client, month: period, read: read ?? 'no such line' })
    }
  }
  return rows
}

/** The billed months of each client, summed from its FOCUS files, to the billionth of a dollar. */
export async function askFocus({ api }: Service) {
  const rows: { organization: string; month: string; nano: string }[] = []
  for (const { slug: client } of await api.client.list({})) {
    for (const { period } of await api.reports.periods({ client, kind: 'monthly' })) {
      const asked = { client, kind: 'monthly', period, source: 'billed', format: 'focus' } as const
      const lines = parseCsv((await api.reports.render(asked)).text)
      for (const [organization, own] of Map.groupBy(lines, (line) => line['BillingAccountId'] ?? '')) {
        const nano = own.reduce((all, line) => all + readNano(line['BilledCost'] ?? ''), 0n)
        rows.push({ organization, month: period, nano: String(nano) })
      }
    }
  }
  return rows
}

/** Billionths of a plain decimal number; throws on any other text. */
function readNano(text: string): bigint {
  const {
    sign = '',
    whole = '',
    part = '',
  } = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<part>\d{1,9}))?$/u.exec(text)?.groups ?? {}
  if (whole === '') throw new Error(`BilledCost is not a number: ${text}`)
  const nano = BigInt(whole) * 1_000_000_000n + BigInt(part.padEnd(9, '0'))
  return sign === '-' ? -nano : nano
}

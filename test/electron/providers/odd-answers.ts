/** One way in which an answer of a list differs from the right one, although no row was removed. */
export interface Oddity {
  readonly what: string
  /** The field that is null in each row. */
  readonly field?: string
  /** How many answers are odd; all of them unless given. */
  readonly times?: number
  readonly edit: (body: unknown) => unknown
}

type Fields = Readonly<Record<string, unknown>>

/** The rows of a page, and the same page with other rows. */
interface Page {
  readonly rows: readonly Fields[]
  readonly fields: Fields
  replace(rows: readonly unknown[]): unknown
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first list of objects in a body, at most five levels down (GraphQL). */
function openPage(body: unknown, depth = 0): Page | null {
  if (Array.isArray(body)) {
    return body.length > 0 && body.every(isFields) ? { rows: body, fields: {}, replace: (rows) => rows } : null
  }
  if (!isFields(body) || depth > 5) return null
  for (const [name, value] of Object.entries(body)) {
    const page = openPage(value, depth + 1)
    if (page === null) continue
    const fields = Array.isArray(value) ? body : page.fields
    return { rows: page.rows, fields, replace: (rows) => ({ ...body, [name]: page.replace(rows) }) }
  }
  return null
}

function withRows(what: string, change: (rows: readonly Fields[]) => readonly unknown[]): Oddity {
  return {
    what,
    edit: (body) => {
      const page = openPage(body)
      return page === null ? body : page.replace(change(page.rows))
    },
  }
}

/** Counts that their provider documents as the number of rows. */
const COUNTS = ['total_count', 'total'] as const
const CURSORS = ['next', 'next_page'] as const

/** A page whose last row comes with the next one, as the answer itself reports. */
function toShort({ rows, fields }: Page): Oddity[] {
  if (rows.length < 2 || !['has_more', ...COUNTS].some((name) => name in fields)) return []
  const edit = (body: unknown): unknown => {
    const page = openPage(body)
    if (page === null || !isFields(body)) return body
    const kept = page.rows.slice(0, -1)
    const last = kept.at(-1)?.['id']
    const more = 'has_more' in body ? { has_more: true, ...('last_id' in body ? { last_id: last } : {}) } : {}
    return { ...(page.replace(kept) as Fields), ...more }
  }
  return [{ what: 'a short page', times: 1, edit }]
}

const setting = (what: string, change: (body: Fields) => Fields): Oddity => ({
  what,
  edit: (body) => (isFields(body) ? { ...body, ...change(body) } : body),
})

function toContradicting({ fields }: Page): Oddity[] {
  const cursors = CURSORS.filter((name) => name in fields)
  const nothing = { last_id: null, ...Object.fromEntries(cursors.map((name) => [name, null])) }
  return [
    ...('has_more' in fields
      ? [
          setting('more pages without their place', () => ({ has_more: true, ...nothing })),
          setting('nothing about more pages', () => ({ has_more: null })),
        ]
      : []),
    ...cursors.map((name) => setting(`both an end and ${name}`, () => ({ has_more: false, [name]: 'elsewhere' }))),
    ...COUNTS.filter((name) => name in fields).flatMap((name) =>
      [-1, 1].map((more) => setting(`${name} with ${more}`, (body) => ({ [name]: Number(body[name]) + more }))),
    ),
    ...('total_seats' in fields ? [setting('no seat that is billed', () => ({ total_seats: 0 }))] : []),
  ]
}

function listFields(rows: readonly Fields[]): string[] {
  const names = rows.flatMap((row) =>
    Object.entries(row).flatMap(([name, value]) => [
      name,
      ...(isFields(value) ? Object.keys(value).map((inner) => `${name}.${inner}`) : []),
    ]),
  )
  return [...new Set(names)]
}

function withNull(row: unknown, field: string): unknown {
  if (!isFields(row)) return row
  const [name = '', ...rest] = field.split('.')
  if (!(name in row)) return row
  return { ...row, [name]: rest.length === 0 ? null : withNull(row[name], rest.join('.')) }
}

/** Every oddity that an answer can have: permuted, repeated, short and contradicting pages, and each field nulled. */
export function listOddities(body: unknown): readonly Oddity[] {
  const page = openPage(body)
  if (page === null) {
    if (!isFields(body)) return []
    return listFields([body]).map((field) => ({
      what: `${field} is null`,
      field,
      edit: (found) => withNull(found, field),
    }))
  }
  return [
    withRows('rows in the opposite order', (rows) => rows.toReversed()),
    withRows('rows that come twice', (rows) => [...rows, ...rows]),
    ...toShort(page),
    ...toContradicting(page),
    ...listFields(page.rows).map((field) => ({
      ...withRows(`${field} is null`, (rows) => rows.map((row) => withNull(row, field))),
      field,
    })),
  ]
}

import { FIELD_RULES, plainHeading, REQUIRED_FIELDS, fieldLabel, type Field, type TableKind } from './fields.ts'
import type { SourceTable } from './table.ts'
import type { FieldRule, Shape } from './field-rule.ts'

/** Column → the field that it fills; null for none. */
export type Mapping = Readonly<Record<string, string | null>>

export type MappingResult =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly reason: string }

interface Candidate {
  readonly column: string
  readonly plain: string
  readonly rule: FieldRule<Field>
  readonly order: number
  /** Lower is better. */
  readonly score: number
}

/** The score of a column's content compared with its heading: a contradiction loses to any heading that fits. */
const CONTRADICTED = 100
/** A column that only its content identifies. */
const BY_CONTENT = 50
const SAMPLE = 500

/**
 * Finds which column fills which field, by headings first and by content where headings are ambiguous. `chosen` is what
 * the operator set: those columns are used as given, the rest is matched around them. The order of columns makes no
 * difference.
 */
export function matchColumns(kind: TableKind, table: SourceTable, chosen: Mapping = {}): MappingResult {
  const problem = toProblem(kind, table.columns, chosen)
  if (problem !== null) return { ok: false, reason: problem }
  const mapping = new Map<string, string | null>(Object.entries(chosen))
  const taken = new Set(Object.values(chosen).filter((field) => field !== null))
  const candidates = table.columns
    .filter((column) => !mapping.has(column))
    .flatMap((column) => listCandidates(kind, column, countShapes(table, column)))
    .sort(byWorth)
  for (const { column, rule } of candidates) {
    if (mapping.has(column) || taken.has(rule.field)) continue
    mapping.set(column, rule.field)
    taken.add(rule.field)
  }
  return { ok: true, mapping: Object.fromEntries(table.columns.map((column) => [column, mapping.get(column) ?? null])) }
}

/** Why no row can be read with a mapping, and what to do; null when enough is mapped. */
export function missingFields(kind: TableKind, mapping: Mapping): string | null {
  const filled = new Set(Object.values(mapping))
  const missing = REQUIRED_FIELDS[kind].filter((group) => !group.some((field) => filled.has(field)))
  if (missing.length === 0) return null
  const words = missing.map((group) => group.map((field) => fieldLabel(kind, field)).join(' or '))
  return `No column fills: ${words.join('; ')}. Assign a column to it, or add the column to the file; the first line must contain the headings.`
}

function toProblem(kind: TableKind, columns: readonly string[], chosen: Mapping): string | null {
  const fields = new Set<string>(FIELD_RULES[kind].map((rule) => rule.field))
  const used = new Map<string, string>()
  for (const [column, field] of Object.entries(chosen)) {
    if (!columns.includes(column))
      return `The file has no column “${short(column)}”. Its columns: ${columns.map(short).join(', ')}.`
    if (field === null) continue
    if (!fields.has(field))
      return `“${short(field)}” is not a field of this kind of file. Fields: ${[...fields].join(', ')}.`
    const other = used.get(field)
    if (other !== undefined)
      return `The columns “${short(other)}” and “${short(column)}” both fill ${field}. Keep one of them.`
    used.set(field, column)
  }
  return null
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function byWorth(a: Candidate, b: Candidate): number {
  return a.score - b.score || a.order - b.order || compare(a.plain, b.plain) || compare(a.column, b.column)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function listCandidates(kind: TableKind, column: string, shapes: ReadonlyMap<Shape, number>): Candidate[] {
  const plain = plainHeading(column)
  // A heading such as “User” does not show whether names or addresses follow; “Role” does.
  const saysOther = FIELD_RULES[kind].some(
    (r) => r.headings.includes(plain) && r.field !== 'name' && r.field !== 'owner',
  )
  return FIELD_RULES[kind].flatMap((rule, order) => {
    const rank = rule.headings.indexOf(plain)
    const contradicted = contradicts(kind, rule.shape, shapes)
    if (rank !== -1) return [{ column, plain, rule, order, score: rank + (contradicted ? CONTRADICTED : 0) }]
    // Addresses are unmistakable; any other content might be anything.
    const speaks = rule.shape === 'email' && share(shapes, 'email') >= 0.8 && !saysOther
    return speaks ? [{ column, plain, rule, order, score: BY_CONTENT }] : []
  })
}

function contradicts(kind: TableKind, expected: Shape, shapes: ReadonlyMap<Shape, number>): boolean {
  if (shapes.size === 0) return false
  const mostly = (...found: readonly Shape[]): boolean => found.some((shape) => share(shapes, shape) >= 0.8)
  if (expected === 'text') return mostly('email', 'redacted', 'date')
  // In a list of keys, redacted values have a field; in other lists they are the key's id.
  if (expected === 'key-id') return mostly('email', 'date') || (kind === 'keys' && mostly('redacted'))
  return share(shapes, expected) < 0.2
}

function share(shapes: ReadonlyMap<Shape, number>, shape: Shape): number {
  return shapes.get(shape) ?? 0
}

/** The share of each form among a column's first values; empty when the column has none. */
function countShapes(table: SourceTable, column: string): ReadonlyMap<Shape, number> {
  const index = table.columns.indexOf(column)
  const counts = new Map<Shape, number>()
  let values = 0
  for (const row of table.rows.slice(0, SAMPLE)) {
    const value = (row.cells[index] ?? '').trim()
    if (value === '' || /^[-–—]$/u.test(value)) continue
    values += 1
    for (const shape of shapesOfValue(value)) counts.set(shape, (counts.get(shape) ?? 0) + 1)
  }
  return new Map([...counts].map(([shape, count]) => [shape, count / values]))
}

function shapesOfValue(value: string): Shape[] {
  if (/^[^\s@<>]+@[^\s@<>]+$/u.test(value)) return ['email']
  if (
    /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{9,13}$|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|never\b)/iu.test(
      value,
    )
  ) {
    return ['date']
  }
  if (/^(?:sk-\S*(?:\.\.|…|\*|x{3})\S*|(?:\.\.|…|\*)+\S{2,8})$/u.test(value)) return ['redacted', 'key-id']
  return /^(?:key|apikey|sk|svc_?acct|user|proj)[_-]\S+$/u.test(value) ? ['key-id', 'text'] : ['text']
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { SAMPLES } from './row-samples.ts'

const ROOT = join(import.meta.dirname, '../../../../electron/providers')

/** Readers of something else than a row of a list of access: events, a list of workspaces, a row of our own. */
const NO_ROWS = new Set([
  'openai/normalise/event eventReading',
  'anthropic/normalise/activity activityReading',
  'litellm/normalise/audit auditReading',
  'openrouter/normalise/organization organizationReading',
  'anthropic/normalise/group groupRoleReading',
])

const MODULES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.includes('/normalise/') || /\/(?:member|seat)\.ts$/u.test(path),
)

test('there is a sample for every reader of a row', async () => {
  const readers: string[] = []
  for (const path of MODULES) {
    const module = (await import(join(ROOT, path))) as object
    readers.push(
      ...Object.keys(module)
        .filter((name) => name.endsWith('Reading'))
        .map((name) => `${path.slice(0, -3)} ${name}`),
    )
  }
  expect(readers.filter((name) => !NO_ROWS.has(name)).toSorted()).toEqual(Object.keys(SAMPLES).toSorted())
})

/** What only describes a subject, and dates: a value that cannot be read there is worth less than its row. */
const DESCRIBES = new Set(
  (
    'name email hint owner.name owner.email createdAt rotatedAt addedAt grantedAt expiresAt validAt archivedAt lastUse lastUsedAt residency ' +
    'issuerName vendor'
  ).split(' '),
)

/** Facts without what only describes. The model of a limit of a key is the name of the key. */
function substance(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => substance(each, path))
  if (typeof value === 'string') return value.replace(/^key .*/u, 'key')
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !DESCRIBES.has(path === '' ? name : `${path}.${name}`))
      .map(([name, each]) => [name, substance(each, name === 'owner' ? 'owner' : '')]),
  )
}

/** Fields whose values may be of any type, which the reader understands. */
const ANY_TYPE = /^(?:attribute_matchers|match\.claims|tags)\./u

const FORMS = ['text', 7, true, ['text'], { a: 'text' }] as const
const getForm = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value)

/** Amounts come as numbers and as text. */
const isAmount = (path: string): boolean => /amount|limit|budget|usage|spend/u.test(path)
const isNumbered = (path: string): boolean => /^(?:id|assignee\.id|assigning_team\.id)$/u.test(path)

/** Every row that differs from a sample in the type of one value, with the path of the value. */
function* otherForms(value: unknown, path = ''): Generator<readonly [path: string, value: unknown]> {
  if (value === null || ANY_TYPE.test(path)) return
  if (path !== '') {
    for (const form of FORMS) if (getForm(form) !== getForm(value)) yield [path, form]
  }
  if (typeof value !== 'object') return
  for (const [name, each] of Object.entries(value)) {
    yield* otherForms(each, path === '' ? name : `${path}.${name}`)
  }
}

function replaced(row: unknown, path: readonly string[], by: unknown): unknown {
  const [first, ...rest] = path
  if (first === undefined) return by
  if (Array.isArray(row)) return row.map((each, at) => (String(at) === first ? replaced(each, rest, by) : each))
  return { ...(row as object), [first]: replaced((row as Record<string, unknown>)[first], rest, by) }
}

test.each(Object.keys(SAMPLES))('%s: a value in an unknown form ends nothing that is known', (name) => {
  const { read, row } = SAMPLES[name]!
  const known = read(row)
  expect(known.left).toEqual([])
  const ended: unknown[] = []
  for (const [path, form] of otherForms(row)) {
    if (typeof form !== 'object' && (isAmount(path) || (isNumbered(path) && typeof form !== 'boolean'))) continue
    const reading = read(replaced(row, path.split('.'), form))
    if (reading.left.some((reason) => typeof reason === 'string')) continue
    if (JSON.stringify(substance(reading.facts)) !== JSON.stringify(substance(known.facts)))
      ended.push([path, form, reading.facts])
  }
  expect(ended).toEqual([])
})

import type { Api } from '../../../../shared/contract/contract.ts'
import { MAX_SLICE } from '../../../../shared/contract/common.ts'
import { Failed } from '../../kit/failure.ts'

export const THING_KINDS = ['key', 'person', 'project', 'client', 'connection', 'finding', 'review', 'change'] as const
export type ThingKind = (typeof THING_KINDS)[number]

/** A thing by its kind and number; a client by its slug. */
export interface Thing {
  readonly kind: ThingKind
  readonly id: number | string
}

/** A thing that a name may mean. */
export interface Candidate extends Thing {
  readonly title: string
  readonly detail: string
}

type Scope = { readonly client?: string }

/** Words of the terminal and of Today for the same kinds. */
const KIND_WORDS: Readonly<Record<string, ThingKind>> = {
  ...Object.fromEntries(THING_KINDS.map((kind) => [kind, kind])),
  leaver: 'person',
  remediation: 'change',
}

export function formatThing({ kind, id }: Thing): string {
  return `${kind}-${id}`
}

/** `key-115`, and the slug of a client behind `client-`; null for a name. */
export function parseThing(text: string): Thing | null {
  const [, word = '', rest = ''] = /^([a-z]+)-(.+)$/u.exec(text) ?? []
  const kind = Object.hasOwn(KIND_WORDS, word) ? KIND_WORDS[word] : undefined
  if (kind === undefined) return null
  if (kind === 'client') return { kind, id: rest }
  return /^[1-9]\d{0,9}$/u.test(rest) ? { kind, id: Number(rest) } : null
}

/** Everything that a text may name, each with its id. Throws `Failed` where that is nothing. */
export async function listThings(api: Api, text: string, scope: Scope): Promise<readonly Candidate[]> {
  const found = /^[1-9]\d{0,9}$/u.test(text)
    ? await listNumbered(api, Number(text), scope)
    : await listCalled(api, text, scope)
  if (found.length > 0) return found
  throw new Failed(
    `Nothing is called ${JSON.stringify(text)}.`,
    'Write a whole name, an e-mail address, or an id such as key-115, person-9 or finding-7; the lists have them: castellan key list.',
  )
}

/** All things whose whole name, address, slug or id at the provider is this text. */
async function listCalled(api: Api, text: string, scope: Scope): Promise<readonly Candidate[]> {
  const word = text.trim().toLowerCase()
  const isCalled = (...names: readonly (string | null)[]): boolean =>
    names.some((name) => name !== null && name.trim().toLowerCase() === word)
  const asked = { ...scope, search: text.slice(0, 200), limit: MAX_SLICE }
  const [people, keys, projects, clients, connections] = await Promise.all([
    api.people.list(asked),
    api.keys.list(asked),
    api.projects.list(asked),
    api.client.list({ archived: true }),
    api.connection.list(scope),
  ])
  return [
    ...clients
      .filter(({ slug, name }) => isCalled(slug, name) && (scope.client ?? slug) === slug)
      .map(({ slug, name }): Candidate => ({ kind: 'client', id: slug, title: name, detail: '' })),
    ...people.rows
      .filter(({ name, email }) => isCalled(name, email))
      .map((row): Candidate => ({ kind: 'person', id: row.personId, title: row.name, detail: row.email ?? '' })),
    ...keys.rows
      .filter(({ name, externalId, hint }) => isCalled(name, externalId, hint))
      .map((row): Candidate => ({
        kind: 'key',
        id: row.keyId,
        title: row.name,
        detail: [row.client.slug, row.project?.name].filter(Boolean).join(', '),
      })),
    ...projects.rows
      .filter(({ name, externalId }) => isCalled(name, externalId))
      .map((row): Candidate => ({ kind: 'project', id: row.projectId, title: row.name, detail: row.client.slug })),
    ...connections
      .filter(({ label, organizationId }) => isCalled(label, organizationId))
      .map((row): Candidate => ({ kind: 'connection', id: row.id, title: row.label, detail: row.client.slug })),
  ]
}

/** All things that have this number, each of its kind. */
async function listNumbered(api: Api, id: number, scope: Scope): Promise<readonly Candidate[]> {
  const reads: readonly (readonly [ThingKind, () => Promise<string>])[] = [
    ['key', async () => (await api.keys.get({ keyId: id })).row.name],
    ['person', async () => (await api.people.get({ personId: id, ...scope })).row.name],
    ['project', async () => (await api.projects.get({ projectId: id })).row.name],
    ['connection', async () => (await api.connection.get({ id })).label],
    ['finding', async () => (await api.findings.get({ findingId: id })).row.rule.title],
    ['review', async () => (await api.reviews.get({ reviewId: id })).row.name],
    ['change', async () => (await readChange(api, id, scope)).says],
  ]
  const found: Candidate[] = []
  for (const [kind, read] of reads) {
    const title = await read().catch(noneThere)
    if (title !== null) found.push({ kind, id, title, detail: '' })
  }
  return found
}

function noneThere(error: unknown): null {
  if (error instanceof Error && 'code' in error && (error.code === 'NOT_FOUND' || error.code === 'CONFLICT'))
    return null
  if (error instanceof Failed) return null
  throw error
}

/** A change by its number. Throws `Failed` where there is none. */
export async function readChange(api: Api, id: number, scope: Scope) {
  const [row] = (await api.remediation.list({ ...scope, remediations: [id], limit: 1 })).rows
  if (row === undefined)
    throw new Failed(`Change ${id} is not in the register.`, 'List them: castellan remediation list.')
  return row
}

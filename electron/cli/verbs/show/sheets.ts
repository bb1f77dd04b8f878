import { FINDINGS } from '../../../../shared/nouns/findings.ts'
import type { Api } from '../../../../shared/contract/contract.ts'
import type { KeyDetail, KeyUser } from '../../../../shared/contract/keys.ts'
import type { PersonDetail } from '../../../../shared/contract/people.ts'
import type { LimitRow } from '../../../../shared/contract/projects.ts'
import { CONNECTION_FIELDS, dayField } from '../../kit/fields.ts'
import type { Field } from '../../kit/listing.ts'
import { type Section, type Sheet, toFacts, toSection } from '../../kit/sheet.ts'
import type { Painter } from '../../kit/text/paint.ts'
import type { Column } from '../../kit/text/table.ts'
import { isoTime } from '../../kit/text/when.ts'
import { CLIENT_FIELDS } from '../client/fields.ts'
import { SYNC_FIELDS } from '../connection/edit.ts'
import { PROJECTS } from '../../../../shared/nouns/projects.ts'
import { toFields } from '../../kit/noun.ts'
import { ACCESS_FIELDS } from '../access/fields.ts'
import { CONNECTION_LIST_FIELDS } from '../connection/fields.ts'
import { toFindingSheet } from '../finding/sheet.ts'
import { keyFields } from '../key/fields.ts'
import { PERSON_FIELDS } from '../person/fields.ts'
import { remediationFields } from '../remediation/fields.ts'
import { REVIEW_FIELDS } from '../review/fields.ts'
import { ROTATION_FIELDS } from '../rotation/fields.ts'
import { formatThing, readChange, type Thing, type ThingKind } from './find.ts'

interface Asked {
  readonly api: Api
  readonly paint: Painter
  readonly scope: { readonly client?: string }
}

type Read = (asked: Asked, id: number) => Promise<Omit<Sheet, 'thing'>>

/** The most findings, accounts or syncs that a sheet lists. */
const MOST = 50

/** The columns of a list that a sheet has room for. */
function pick<Row>(fields: readonly Field<Row>[], ...keys: readonly string[]): readonly Field<Row>[] {
  return keys.flatMap((key) => fields.filter((field) => field.key === key))
}

const FINDING_COLUMNS: Readonly<Record<string, Column>> = {
  findingId: { title: 'ID', align: 'right' },
  severity: { title: 'Severity' },
  title: { title: 'Finding', flexible: true },
  evidence: { title: 'Evidence', sentence: true },
}

const OPEN_FINDINGS = Object.entries(FINDING_COLUMNS).flatMap(([key, column]) =>
  pick(toFields(FINDINGS), key).map((field) => ({ ...field, column })),
)

async function readFindings(
  { api, scope }: Asked,
  of: Parameters<Api['findings']['list']>[0],
): Promise<readonly Section[]> {
  const { rows } = await api.findings.list({ ...scope, ...of, limit: MOST })
  return rows.length === 0 ? [] : [toSection('findings', 'Open findings', OPEN_FINDINGS, rows)]
}

const USER_FIELDS: readonly Field<KeyUser>[] = [
  { key: 'personId', json: ({ principal }) => principal.personId },
  {
    key: 'name',
    json: ({ principal: { name, email, externalId } }) => name ?? email ?? externalId,
    column: { title: 'Who', flexible: true },
  },
  { key: 'owner', json: (user) => user.owner, column: { title: 'Owner' } },
  {
    key: 'roles',
    json: ({ roles }) =>
      roles.map(({ roleRaw, project }) => `${roleRaw}, ${project?.name ?? 'organization'}`).join('; '),
    column: { title: 'By', sentence: true },
  },
]

const VERSION_FIELDS: readonly Field<KeyDetail['versions'][number]>[] = [
  { key: 'keyId', json: (row) => row.keyId, column: { title: 'ID', align: 'right' } },
  { key: 'name', json: (row) => row.name, column: { title: 'Key', flexible: true } },
  { key: 'hint', json: (row) => row.hint, column: { title: 'Ending' } },
  dayField('createdAt', { title: 'Created' }, (row) => row.createdAt),
  { key: 'removed', json: (row) => row.removed, column: { title: 'Removed' } },
]

const MEMBERSHIP_FIELDS: readonly Field<PersonDetail['memberships'][number]>[] = [
  { key: 'principalId', json: (row) => row.principalId, column: { title: 'Account', align: 'right' } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS.map((field) =>
    field.key === 'connection' ? { ...field, column: { title: 'Connection', flexible: true } } : field,
  ),
  { key: 'role', json: (row) => row.roleRaw, column: { title: 'Role' } },
  { key: 'level', json: (row) => row.level, column: { title: 'Level' } },
  { key: 'status', json: (row) => row.status, column: { title: 'Status' } },
  dayField('lastUsedAt', { title: 'Last used' }, (row) => row.lastUsedAt),
  { key: 'removedAt', json: (row) => isoTime(row.removedAt) },
]

const DETAIL_FIELDS: readonly Field<PersonDetail>[] = [
  { key: 'aliases', json: ({ aliases }) => aliases.join(', ') },
  { key: 'jobTitle', json: ({ employment }) => employment?.jobTitle ?? null },
  { key: 'department', json: ({ employment }) => employment?.department ?? null },
  { key: 'manager', json: ({ employment }) => employment?.manager ?? null },
  { key: 'lastDay', json: ({ employment }) => employment?.endsOn ?? null },
]

const LIMIT_FIELDS: readonly Field<LimitRow>[] = [
  { key: 'kind', json: (row) => row.kind, column: { title: 'Limit' } },
  { key: 'enforcement', json: (row) => row.enforcement, column: { title: 'Kind' } },
  { key: 'metric', json: (row) => row.metric, column: { title: 'Metric' } },
  { key: 'model', json: (row) => row.model, column: { title: 'Model', flexible: true } },
  {
    key: 'amount',
    json: (row) => (row.metric === 'usd' ? row.amount / 1_000_000 : row.amount),
    column: { title: 'Amount', align: 'right' },
  },
  { key: 'period', json: (row) => row.period, column: { title: 'Per' } },
]

const ACCESS_OF_PERSON = pick(ACCESS_FIELDS, 'client', 'connection', 'project', 'role', 'level', 'via')
const ACCESS_OF_PROJECT = pick(ACCESS_FIELDS, 'personId', 'principalName', 'principalKind', 'role', 'level', 'via')

const SHEETS: Readonly<Record<Exclude<ThingKind, 'client'>, Read>> = {
  key: async (asked, keyId) => {
    const { api, paint } = asked
    const [{ row, versions, rotations }, users] = await Promise.all([
      api.keys.get({ keyId }),
      api.keys.users({ keyId }),
    ])
    return {
      title: `Key ${row.name}`,
      facts: toFacts(keyFields(paint), row),
      sections: [
        ...(await readFindings(asked, { subjectKind: ['key'], subjectId: keyId })),
        toSection('users', 'Who can use it', USER_FIELDS, users),
        ...(versions.length < 2 ? [] : [toSection('versions', 'Versions', VERSION_FIELDS, versions)]),
        ...(rotations.length === 0 ? [] : [toSection('rotations', 'Rotations', ROTATION_FIELDS, rotations)]),
      ],
      next: [
        ['impact', 'key', String(keyId)],
        ['remediation', 'propose', '--key', String(keyId)],
      ],
    }
  },
  person: async (asked, personId) => {
    const { api, paint, scope } = asked
    const detail = await api.people.get({ personId, ...scope })
    const { row, memberships, access, keys } = detail
    return {
      title: row.name,
      facts: [...toFacts(PERSON_FIELDS, row), ...toFacts(DETAIL_FIELDS, detail)],
      sections: [
        ...(await readFindings(asked, { person: personId })),
        toSection('accounts', 'Accounts', MEMBERSHIP_FIELDS, memberships),
        toSection('access', 'Access', ACCESS_OF_PERSON, access),
        toSection('keys', 'Keys', keyFields(paint), keys),
      ],
      next: [
        ['impact', 'person', String(personId)],
        ['remediation', 'propose', '--person', String(personId)],
      ],
    }
  },
  project: async (asked, projectId) => {
    const { row, access, keys, limits } = await asked.api.projects.get({ projectId })
    return {
      title: `Project ${row.name}`,
      facts: toFacts(toFields(PROJECTS), row),
      sections: [
        ...(await readFindings(asked, { subjectKind: ['project'], subjectId: projectId })),
        toSection('access', 'Who reaches it', ACCESS_OF_PROJECT, access),
        toSection('keys', 'Keys', keyFields(asked.paint), keys),
        ...(limits.length === 0 ? [] : [toSection('limits', 'Limits', LIMIT_FIELDS, limits)]),
      ],
      next: [['impact', 'project', String(projectId)]],
    }
  },
  connection: async (asked, id) => {
    const { api } = asked
    const [row, syncs] = await Promise.all([api.connection.get({ id }), api.connection.history({ id, limit: 5 })])
    return {
      title: `Connection ${row.label}`,
      facts: toFacts(CONNECTION_LIST_FIELDS, row),
      sections: [
        ...(await readFindings(asked, { subjectKind: ['connection'], subjectId: id })),
        toSection('syncs', 'Last syncs', SYNC_FIELDS, syncs),
      ],
      next: [
        ['provider', 'coverage', '--connection', String(id)],
        ['sync', '--connection', String(id)],
      ],
    }
  },
  finding: async ({ api }, findingId) => toFindingSheet(await api.findings.get({ findingId })),
  review: async ({ api }, reviewId) => {
    const { row } = await api.reviews.get({ reviewId })
    return {
      title: row.name,
      facts: toFacts(REVIEW_FIELDS, row),
      sections: [],
      next:
        row.state === 'open'
          ? [['review', 'item', 'list', String(reviewId), '--undecided']]
          : [['review', 'item', 'list', String(reviewId)]],
    }
  },
  change: async ({ api, paint, scope }, id) => {
    const row = await readChange(api, id, scope)
    return {
      title: row.says,
      facts: toFacts(remediationFields(paint), row),
      sections: [],
      next: row.state === 'waiting' || row.state === 'by-hand' ? [['remediation', 'preview', String(id)]] : [],
    }
  },
}

async function readClient({ api }: Asked, slug: string): Promise<Omit<Sheet, 'thing'>> {
  const [row, connections] = await Promise.all([api.client.get({ slug }), api.connection.list({ client: slug })])
  return {
    title: row.name,
    facts: toFacts(CLIENT_FIELDS, row),
    sections: [toSection('organizations', 'Connections', CONNECTION_LIST_FIELDS, connections)],
    next: [
      ['today', '--client', slug],
      ['person', 'list', '--client', slug],
    ],
  }
}

/** All that is shown of a thing. */
export async function readSheet(asked: Asked, thing: Thing): Promise<Sheet> {
  const { kind, id } = thing
  const sheet = kind === 'client' ? await readClient(asked, String(id)) : await SHEETS[kind](asked, Number(id))
  return { ...sheet, thing: formatThing(thing) }
}

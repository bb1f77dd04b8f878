import { FINDINGS } from '../../../../shared/nouns/findings.ts'
import type { Api } from '../../../../shared/contract/contract.ts'
import type { KeyDetail, KeyUser } from '../../../../shared/contract/keys.ts'
import type { PersonDetail } from '../../../../shared/contract/people.ts'
import type { LimitRow } from '../../../../shared/contract/projects.ts'
import {
  clientField,
  connectionFields,
  count,
  flagged,
  idField,
  instant,
  json,
  text,
} from '../../../../shared/nouns/noun.ts'
import type { Field } from '../../kit/listing.ts'
import { type Section, type Sheet, toFacts, toSection } from '../../kit/sheet.ts'
import type { Painter } from '../../kit/text/paint.ts'
import type { Column } from '../../kit/text/table.ts'
import { CLIENT_FIELDS } from '../client/fields.ts'
import { SYNC_FIELDS } from '../connection/edit.ts'
import { PROJECTS } from '../../../../shared/nouns/projects.ts'
import { makeFields, toFields } from '../../kit/noun.ts'
import { ACCESS_FIELDS } from '../access/fields.ts'
import { CONNECTION_LIST_FIELDS } from '../connection/fields.ts'
import { toFindingSheet } from '../finding/sheet.ts'
import { keyFields } from '../key/fields.ts'
import { PERSON_FIELDS } from '../person/fields.ts'
import { remediationFields } from '../remediation/fields.ts'
import { REVIEW_FIELDS } from '../review/fields.ts'
import { ROTATION_FIELDS } from '../rotation/fields.ts'
import { formatThing, readChange, type Thing, type ThingKind } from './find.ts'

interface SheetQuestion {
  readonly api: Api
  readonly paint: Painter
  readonly scope: { readonly client?: string }
}

type ReadSheet = (asked: SheetQuestion, id: number) => Promise<Omit<Sheet, 'thing'>>

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
  { api, scope }: SheetQuestion,
  of: Parameters<Api['findings']['list']>[0],
): Promise<readonly Section[]> {
  const { rows } = await api.findings.list({ ...scope, ...of, limit: MOST })
  return rows.length === 0 ? [] : [toSection('findings', 'Open findings', OPEN_FINDINGS, rows)]
}

const USER_FIELDS = makeFields<KeyUser>({
  personId: json(({ principal }) => principal.personId),
  name: text(
    'Who',
    { table: { flexible: true } },
    ({ principal: { name, email, externalId } }) => name ?? email ?? externalId,
  ),
  owner: flagged('Owner', { table: {} }, (user) => user.owner),
  roles: text('By', { table: { sentence: true } }, ({ roles }) =>
    roles.map(({ roleRaw, project }) => `${roleRaw}, ${project?.name ?? 'organization'}`).join('; '),
  ),
})

const VERSION_FIELDS = makeFields<KeyDetail['versions'][number]>({
  keyId: idField(),
  name: text('Key', { table: { flexible: true } }),
  hint: text('Ending', { table: {} }),
  createdAt: instant('Created', { table: {} }),
  removed: flagged('Removed', { table: {} }),
})

const MEMBERSHIP_FIELDS = makeFields<PersonDetail['memberships'][number]>({
  principalId: count('Account', { table: {} }),
  client: clientField({}),
  ...connectionFields({ table: { flexible: true } }),
  role: text('Role', { table: {} }, (row) => row.roleRaw),
  level: text('Level', { table: {} }),
  status: text('Status', { table: {} }),
  lastUsedAt: instant('Last used', { table: {} }),
  removedAt: instant(''),
})

const DETAIL_FIELDS = makeFields<PersonDetail>({
  aliases: json(({ aliases }) => aliases.join(', ')),
  jobTitle: json(({ employment }) => employment?.jobTitle ?? null),
  department: json(({ employment }) => employment?.department ?? null),
  manager: json(({ employment }) => employment?.manager ?? null),
  lastDay: json(({ employment }) => employment?.endsOn ?? null),
})

const LIMIT_FIELDS = makeFields<LimitRow>({
  kind: text('Limit', { table: {} }),
  enforcement: text('Kind', { table: {} }),
  metric: text('Metric', { table: {} }),
  model: text('Model', { table: { flexible: true } }),
  amount: count('Amount', { table: {} }, (row) => (row.metric === 'usd' ? row.amount / 1_000_000 : row.amount)),
  period: text('Per', { table: {} }),
})

const ACCESS_OF_PERSON = pick(ACCESS_FIELDS, 'client', 'connection', 'project', 'role', 'level', 'via')
const ACCESS_OF_PROJECT = pick(ACCESS_FIELDS, 'personId', 'principalName', 'principalKind', 'role', 'level', 'via')

const SHEETS: Readonly<Record<Exclude<ThingKind, 'client'>, ReadSheet>> = {
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

async function readClient({ api }: SheetQuestion, slug: string): Promise<Omit<Sheet, 'thing'>> {
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
export async function readSheet(asked: SheetQuestion, thing: Thing): Promise<Sheet> {
  const { kind, id } = thing
  const sheet = kind === 'client' ? await readClient(asked, String(id)) : await SHEETS[kind](asked, Number(id))
  return { ...sheet, thing: formatThing(thing) }
}

import {
  GRANT_FIELDS,
  grantRecords,
  KEY_FIELDS,
  keyRecords,
  organizationFields,
  type PopulationRecord,
  populationRecords,
  type RecordField,
  type RegisterRecord,
} from '../../../shared/report/register-records.ts'
import type { OrganizationReading } from '../../../shared/report/register-reading.ts'
import { utcInstant } from '../../../shared/domain/text/utc.ts'
import { plainJson } from '../../../shared/domain/text/visible-text.ts'
import type { Edition } from './edition.ts'

/** Increases when a field changes its meaning or is removed; new fields do not change it. */
const VERSION = 2

/** The fields that each record of an organization would repeat; they are written at the organization instead. */
const OF_ORGANIZATION: ReadonlySet<string> = new Set([
  'record',
  'client',
  'clientSlug',
  'provider',
  'organization',
  'connection',
])

/**
 * The register as JSON (UTF-8): `format`, `version`, `generatedAt`, `scope` and `organizations`, each with its
 * `client`, `clientSlug`, `provider`, `organization` id, `connection` label, `snapshot`, and the lists `grants`, `keys`
 * and `population`, whose fields are those of the records (see `RECORD_FIELDS`). Keys are in a fixed order and each
 * record is on its own line, so that one changed grant changes one line. Only `generatedAt` and `snapshot` differ with
 * each sync: sources name the snapshot as `latest`. Invisible characters are escaped.
 */
export function* printJson(edition: Edition): Generator<string> {
  const { scope } = edition
  const head = {
    format: 'castellan-access-register',
    version: VERSION,
    generatedAt: utcInstant(edition.generatedAt),
    scope: { client: scope.client?.slug ?? null, connection: scope.connection },
  }
  yield `${plainJson(JSON.stringify(head, null, 2)).slice(0, -2)},\n  "organizations": [`
  let separator = '\n'
  for (const reading of edition.organizations) {
    yield separator
    yield* organization(reading, edition)
    separator = ',\n'
  }
  yield separator === '\n' ? ']\n}\n' : '\n  ]\n}\n'
}

function* organization(reading: OrganizationReading, edition: Edition): Generator<string> {
  const { snapshot } = reading
  const head = {
    ...organizationFields(reading),
    snapshot: snapshot && { ...snapshot, readAt: utcInstant(snapshot.readAt) },
  }
  yield `    {\n${Object.entries(head)
    .map(([key, value]) => `      ${JSON.stringify(key)}: ${plainJson(JSON.stringify(value))},\n`)
    .join('')}`
  const print = (fields: readonly RecordField[]) => {
    const own = fields.filter((field) => !OF_ORGANIZATION.has(field))
    return (record: RegisterRecord): string => {
      edition.count(1)
      return JSON.stringify(record, own)
    }
  }
  yield* list('grants', grantRecords(reading), print(GRANT_FIELDS), ',\n')
  yield* list('keys', keyRecords(reading), print(KEY_FIELDS), ',\n')
  const named = selectPopulation(snapshot?.id ?? null)
  yield* list('population', populationRecords(reading), (record) => JSON.stringify(named(record)), '\n')
  yield '    }'
}

/**
 * Sources name the organization's snapshot as `latest`, so that a sync that changes nothing changes none of their
 * lines.
 */
const selectPopulation =
  (latest: number | null) =>
  ({ snapshotId, completeSnapshotId, readAt, ...record }: PopulationRecord): object => {
    const named = (id: number | null): number | 'latest' | null => (id !== null && id === latest ? 'latest' : id)
    const read = snapshotId === latest ? {} : { readAt }
    const all = { ...record, snapshot: named(snapshotId), completeSnapshot: named(completeSnapshotId), ...read }
    return Object.fromEntries(Object.entries(all).filter(([field]) => !OF_ORGANIZATION.has(field)))
  }

const PIECE = 1 << 16

function* list<T>(name: string, records: Iterable<T>, print: (record: T) => string, end: string): Generator<string> {
  yield `      ${JSON.stringify(name)}: [`
  let text = ''
  let isEmpty = true
  for (const record of records) {
    text += `${isEmpty ? '' : ','}\n        ${print(record)}`
    isEmpty = false
    if (text.length < PIECE) continue
    yield plainJson(text)
    text = ''
  }
  yield `${plainJson(text)}${isEmpty ? '' : '\n      '}]${end}`
}

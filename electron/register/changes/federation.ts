import { findRuleState, type RuleState } from '../../../shared/domain/federation/path.ts'
import type { FederationState } from '../../../shared/domain/facts.ts'
import { lifetimeWords } from '../../../shared/domain/federation/lifetime.ts'
import type { Reader } from '../db/handles.ts'
import type { AtEnds } from './ends.ts'
import { differences, type FactEnds, getChange, type RawChange, text, type ChangeColumns } from './raw-change.ts'
import { SPANS, STOOD, touchedBy } from './span.ts'

type Texts = 'workload' | 'account' | 'audience' | 'scopes' | 'projects' | 'status' | 'issuer_status'

interface FederationEnds extends ChangeColumns, AtEnds<Texts, string>, AtEnds<'lifetime', number> {
  readonly name: string
  readonly project_id: number | null
}

const COLUMNS = ['workload', 'audience', 'scopes', 'projects', 'status', 'issuer_status'] as const

const ACCOUNT = (at: string): string =>
  `(SELECT ifnull(nullif(v.name, ''), p.external_id) FROM principal p LEFT JOIN principal_version v ON v.principal_id = p.id AND v.from_sync <= t.s2
    WHERE p.id = ${at}.account_id ORDER BY v.from_sync DESC LIMIT 1)`

/** `f` is the version that the other columns are read from: the one at the end, else the one before. */
const FEDERATION_CHANGES = `WITH ${SPANS}, ${touchedBy('federation_version', ['external_id'])}
  SELECT t.connection_id, t.sync_id, f.id, ifnull(nullif(f.name, ''), f.external_id) AS name,
    ${COLUMNS.flatMap((column) => [`b.${column} AS before_${column}`, `a.${column} AS after_${column}`]).join(', ')},
    b.lifetime_seconds AS before_lifetime, a.lifetime_seconds AS after_lifetime,
    ${ACCOUNT('b')} AS before_account, ${ACCOUNT('a')} AS after_account,
    (SELECT p.id FROM project p WHERE p.connection_id = f.connection_id AND json_array_length(f.projects) = 1
      AND p.external_id = f.projects ->> 0) AS project_id
  FROM touched t
  LEFT JOIN federation_version b ON b.connection_id = t.connection_id AND b.external_id = t.external_id AND ${STOOD('b', 's1')}
  LEFT JOIN federation_version a ON a.connection_id = t.connection_id AND a.external_id = t.external_id AND ${STOOD('a', 's2')}
  JOIN federation_version f ON f.id = ifnull(a.id, b.id)`

const STATES: Readonly<Record<RuleState, string>> = {
  active: 'active',
  'issuer-off': 'issuer disabled',
  disabled: 'disabled',
  archived: 'archived',
}

/** Federation rules added, changed or removed, by their ids at the provider. */
export function federationChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<FederationEnds>(FEDERATION_CHANGES, { spans }).flatMap((row) => {
    const change = federationChange(row)
    return change === null ? [] : { ...change, subject: { ...change.subject, name: row.name } }
  })
}

function federationChange(row: FederationEnds): RawChange | null {
  const { project_id: projectId } = row
  const [before, after] = [pathAt(row, 'before'), pathAt(row, 'after')]
  if (before === null) {
    return after === null ? null : getChange(row, 'federation-added', 'federation', { after, projectId })
  }
  if (after === null) return getChange(row, 'federation-removed', 'federation', { before, projectId })
  const [was, is] = [stateAt(row, 'before'), stateAt(row, 'after')]
  const words = differences([
    [before !== after, before, after],
    text(was, is),
    named('audience', row.before_audience, row.after_audience),
    named('scopes', row.before_scopes, row.after_scopes),
    named('projects', placesOf(row.before_projects), placesOf(row.after_projects)),
    [
      row.before_lifetime !== row.after_lifetime,
      `tokens of ${lifetimeWords(row.before_lifetime)}`,
      `tokens of ${lifetimeWords(row.after_lifetime)}`,
    ],
  ])
  return words === null ? null : getChange(row, 'federation-changed', 'federation', { ...words, projectId })
}

/** Which workloads act as which account at an end of the span; null where the rule was not there. */
function pathAt(row: FederationEnds, end: 'before' | 'after'): string | null {
  const workload = row[`${end}_workload`]
  if (workload === null) return null
  const account = row[`${end}_account`]
  return account === null ? workload : `${workload} as ${account}`
}

function stateAt(row: FederationEnds, end: 'before' | 'after'): string {
  const status = row[`${end}_status`] as FederationState
  return STATES[findRuleState({ status, issuerStatus: row[`${end}_issuer_status`] as FederationState | null })]
}

function placesOf(projects: string | null): string | null {
  return projects === null ? null : (JSON.parse(projects) as readonly string[]).join(' ')
}

function named(what: string, before: string | null, after: string | null): FactEnds {
  const words = (value: string | null): string => `${what} ${value ?? 'not set'}`
  return [before !== after, words(before), words(after)]
}

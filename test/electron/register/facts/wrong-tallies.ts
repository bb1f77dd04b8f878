import type { Register } from '../../../../electron/register/register.ts'
import { severityRank, type Severity } from '../../../../shared/domain/findings/severity.ts'
import { ELSEWHERE } from '../today/elsewhere.ts'

interface Finding {
  readonly connection: number
  readonly kind: string
  readonly subject: number
  readonly rule: string
  readonly severity: Severity
  readonly seen: number
}

/** The numbers that a register keeps and that differ from what counting its rows one by one gives. */
export function wrongTallies(register: Register): unknown[] {
  return [...differ(keptCounts(register), counted(register))]
}

function keptCounts({ reader }: Register): readonly string[] {
  return [
    ...reader.column<string>("SELECT concat_ws(' ', 'keys', connection_id, keys) FROM connection_tally WHERE keys > 0"),
    ...reader.column<string>(
      "SELECT concat_ws(' ', 'access', connection_id, access) FROM connection_tally WHERE access > 0",
    ),
    ...reader.column<string>("SELECT concat_ws(' ', 'people', client_id, people) FROM client_tally WHERE people > 0"),
    ...reader.column<string>("SELECT concat_ws(' ', 'open', connection_id, severity, count) FROM finding_tally"),
    ...reader.column<string>(
      "SELECT concat_ws(' ', 'worst', connection_id, subject_kind, rule, severity, first_seen_at, count) FROM finding_worst_tally",
    ),
  ]
}

function counted({ reader }: Register): readonly string[] {
  const keys = reader.column<number>(
    'SELECT connection_id FROM key_row WHERE id IN (SELECT id FROM key WHERE standing = 1)',
  )
  const access = reader.column<number>('SELECT connection_id FROM grant_path')
  const people = reader.all<{ readonly client: number; readonly person: number }>(
    `SELECT cn.client_id AS client, p.person_id AS person FROM account_row p JOIN connection cn ON cn.id = p.connection_id
     WHERE p.kind = 'user' AND p.person_id IS NOT NULL AND cn.removed_at IS NULL`,
  )
  const findings = reader.all<Finding>(
    `SELECT connection_id AS connection, subject_kind AS kind, subject_id AS subject, rule, severity, first_seen_at AS seen
     FROM finding WHERE resolved_at IS NULL AND quiet = 0`,
  )
  const worst = [
    ...Map.groupBy(findings, ({ connection, kind, subject }) => `${connection} ${kind} ${subject}`).values(),
  ]
    .flatMap((own) => (own[0]?.kind === 'connection' ? own : own.toSorted(compareWorst).slice(0, 1)))
    .filter(({ severity, rule }) => severityRank(severity) <= severityRank('medium') && !ELSEWHERE.includes(rule))
  return [
    ...tally('keys', keys.map(String)),
    ...tally('access', access.map(String)),
    ...tally(
      'people',
      [...new Set(people.map(({ client, person }) => `${client} ${person}`))].map((one) => one.split(' ')[0] ?? ''),
    ),
    ...tally(
      'open',
      findings.map(({ connection, severity }) => `${connection} ${severity}`),
    ),
    ...tally(
      'worst',
      worst.map(({ connection, kind, rule, severity, seen }) => `${connection} ${kind} ${rule} ${severity} ${seen}`),
    ),
  ]
}

/** By severity, what comes into Today by another way first, then by rule. */
export function compareWorst(a: Pick<Finding, 'severity' | 'rule'>, b: Pick<Finding, 'severity' | 'rule'>): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    Number(ELSEWHERE.includes(b.rule)) - Number(ELSEWHERE.includes(a.rule)) ||
    (a.rule < b.rule ? -1 : 1)
  )
}

function tally(what: string, places: readonly string[]): string[] {
  return [...Map.groupBy(places, (place) => place)].map(([place, own]) => `${what} ${place} ${own.length}`)
}

function differ(a: readonly string[], b: readonly string[]): ReadonlySet<string> {
  return new Set(a).symmetricDifference(new Set(b))
}

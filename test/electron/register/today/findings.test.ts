import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { openFindings } from '../../../../electron/register/findings/counts.ts'
import { tallyFindings } from '../../../../electron/register/findings/tally.ts'
import { ruleFindings } from '../../../../electron/register/today/findings.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { severityRank, type Severity } from '../../../../shared/domain/findings/severity.ts'
import { seeded, type Seeded } from '../../service/seeded.ts'
import { compareWorst } from '../facts/wrong-tallies.ts'
import { ELSEWHERE } from './elsewhere.ts'

const TODAY = '2026-04-01'
const OVERDUE = 'rotation-overdue'

interface Given {
  readonly rule: string
  readonly severity: Severity
}

/** A due day, which Today lists among the due keys, and what else can be wrong with a key. */
const RULES: readonly Given[] = [
  { rule: OVERDUE, severity: 'high' },
  { rule: 'admin-key-old', severity: 'critical' },
  { rule: 'key-owner-gone', severity: 'high' },
  { rule: 'key-in-archived-project', severity: 'critical' },
  { rule: 'key-unused-remove', severity: 'medium' },
  { rule: 'key-unused', severity: 'low' },
]

const ofDueDay = ({ rule }: Given): boolean => rule === OVERDUE || rule === 'admin-key-old'

/** Replaces the findings of one key. */
function give({ service, connections }: Seeded, given: readonly Given[], snoozedUntil: string | null): void {
  makeRegister(service.context).transact((writer) => {
    writer.run('DELETE FROM finding', [])
    const keyId = writer.value<number>('SELECT min(id) FROM key WHERE connection_id = ?', [connections.acme]) ?? 0
    writer.run('UPDATE key SET snoozed_until = ? WHERE id = ?', [snoozedUntil, keyId])
    for (const { rule, severity } of given) {
      writer.run(
        `INSERT INTO finding (connection_id, rule, severity, subject_kind, subject_id, name, evidence, first_seen_at)
         VALUES (?, ?, ?, 'key', ?, 'prod-web-api', '{}', 1)`,
        [connections.acme, rule, severity, keyId],
      )
    }
    tallyFindings(writer, writer.column<number>('SELECT id FROM connection'))
  })
}

function readShown({ service }: Seeded): string[] {
  const { reader } = makeRegister(service.context)
  return ruleFindings(reader, {}, TODAY, { principals: [], keys: [] }).map(({ rule }) => rule)
}

describe('findings of a key with a due day in Today', () => {
  it('are hidden by the due day unless one is more severe, and by a snoozed due day never', async () => {
    const of = await seeded()
    fc.assert(
      fc.property(
        fc.subarray([...RULES]),
        fc.constantFrom(null, '2026-03-31', TODAY, '2026-04-02', '2026-05-01'),
        (given, snoozedUntil) => {
          give(of, given, snoozedUntil)
          const isSnoozed = snoozedUntil !== null && snoozedUntil > TODAY
          const due = given.filter((each) => ofDueDay(each) && !isSnoozed).map(({ severity }) => severityRank(severity))
          const others = given
            .filter((each) => !ofDueDay(each))
            .toSorted((a, b) => severityRank(a.severity) - severityRank(b.severity))
          const [worst] = others
          const isShown =
            worst !== undefined &&
            severityRank(worst.severity) <= severityRank('medium') &&
            due.every((rank) => severityRank(worst.severity) < rank)
          expect(readShown(of)).toEqual(isShown ? [worst.rule] : [])
        },
      ),
      { numRuns: 200 },
    )
  })
})

const DAYS = ['2026-03-31', '2026-04-01', '2026-04-02'] as const
const someDay = fc.constantFrom(...DAYS)

const ALL_RULES: readonly Given[] = [
  ...RULES,
  { rule: 'leaver-with-access', severity: 'critical' },
  { rule: 'a-rule-of-the-same-severity', severity: 'medium' },
]

const someFinding = fc.record({
  connection: fc.nat(1),
  kind: fc.constantFrom('key' as const, 'principal' as const, 'connection' as const),
  subject: fc.nat(2),
  given: fc.constantFrom(...ALL_RULES),
  seen: fc.integer({ min: 1, max: 3 }),
  accepted: fc.option(someDay),
  isQuiet: fc.boolean(),
  isResolved: fc.boolean(),
})

const someState = fc.record({
  findings: fc.uniqueArray(someFinding, {
    maxLength: 25,
    selector: ({ connection, subject, given }) => `${connection} ${subject} ${given.rule}`,
  }),
  snoozed: fc.array(fc.tuple(fc.nat(5), someDay), { maxLength: 2 }),
  leaving: fc.record({
    principals: fc.array(fc.nat(5), { maxLength: 2 }),
    keys: fc.array(fc.nat(5), { maxLength: 2 }),
  }),
})

describe('findings of Today', () => {
  it('are those that a look at every finding counts, whatever is accepted, snoozed or of a leaver, on each day', async () => {
    const { service } = await seeded()
    const register = makeRegister(service.context)
    const connections = register.reader.column<number>('SELECT id FROM connection ORDER BY id LIMIT 2')
    register.transact((writer) => {
      for (const [n, connection] of connections.entries()) {
        for (let m = 0; m < 3; m += 1) {
          const id = 1000 + n * 3 + m
          writer.run("INSERT INTO logical_key (id, connection_id, name) VALUES (?, ?, 'k')", [id, connection])
          writer.run(
            "INSERT INTO key (id, connection_id, external_id, logical_key_id, last_use_state, lineage) VALUES (?, ?, ?, ?, 'never', 'k')",
            [id, connection, `k${id}`, id],
          )
          writer.run("INSERT INTO principal (id, connection_id, external_id, kind) VALUES (?, ?, ?, 'user')", [
            id,
            connection,
            `u${id}`,
          ])
        }
      }
    })
    const clients = new Map(
      register.reader
        .all<{ readonly id: number; readonly slug: string }>(
          'SELECT cn.id, c.slug FROM connection cn JOIN client c ON c.id = cn.client_id',
        )
        .map(({ id, slug }) => [id, slug]),
    )
    fc.assert(
      fc.property(someState, ({ findings, snoozed, leaving }) => {
        const rows = findings.map(({ connection, kind, subject, ...one }, n) => ({
          ...one,
          id: n + 1,
          connection: connections[connection] ?? 0,
          kind,
          subject: kind === 'connection' ? (connections[connection] ?? 0) : 1000 + connection * 3 + subject,
        }))
        const unique = [
          ...new Map(rows.map((row) => [`${row.connection} ${row.given.rule} ${row.subject}`, row])).values(),
        ]
        const leavers = {
          principals: leaving.principals.map((n) => 1000 + n),
          keys: leaving.keys.map((n) => 1000 + n),
        }
        register.transact((writer) => {
          writer.run('DELETE FROM finding')
          writer.run('UPDATE key SET snoozed_until = NULL')
          for (const [n, until] of snoozed)
            writer.run('UPDATE key SET snoozed_until = ? WHERE id = ?', [until, 1000 + n])
          for (const row of unique) {
            writer.run(
              `INSERT INTO finding (id, connection_id, rule, severity, subject_kind, subject_id, name, evidence, first_seen_at, accepted_until, quiet, resolved_at)
               VALUES (?, ?, ?, ?, ?, ?, 'x', '{}', ?, ?, ?, ?)`,
              [
                row.id,
                row.connection,
                row.given.rule,
                row.given.severity,
                row.kind,
                row.subject,
                row.seen,
                row.accepted,
                Number(row.isQuiet),
                row.isResolved ? 9 : null,
              ],
            )
          }
          tallyFindings(writer, connections)
        })
        for (const today of DAYS) {
          const until = new Map(snoozed.map(([n, day]) => [1000 + n, day]))
          const open = unique.filter(
            (row) => !row.isQuiet && !row.isResolved && (row.accepted === null || row.accepted < today),
          )
          const listed = open.filter(
            (row) =>
              !(row.kind === 'principal' && leavers.principals.includes(row.subject)) &&
              !(row.kind === 'key' && leavers.keys.includes(row.subject)) &&
              !(row.kind === 'key' && ofDueDay(row.given) && (until.get(row.subject) ?? '') > today),
          )
          const worst = [...Map.groupBy(listed, (row) => `${row.kind} ${row.subject}`).values()]
            .flatMap((own) =>
              own[0]?.kind === 'connection' ? own : own.toSorted((a, b) => compareWorst(a.given, b.given)).slice(0, 1),
            )
            .filter(
              ({ given }) => severityRank(given.severity) <= severityRank('medium') && !ELSEWHERE.includes(given.rule),
            )
          const expected = [
            ...Map.groupBy(worst, (row) => `${clients.get(row.connection)} ${row.given.rule} ${row.kind}`).values(),
          ].map((own) => ({
            client: clients.get(own[0]?.connection ?? 0),
            rule: own[0]?.given.rule,
            kind: own[0]?.kind,
            count: own.length,
            first: Math.min(...own.map(({ seen }) => seen)),
            last: Math.max(...own.map(({ seen }) => seen)),
            findingId: own.length === 1 ? own[0]?.id : null,
          }))
          const found = ruleFindings(register.reader, {}, today, leavers).map((row) => ({
            client: row.client.slug,
            rule: row.rule,
            kind: row.subjectKind,
            count: row.count,
            first: row.firstSeenAt,
            last: row.lastSeenAt,
            findingId: row.findingId,
          }))
          const sorted = <T>(list: readonly T[]): T[] =>
            list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
          expect(sorted(found)).toEqual(sorted(expected))
          const counts = openFindings(register.reader, {}, today)
          const total = [...counts.values()].flatMap((each) => Object.values(each)).reduce((sum, n) => sum + n, 0)
          expect(total).toBe(open.length)
        }
      }),
      { numRuns: 150 },
    )
  })
})

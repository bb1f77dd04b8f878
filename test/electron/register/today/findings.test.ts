import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ruleFindings } from '../../../../electron/register/today/findings.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { severityRank, type Severity } from '../../../../shared/domain/findings/severity.ts'
import { seeded, type Seeded } from '../../service/seeded.ts'

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

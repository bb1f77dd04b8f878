import { expect, it } from 'vitest'

import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import type { Reader, Writer } from '../../../../electron/register/db/handles.ts'
import { type EvaluatedAt, evaluateFindings, ruleQuery } from '../../../../electron/register/findings/evaluate.ts'
import { RULES } from '../../../../electron/register/findings/rules.ts'
import { clear, layOut } from '../../../../electron/register/findings/stage.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { addDays, DAY_MS } from '../../../../shared/domain/day.ts'
import { AT, NOW, onAgencies } from '../draw-agency.ts'
import { explainingWriter, type Explained } from '../explaining.ts'
import { ago, applyWorld, AT as WORLD_AT, evaluateAt } from './worlds.ts'

type Row = Readonly<Record<string, string | number | null>>

const LATER: EvaluatedAt = { now: NOW + 60 * DAY_MS, today: addDays(AT.today, 60) }

/** What the rules select, one connection after another: the rows in the order in which they are stored. */
function selectFindings(writer: Writer, ids: readonly number[], at: EvaluatedAt): readonly Row[] {
  return ids.flatMap((id) => {
    layOut(writer, [id], at.now)
    const rows = RULES.toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap((rule) =>
      writer.all<Row>(
        `WITH r (connection_id, subject_id, name, evidence, quiet, cause, due_at, synced_at) AS (${ruleQuery(rule)})
         SELECT connection_id, '${rule.id}' AS rule, '${rule.severity}' AS severity, '${rule.subject}' AS subject_kind,
           subject_id, name, evidence, quiet FROM r ORDER BY subject_id`,
        { now: at.now, today: at.today },
      ),
    )
    clear(writer)
    return rows
  })
}

const COLUMNS = 'connection_id, rule, severity, subject_kind, subject_id, name, evidence, quiet'

const listOpen = (reader: Reader): readonly Row[] =>
  reader.all<Row>(`SELECT ${COLUMNS} FROM finding WHERE resolved_at IS NULL ORDER BY id`)

/** Everything about findings and their evaluations. */
const listAll = (reader: Reader): unknown => [
  reader.all('SELECT * FROM finding ORDER BY id'),
  reader.all('SELECT * FROM finding_evaluation ORDER BY connection_id'),
  reader.all('SELECT * FROM finding_tally ORDER BY connection_id, severity'),
  reader.all('SELECT * FROM finding_worst_tally ORDER BY connection_id, subject_kind, rule, severity, first_seen_at'),
]

/** A first evaluation, and a later one by a policy that counts other rules, where each connection has so many keys. */
function evaluateTwice(register: Register, ids: readonly number[], keys: number) {
  return register.rehearse((writer) => {
    writer.run('UPDATE connection_tally SET keys = ?', [keys])
    writer.run('DELETE FROM finding')
    writer.run('DELETE FROM finding_evaluation')
    evaluateFindings(writer, ids.toReversed(), AT)
    const first = { stored: listOpen(writer), selected: selectFindings(writer, ids, AT) }
    const quiet = RULES.filter((_, n) => n % 2 === 0).map(({ id }) => id)
    setPolicyValues(writer, 0, { countedFindings: 'opinion', quietRules: quiet })
    evaluateFindings(writer, ids, LATER)
    const wrong = writer.all<Row>('SELECT * FROM finding WHERE quiet <> (rule IN (SELECT value FROM json_each(?)))', [
      JSON.stringify(quiet),
    ])
    const byName = (rows: readonly Row[]): ReadonlySet<string> => new Set(rows.map((row) => JSON.stringify(row)))
    return {
      first,
      later: { stored: byName(listOpen(writer)), selected: byName(selectFindings(writer, ids, LATER)) },
      wrong,
      all: listAll(writer),
    }
  })
}

it('an evaluation of random agencies stores exactly what the rules select, the same whether connections are evaluated together or each alone', () => {
  onAgencies((register, slugs) => {
    const ids = [...slugs.keys()]
    const together = evaluateTwice(register, ids, 0)
    expect(together.first.stored).toEqual(together.first.selected)
    expect(together.later.stored).toEqual(together.later.selected)
    expect(together.wrong).toEqual([])
    expect(evaluateTwice(register, ids, 1_000_000).all).toEqual(together.all)
  }, 4)
})

it('an evaluation reads no findings of other connections, unless the quiet rules changed', () => {
  const { register, connectionId } = applyWorld({ keys: [{ lastUse: { state: 'known', at: ago(50) } }] })
  const explained: Explained[] = []
  register.transact((writer) => evaluateAt(explainingWriter(writer, explained), connectionId, WORLD_AT))
  const details = explained.flatMap(({ steps }) => steps.map(({ detail }) => detail))
  expect(details).toContainEqual(expect.stringMatching(/^SEARCH o USING INDEX finding_standing/u))
  expect(details.filter((detail) => /^SCAN (?:finding|f USING INDEX finding)/u.test(detail))).toEqual([])
  // Keys and people are read in the order in which they are kept, and few privileges are read.
  expect(details).toContain('SEARCH k USING INTEGER PRIMARY KEY (rowid=?)')
  expect(details).toContain('SEARCH p USING INTEGER PRIMARY KEY (rowid=?)')
  expect(details).toContainEqual(
    expect.stringMatching(/^SEARCH grant_path USING (?:COVERING )?INDEX grant_path_privileged/u),
  )
})

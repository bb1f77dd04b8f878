import { describe, expect, it } from 'vitest'

import { changesBetween, namedChanges } from '../../../../electron/register/changes/changes.ts'
import { changesOfSyncs, timelinePoints } from '../../../../electron/register/changes/timeline.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { newConnection, newRegister, getReading } from '../registers.ts'
import { computeTruth } from './truth.ts'

/** Every statement that the work reads with, and its parameters. */
function makeStatements(
  reader: Reader,
  work: (reader: Reader) => void,
): ReadonlyMap<string, Parameters<Reader['all']>[1]> {
  const seen = new Map<string, Parameters<Reader['all']>[1]>()
  work({
    ...reader,
    all: (sql, params) => {
      seen.set(sql, params)
      return reader.all(sql, params)
    },
  })
  return seen
}

const INDEXES = [
  'grant_opened',
  'grant_closed',
  'grant_by_principal (principal_id=? AND project_id=?)',
  'grant_carrying',
  'membership_opened',
  // From the group's side or the member's: either finds the pair.
  'membership_by_',
  'membership_by_member (member_id=?)',
  'membership_by_pair (group_id=?)',
  'event_of_subject (connection_id=? AND subject_x=?',
  'event_of_rare (connection_id=? AND at>? AND at<?)',
  'limit_opened',
  'certificate_opened',
  'detail_opened',
  'detail_closed',
  'certificate_by_external_id (connection_id=? AND external_id=?)',
  'federation_by_external_id (connection_id=? AND external_id=?)',
  'limit_by_external_id (connection_id=? AND external_id=?)',
  'key_opened',
  'key_closed',
  'principal_opened',
  'project_opened',
  'project_closed',
] as const

/** Tables that are small whatever the register holds. */
const SMALL =
  /^SCAN (?:(?:span|step|t|j|y|e|cn|c|json_each|touched\w*|way|pair|carried|held|moved|changed|sync)\b|\(subquery-\d+\)$)/u

describe('the statements of changes', () => {
  it('search the facts by index, and scan only the syncs and what they touched', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const truth = computeTruth(60, 'a')
    register.transact((w) => applyReading(w, getReading(connection, truth.before, 1)))
    register.transact((w) => applyReading(w, getReading(connection, truth.after, 2)))
    // Read while nothing is known of how much each table holds, as on a register that was never analysed.
    const statements = makeStatements(register.reader, (reader) => {
      const { spans, changes } = changesBetween(reader, {}, { sync: 1 }, null)
      namedChanges(reader, spans, changes)
      changesOfSyncs(reader, timelinePoints(reader, {}, 10))
    })
    const plans = [...statements].map(([sql, params]) =>
      register.reader.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params ?? []).map((row) => row.detail),
    )
    const scans = plans.flat().filter((detail) => detail.startsWith('SCAN') && !SMALL.test(detail))
    expect(scans).toEqual([])
    const used = (index: string): boolean => plans.flat().some((detail) => detail.includes(index))
    expect(INDEXES.filter((index) => !used(index))).toEqual([])
    expect(statements.size).toBeLessThan(25)
  })
})

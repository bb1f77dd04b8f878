import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { accessIds, accessRows } from '../../../../electron/register/access/access.ts'
import { applyReading, recordAttempt } from '../../../../electron/register/apply/apply.ts'
import { dueJson } from '../../../../electron/register/keys/due-json.ts'
import { dueRows } from '../../../../electron/register/keys/due-rows.ts'
import { readEmployment } from '../../../../electron/register/people/employment.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import { dueKeyIds, keyIds, keyRows } from '../../../../electron/register/keys/keys.ts'
import { listMemberships } from '../../../../electron/register/people/memberships.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { findingLines } from '../../../../electron/register/findings/lines.ts'
import { clientCounts } from '../../../../electron/register/today/counts.ts'
import { ruleFindings } from '../../../../electron/register/today/findings.ts'
import { pressingKeys } from '../../../../electron/register/today/keys.ts'
import { mergeAway, mergesInto } from '../../../../electron/register/people/merge.ts'
import { matchesById, matchesWith } from '../../../../electron/register/people/matches.ts'
import { listAddresses, personIds, personRows } from '../../../../electron/register/people/people.ts'
import { countProjects } from '../../../../electron/register/access/project-counts.ts'
import { projectRows } from '../../../../electron/register/access/projects.ts'
import { remindable } from '../../../../electron/register/keys/reminder.ts'
import { dueByDay, listRotations, readVersions } from '../../../../electron/register/keys/rotation.ts'
import { find } from '../../../../electron/register/read/search.ts'
import { countStructure, readStructure } from '../../../../electron/register/read/structure.ts'
import { lastSyncs, syncHistory } from '../../../../electron/register/connections/sync-history.ts'
import { bigReading, makeBigRegister } from '../../../bench/big-register.ts'
import { type Explained, explainingReader, explainingWriter, nestedScans, scans } from '../explaining.ts'
import { KEY } from '../registers.ts'

/*
 * Frequent queries use an index, whatever SQLite knows about the sizes of the tables: their plans are checked with and
 * without statistics. A full scan here would read a million rows in a large register.
 */

const NOW = Date.UTC(2026, 3, 1)
const TODAY = '2026-04-01'
const AT = { now: NOW, today: TODAY }
const SIZE = { organizations: 20, people: 400, keys: 1200, grants: 800, projects: 200 }
const DUE = { sort: { by: 'due', direction: 'asc' } } as const

let register: Register

beforeAll(() => {
  register = makeBigRegister(join(mkdtempSync(join(tmpdir(), 'castellan-plans-')), 'register'), KEY, SIZE, NOW)
  register.transact((writer) => {
    // A second sync, so that there is history, and some without a result.
    applyReading(writer, bigReading(1, SIZE, 2, NOW + 1))
    const nothing = { ...bigReading(1, SIZE, 2, NOW + 1), facts: [], outcomes: [] }
    for (let n = 0; n < 400; n += 1) {
      recordAttempt(writer, { ...nothing, connectionId: (n % 20) + 1, state: 'cancelled', reason: 'Cancelled.' })
    }
  })
})
afterAll(() => register.close())

function listPlans(ask: (reader: Reader) => unknown): Explained[] {
  const plans: Explained[] = []
  ask(explainingReader(register.reader, plans))
  return plans
}

const QUESTIONS: Readonly<Record<string, (reader: Reader) => unknown>> = {
  'keys by due day': (r) => keyIds(r, DUE, AT),
  'overdue keys of a client': (r) => keyIds(r, { ...DUE, client: 'client-1', rotation: 'overdue' }, AT),
  'unowned keys': (r) => keyIds(r, { ...DUE, flag: 'unowned' }, AT),
  'keys of a person': (r) => keyIds(r, { ...DUE, person: 3 }, AT),
  'keys of a project': (r) => keyIds(r, { ...DUE, project: 3 }, AT),
  'keys by a text': (r) => keyIds(r, { ...DUE, search: 'worker-3' }, AT),
  'rows of keys': (r) => keyRows(r, [1, 2, 3], AT),
  'keys due within days': (r) => dueKeyIds(r, { until: '2026-05-01' }, NOW),
  'keys due within days of a client': (r) => dueKeyIds(r, { client: 'client-1', until: '2026-05-01' }, NOW),
  'due keys as JSON': (r) => dueJson(r, { until: '2026-05-01', offset: 0, limit: 10 }, AT),
  'due keys for a table': (r) => [...dueRows(r, { until: '2026-05-01' }, AT)],
  'findings of a client for a table': (r) => [
    ...findingLines(r, { client: 'client-1', certainty: 'all', state: 'open' }, AT),
  ],
  'the calendar': (r) => dueByDay(r, keyIds(r, { ...DUE, dueFrom: '2026-04-01', dueUntil: '2026-04-30' }, AT)),
  'keys for reminders': (r) => remindable(r, '2026-05-01', AT),
  'versions of a logical key': (r) => readVersions(r, 3),
  'rotations of a logical key': (r) => listRotations(r, 3),
  'rows of people': (r) => personRows(r, [1, 2, 3], {}, AT),
  'employment of people': (r) => readEmployment(r, [1, 2, 3]),
  'addresses of people': (r) => listAddresses(r, [1, 2, 3]),
  'possible duplicates of a person': (r) => matchesWith(r, 3),
  'pairs of people': (r) => matchesById(r, [1, 2]),
  'merges into a person': (r) => [mergesInto(r, 3), mergeAway(r, 3)],
  'memberships of a person': (r) => listMemberships(r, 3, {}),
  'people by a text': (r) => personIds(r, { search: 'person 1', sort: { by: 'name', direction: 'asc' } }, AT),
  'rows of access': (r) => accessRows(r, [1, 2, 3], NOW),
  'access of a person': (r) => accessIds(r, { person: 3, sort: { by: 'client', direction: 'asc' } }, NOW),
  'access that a text names': (r) =>
    accessIds(r, { project: 3, search: 'ada', sort: { by: 'client', direction: 'asc' } }, NOW),
  'access to a project': (r) => accessIds(r, { project: 3, sort: { by: 'client', direction: 'asc' } }, NOW),
  'rows of projects': (r) => projectRows(r, [1, 2], NOW),
  'counts of the projects of a client': (r) => countProjects(r, { client: 'client-1' }, NOW),
  'the tree of a client': (r) =>
    readStructure(r, { client: 'client-1' }, countStructure(r, { client: 'client-1' }, AT)),
  search: (r) => find(r, {}, 'worker', 20),
  'search in a client': (r) => find(r, { client: 'client-1' }, 'worker', 20),
  'last syncs': (r) => lastSyncs(r, [1, 2, 3, 4]),
  'history of syncs': (r) => syncHistory(r, 1, 10),
}

describe.each([
  ['without statistics', () => undefined],
  ['with statistics', () => register.transact((writer) => writer.run('ANALYZE'))],
])('%s', (_, prepare) => {
  beforeAll(prepare)

  it.each(Object.entries(QUESTIONS))('%s reads no table from end to end', (_, ask) => {
    const plans = listPlans(ask)
    expect(plans.length).toBeGreaterThan(0)
    expect(plans.flatMap(scans)).toEqual([])
  })

  it('keys by due day come straight from the index: nothing is sorted', () => {
    for (const direction of ['asc', 'desc'] as const) {
      const plans = listPlans((r) => keyIds(r, { sort: { by: 'due', direction } }, AT))
      const details = plans.flatMap(({ steps }) => steps.map(({ detail }) => detail))
      expect(details.filter((detail) => detail.includes('B-TREE'))).toEqual([])
      expect(details.filter((detail) => detail.startsWith('SEARCH k'))).toEqual(
        plans
          .filter(({ sql }) => /FROM key k|INDEXED BY key_due/u.test(sql))
          .map(() => expect.stringContaining('COVERING INDEX key_due') as string),
      )
    }
  })

  it('due keys are counted from the range of their days in one covering index, and no others', () => {
    const plans = listPlans((r) => clientCounts(r, {}, AT)).filter(({ sql }) => sql.includes('FROM key k'))
    const loops = plans.flatMap(({ steps }) =>
      steps.filter(({ detail }) => / k /u.test(detail)).map(({ detail }) => detail),
    )
    const range = (days: string): unknown =>
      expect.stringContaining(`COVERING INDEX key_summary (connection_id=?${days})`)
    expect(loops).toEqual([range(' AND due_on<?'), range(' AND due_on>? AND due_on<?')])
  })

  it('due keys of Today are counted from the index of due days, admin keys from their own', () => {
    const [plan] = listPlans((r) => pressingKeys(r, {}, AT, { until: '2026-04-08', apart: [] }))
    const details = plan?.steps.map(({ detail }) => detail) ?? []
    expect(details).toContainEqual(expect.stringMatching(/^SEARCH k USING COVERING INDEX key_summary .*due_on/u))
    // Admin keys, snoozed keys and accepted findings are few, and are read once.
    const scanned = plan === undefined ? [] : scans(plan)
    expect(scanned.filter((scan) => !/^SCAN (?:admin|apart|p)$/u.test(scan))).toEqual(['SCAN v USING INDEX key_admin'])
  })

  it('findings of Today are read from the tally, and one by one only of subjects with something that is not counted', () => {
    const [plan] = listPlans((r) => ruleFindings(r, {}, TODAY, { principals: [], keys: [] }))
    const details = plan?.steps.map(({ detail }) => detail).filter((detail) => detail.startsWith('SEARCH f ')) ?? []
    const ofSubject = 'COVERING INDEX finding_today (connection_id=? AND subject_kind=? AND subject_id=?)'
    expect(details.length).toBeGreaterThanOrEqual(4)
    for (const detail of details) {
      expect([
        'SEARCH f USING PRIMARY KEY (connection_id=?)',
        'SEARCH f USING INDEX finding_accepted (accepted_until>?)',
        `SEARCH f USING ${ofSubject}`,
        'SEARCH f USING AUTOMATIC COVERING INDEX (connection_id=?)',
      ]).toContain(detail)
    }
  })

  it('findings for a table are read by an index of what is open, or of each connection', () => {
    for (const certainty of [undefined, 'all'] as const) {
      const [plan] = listPlans((r) => [...findingLines(r, { certainty, state: 'open' }, AT)])
      const details = plan?.steps.map(({ detail }) => detail).filter((detail) => / f /u.test(detail))
      expect(details).toEqual([
        expect.stringMatching(
          /^SCAN f USING INDEX finding_(?:standing|today)$|^SEARCH f USING INDEX finding_(?:standing|today|life) \(connection_id=\?\)$/u,
        ),
      ])
    }
  })

  it('a search reads names from ranges of their index in order, and texts from the rows of its scope', () => {
    for (const text of ['worker', 'dev', 'zz', 'e']) {
      const plans = listPlans((r) => find(r, { client: 'client-1' }, text, 20))
      const details = plans.flatMap(({ steps }) => steps.map(({ detail }) => detail))
      expect(details.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([])
      const names = details.filter((detail) => / n /u.test(detail))
      expect(names.length).toBeGreaterThan(0)
      for (const detail of names) {
        expect(detail).toMatch(
          /COVERING INDEX search_name_in_order \(kind=\? AND connection_id(?:=\? AND name>\? AND name<\?|>\? AND connection_id<\?)\)|INTEGER PRIMARY KEY/u,
        )
      }
      const texts = details.filter((detail) => / s VIRTUAL TABLE/u.test(detail))
      for (const detail of texts) expect(detail).toMatch(/INDEX 0:M1><$/u)
    }
  })

  it('a sync scans no table of facts, and no table repeatedly', () => {
    const plans: Explained[] = []
    register.transact((writer) => {
      const reading = bigReading(1, SIZE, 2, NOW + 2)
      applyReading(explainingWriter(writer, plans), { ...reading, facts: reading.facts.slice(0, -1) })
    })
    const own = plans
      // Foreign keys are part of the plan of an upsert, although it deletes no parent.
      .filter(({ sql }) => !/^\s*INSERT INTO (?:project|principal) /u.test(sql))
      // The tables of the findings have their own tests.
      .filter(({ sql }) => !/\bf_\w+|finding|environment FROM logical_key/u.test(sql))
    const facts =
      /^SCAN (?:main\.)?(?:grant|membership|person|(?:key|principal|project|limit)(?:_version)?|grant_path|sync_source|rotation|[kvponey]|ov)\b/u
    expect(own.length).toBeGreaterThan(40)
    expect(
      own.flatMap((each) =>
        scans(each)
          .filter((scan) => facts.test(scan))
          .map((scan) => [scan, each.sql]),
      ),
    ).toEqual([])
    expect(own.flatMap((each) => nestedScans(each).map((scan) => [scan, each.sql]))).toEqual([])
  })
})

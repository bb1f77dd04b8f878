import * as fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'

import { findingIds, findingsById } from '../../../../electron/register/findings/list.ts'
import { RULES } from '../../../../electron/register/findings/rules.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { applyAgency } from '../../../fixtures/apply-agency.ts'
import { type Agency, cleanAgency } from '../../../fixtures/clean-agency.ts'
import { DEFECTS, plantDefect } from '../../../fixtures/planted-defects.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { openForWorlds } from './worlds.ts'

/** One for all agencies, since it is empty before and after each. */
const register = openForWorlds()
afterAll(() => register.close())

/** What is listed by default: rule and subject of each finding. */
function listFindings(agency: Agency): readonly string[] {
  return register.rehearse((writer) => {
    applyAgency(writer, agency)
    const today = toLocalDay(agency.at)
    const sort = { by: 'rule', direction: 'asc' } as const
    const ids = findingIds(writer, { state: 'open', sort }, today)
    const rows = findingsById(writer, ids, { now: agency.at, today })
    return rows.map(({ row }) => `${row.rule.id}: ${row.subject.name}`).toSorted()
  })
}

it('a clean agency has no finding, whatever its size, its providers and the day', () => {
  fc.assert(
    fc.property(cleanAgency, (agency) => {
      expect(listFindings(agency)).toEqual([])
    }),
    drillRuns('clean-agencies'),
  )
})

it.each([...DEFECTS])('a clean agency with one defect has the finding %s and no other', (_rule, plant) => {
  fc.assert(
    fc.property(cleanAgency, (clean) => {
      const { agency, found } = plantDefect(clean, plant)
      expect(listFindings(agency)).toEqual(found)
    }),
    drillRuns('planted-defects'),
  )
})

it('every certain rule has a defect here, except those about a plan, and those that a client has to ask for', () => {
  const certain = RULES.filter(({ id, certainty }) => certainty === 'certain' && !id.startsWith('plan-'))
  expect(certain.map(({ id }) => id).filter((id) => !DEFECTS.has(id))).toEqual([
    'borrowed-access',
    'project-limit-disagrees',
    'key-production-no-expiry',
    'project-without-spend-limit',
  ])
})

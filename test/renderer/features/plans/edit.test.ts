import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  addKey,
  addProject,
  addTeam,
  changeJob,
  changeKey,
  changeOrganization,
  changeProject,
  changeTeam,
  moveKey,
  removeKey,
  removeOrganization,
  removeProject,
  removeTeam,
  setEnvironments,
} from '../../../../renderer/features/plans/edit.ts'
import { did, makeHistory, redone, undone } from '../../../../renderer/features/plans/use-draft.ts'
import { sameName } from '../../../../shared/domain/text/names.ts'
import type { Plan } from '../../../../shared/domain/plans/plan.ts'
import { planFromTemplate } from '../../../../shared/domain/plans/templates.ts'
import { parsePlan } from '../../../../shared/domain/plans/yaml/parse.ts'
import { printPlan } from '../../../../shared/domain/plans/yaml/print.ts'

const exercise = planFromTemplate('exercise')

const place = fc.nat({ max: 6 })
const name = fc.constantFrom('Product-Prod', 'Chat', 'Research 2', 'Ünïcode', 'A: b # c', 'prod-web-api')

/** One edit in the window, as a step. */
const step: fc.Arbitrary<(plan: Plan) => Plan> = fc.oneof(
  fc.constant(addTeam),
  place.map((at) => (plan: Plan) => addProject(plan, plan.organizations[0]?.name ?? '', plan.teams[at]?.name ?? null)),
  fc.tuple(place, name).map(
    ([at, to]) =>
      (plan: Plan) =>
        changeProject(plan, at, { name: to }),
  ),
  fc.tuple(place, name).map(
    ([at, to]) =>
      (plan: Plan) =>
        changeTeam(plan, at, { name: to }),
  ),
  fc.tuple(place, name).map(
    ([at, to]) =>
      (plan: Plan) =>
        changeJob(plan, at, { name: to }),
  ),
  name.map((to) => (plan: Plan) => changeOrganization(plan, 0, { name: to })),
  place.map((at) => (plan: Plan) => removeProject(plan, at)),
  place.map((at) => (plan: Plan) => removeTeam(plan, at)),
  place.map((at) => (plan: Plan) => addKey(plan, at)),
  fc.tuple(place, place, name).map(
    ([of, at, to]) =>
      (plan: Plan) =>
        changeKey(plan, of, at, { name: to }),
  ),
  fc.tuple(place, place).map(
    ([of, at]) =>
      (plan: Plan) =>
        removeKey(plan, of, at),
  ),
  fc.tuple(place, place, place).map(
    ([from, at, to]) =>
      (plan: Plan) =>
        moveKey(plan, from, at, to),
  ),
  fc.subarray(['dev', 'staging', 'prod', 'test']).map((names) => (plan: Plan) => setEnvironments(plan, names)),
)

describe('an edit of a plan in the window', () => {
  it('can be undone and redone exactly, in any order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.nat({ max: 12 }), (steps, back) => {
        const done = steps.reduce((history, change) => did(history, change(history.present)), makeHistory(exercise))
        const all = Array.from({ length: 12 }).reduce<typeof done>((history) => undone(history), done)
        expect(all.present).toBe(exercise)
        const some = Array.from({ length: back }).reduce<typeof done>((history) => undone(history), done)
        const again = Array.from({ length: back }).reduce<typeof done>((history) => redone(history), some)
        expect(again.present).toBe(done.present)
      }),
    )
  })

  it('is the same after a round trip through YAML', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const plan = steps.reduce((now, change) => change(now), exercise)
        expect(parsePlan(printPlan(plan)).plan).toEqual(plan)
      }),
      { numRuns: 60 },
    )
  })

  it('leaves no dangling reference', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const plan = steps.reduce((now, change) => change(now), exercise)
        const named = (list: readonly { readonly name: string }[], wanted: string): boolean =>
          list.some((one) => sameName(one.name, wanted))
        for (const { projects } of plan.jobs) {
          expect(projects === 'all' || projects.every((one) => named(plan.projects, one))).toBe(true)
        }
        for (const { organization, team } of plan.projects) {
          expect(named(plan.organizations, organization) && (team === null || named(plan.teams, team))).toBe(true)
        }
      }),
    )
  })
})

describe('a project', () => {
  it('keeps the project’s name in the jobs that refer to it', () => {
    const at = exercise.projects.findIndex(({ name: of }) => of === 'Research')
    const plan = changeProject(exercise, at, { name: 'Lab' })
    expect(plan.jobs.flatMap(({ projects }) => (projects === 'all' ? [] : projects))).toContain('Lab')
    expect(plan.jobs.flatMap(({ projects }) => (projects === 'all' ? [] : projects))).not.toContain('Research')
  })

  it('removes a project with its organization, and from the jobs', () => {
    const plan = removeOrganization(exercise, 0)
    expect(plan.projects).toEqual([])
    expect(plan.jobs.every(({ projects }) => projects === 'all' || projects.length === 0)).toBe(true)
  })

  it('moves a key to another project', () => {
    const plan = moveKey(exercise, 0, 0, 4)
    expect(plan.projects[0]?.keys).toHaveLength((exercise.projects[0]?.keys.length ?? 0) - 1)
    expect(plan.projects[4]?.keys.at(-1)).toEqual(exercise.projects[0]?.keys[0])
  })
})

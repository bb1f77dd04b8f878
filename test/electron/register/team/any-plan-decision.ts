import * as fc from 'fast-check'

import { readBoundUid } from '../../../../electron/register/plans/answers.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import type { Decided } from './any-operation.ts'

/** What a decision about plans may be about. */
interface OfPlans {
  readonly plans: readonly string[]
  readonly connection: string
  readonly uid: () => string
}

/** A decision about a plan as it is in a register; null where it can decide none. */
export type DecidePlan = (register: Register, of: OfPlans) => Decided | null

const which = fc.nat(9)
const title = fc.constantFrom('Target', 'target', 'Other')
const organization = fc.constantFrom('Acme', 'Second')
const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % list.length]

function makeVersion(uid: () => string, name: string) {
  return { versionUid: uid(), errors: 0, warnings: 0, says: 'Changed', model: emptyPlan(name) }
}

function listVersions({ reader }: Register, planUid: string) {
  return reader.all<{ readonly uid: string; readonly draft: number }>(
    'SELECT v.uid, v.draft FROM plan_version v JOIN plan p ON p.id = v.plan_id WHERE p.uid = ? ORDER BY v.version',
    [planUid],
  )
}

const onPlan = (make: (planUid: string, register: Register, of: OfPlans) => Decided | null): fc.Arbitrary<DecidePlan> =>
  which.map((at): DecidePlan => (register, of) => {
    const here = register.reader.column<string>('SELECT uid FROM plan')
    const known = of.plans.filter((uid) => here.includes(uid))
    const planUid = pick(known, at)
    return planUid === undefined ? null : make(planUid, register, of)
  })

const change = (kind: Decided['kind'], more: (wanted: string) => object = () => ({})): fc.Arbitrary<DecidePlan> =>
  title.chain((wanted) => onPlan((planUid) => ({ kind, body: { planUid, ...more(wanted) } })))

/** What is decided about plans, by kind. */
export const eachOfPlans: readonly fc.Arbitrary<DecidePlan>[] = [
  fc.tuple(which, title).map(([at, wanted]): DecidePlan => (_, { plans, uid }) => ({
    kind: 'plan.created',
    body: { planUid: pick(plans, at), title: wanted, ...makeVersion(uid, wanted) },
  })),
  title.chain((name) =>
    onPlan((planUid, register, { uid }) => {
      const parentUid = listVersions(register, planUid).findLast(({ draft }) => draft === 0)?.uid
      return { kind: 'plan.saved', body: { planUid, parentUid, ...makeVersion(uid, name) } }
    }),
  ),
  which.chain((at) =>
    onPlan((planUid, register, { uid }) => {
      const versions = listVersions(register, planUid)
      const parentUid = versions.findLast(({ draft }) => draft === 0)?.uid
      const { model: _, ...made } = makeVersion(uid, '')
      return { kind: 'plan.restored', body: { planUid, parentUid, fromUid: pick(versions, at)?.uid, ...made } }
    }),
  ),
  change('plan.activated'),
  change('plan.deactivated'),
  change('plan.removed'),
  change('plan.reinstated', (wanted) => ({ title: wanted })),
  change('plan.renamed', (wanted) => ({ title: wanted, was: 'Target' })),
  fc.tuple(organization, fc.boolean()).chain(([named, isBound]) =>
    onPlan((planUid, { reader }, { connection }) => {
      const plan = reader.value<number>('SELECT id FROM plan WHERE uid = ?', [planUid])
      const wasUid = plan === undefined ? null : readBoundUid(reader, plan, named)
      return {
        kind: 'plan.bound',
        body: { planUid, organization: named, connectionUid: isBound ? connection : null, wasUid },
      }
    }),
  ),
  fc.tuple(fc.boolean(), fc.boolean()).chain(([isKey, same]) =>
    onPlan((planUid, _, { connection }) => {
      const subjectNamed = { connectionUid: connection, externalId: isKey ? 'key_prod' : 'proj_a' }
      const part = isKey ? 'key' : 'project'
      return { kind: 'plan.answered', body: { planUid, part, planned: 'Web', subjectNamed, same } }
    }),
  ),
]

import { between, share } from './draw.ts'
import { UNKNOWN, type DaysAgo, type KeyPlan, type OwnerPlan } from './plan.ts'

/** Everyday keys of one project: `{environment}-{team}-{purpose}` for each purpose, owned in turn. */
export interface SeriesPlan {
  readonly project: string
  readonly environment: string
  readonly team: string
  readonly purposes: readonly string[]
  readonly owners: readonly OwnerPlan[]
  readonly contact?: string
  /** None of the keys is due soon. */
  readonly fresh?: boolean
}

/** How many days old an everyday key is: none is overdue; outside the `fresh` ones, some are due within four weeks. */
function getAge(seed: string, interval: number, fresh: boolean): DaysAgo {
  const isWorn = !fresh && share(`fate/${seed}`) > 0.96
  return isWorn ? interval - between(`age/${seed}`, 3, 28) : between(`age/${seed}`, 4, Math.floor(interval * 0.62))
}

export function series(organization: string, plans: readonly SeriesPlan[]): readonly KeyPlan[] {
  return plans.flatMap((plan) =>
    plan.purposes.map((purpose, index): KeyPlan => {
      const name = `${plan.environment}-${plan.team}-${purpose}`
      const seed = `${organization}/${plan.project}/${name}`
      const age = getAge(seed, plan.environment === 'prod' ? 90 : 180, plan.fresh ?? false)
      return {
        name,
        project: plan.project,
        owner: plan.owners[index % plan.owners.length] ?? UNKNOWN,
        kind: 'project',
        from: age,
        lastUsed: Math.min(age, between(`use/${seed}`, 1, 6)),
        ...(plan.contact === undefined ? {} : { contact: plan.contact }),
      }
    }),
  )
}

/** A key with its own history. */
export function key(
  name: string,
  project: string | null,
  owner: OwnerPlan,
  from: DaysAgo,
  more: Partial<KeyPlan> = {},
): KeyPlan {
  return { name, project, owner, from, kind: 'project', lastUsed: Math.min(from, 2), ...more }
}

export function adminKey(name: string, owner: OwnerPlan, from: DaysAgo, more: Partial<KeyPlan> = {}): KeyPlan {
  return key(name, null, owner, from, { kind: 'admin', ...more })
}

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
}

/** How many days old an everyday key is: most are new, some are due soon, some are overdue, a few were forgotten. */
function getAge(seed: string, interval: number): DaysAgo {
  const fate = share(`fate/${seed}`)
  if (fate < 0.72) return between(`age/${seed}`, 4, Math.floor(interval * 0.62))
  if (fate < 0.86) return interval - between(`age/${seed}`, 0, 28)
  if (fate < 0.96) return interval + between(`age/${seed}`, 1, 45)
  return interval + between(`age/${seed}`, 90, 540)
}

/** Days since the last use: mostly this week; one in twelve has been idle for months, one in sixteen was never used. */
function findUse(seed: string, age: DaysAgo): DaysAgo | null {
  const habit = share(`habit/${seed}`)
  if (habit < 1 / 16) return null
  if (habit < 1 / 16 + 1 / 12 && age > 100) return between(`idle/${seed}`, 91, age - 1)
  return Math.min(age, between(`use/${seed}`, 1, 6))
}

export function series(organization: string, plans: readonly SeriesPlan[]): readonly KeyPlan[] {
  return plans.flatMap((plan) =>
    plan.purposes.map((purpose, index): KeyPlan => {
      const name = `${plan.environment}-${plan.team}-${purpose}`
      const seed = `${organization}/${plan.project}/${name}`
      const age = getAge(seed, plan.environment === 'prod' ? 90 : 180)
      return {
        name,
        project: plan.project,
        owner: plan.owners[index % plan.owners.length] ?? UNKNOWN,
        kind: 'project',
        from: age,
        lastUsed: findUse(seed, age),
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

/** An admin key of the organization. */
export function adminKey(name: string, owner: OwnerPlan, from: DaysAgo, more: Partial<KeyPlan> = {}): KeyPlan {
  return key(name, null, owner, from, { kind: 'admin', ...more })
}

import { accounts, isOpen, type Seen } from '../state.ts'
import { findHolder, hasExpired } from './keys.ts'
import { findHumans, type Human } from './people.ts'

export interface LeaverTruth {
  who: string
  endsOn: string
  holds: boolean
  accounts: number
  keys: number
  invites: number
}

/** People whose last day is over, with what they still have. `departures` has last days by `organization:id`. */
export function leaverTruths(
  seen: readonly Seen[],
  departures: ReadonlyMap<string, string>,
  now: number,
  today: string,
): LeaverTruth[] {
  return findDeparted(seen, departures, now, today).map(({ who, endsOn, held }) => {
    const has = (organization: string, id: string): boolean => held.has(`${organization}:${id}`)
    const count = (some: (one: Seen['organization']) => number): number =>
      seen.reduce((all, { organization }) => all + some(organization), 0)
    const left = {
      accounts: count((one) => accounts(one).filter(({ id }) => has(one.id, id)).length),
      invites: count((one) => one.invites.filter((invite) => isOpen(invite, now) && has(one.id, invite.id)).length),
      keys: count(
        (one) =>
          one.keys.filter(
            (key) =>
              typeof key.owner !== 'string' &&
              has(one.id, key.owner.id) &&
              !hasExpired(key, now) &&
              findHolder(one, key) !== 'workspace',
          ).length,
      ),
    }
    return { who, endsOn, ...left, holds: left.accounts + left.invites + left.keys > 0 }
  })
}

export function findDeparted(
  seen: readonly Seen[],
  departures: ReadonlyMap<string, string>,
  now: number,
  today: string,
): (Human & { endsOn: string })[] {
  return findHumans(seen, now).flatMap((human) => {
    // A person with several accounts may be marked at each: the last mark counts.
    const endsOn = [...departures].findLast(([account]) => human.held.has(account))?.[1]
    return endsOn !== undefined && endsOn < today ? [{ ...human, endsOn }] : []
  })
}

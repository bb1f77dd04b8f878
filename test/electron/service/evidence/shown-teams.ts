import { concludeHistory, followHistory, listBreaks } from '../../../../electron/service/evidence/history/conclude.ts'
import type { LogLines } from '../../../../electron/service/evidence/history/follow-log.ts'
import { readShownHistory } from '../../../../electron/service/evidence/history/read-shown.ts'
import { addWaiting, listWaiting } from '../../../../electron/register/team/waiting.ts'
import { exchange } from '../../../../electron/team/exchange.ts'
import type { CardPerson } from '../../../../shared/team/card.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import type { ReviewOperation } from '../../../../shared/decisions/reviews.ts'
import type { NoEffectReason } from '../../../../shared/team/outcome.ts'
import { addClient, foundRegisterTeam, type Laptop } from '../../register/team/registers.ts'

export interface ReviewedTeam {
  readonly founder: Laptop
  readonly anna: Laptop
  readonly ben: Laptop
  /** Has a role for another client only. */
  readonly carol: Laptop
  readonly client: string
  readonly other: string
  /** The review that was decided, signed and acknowledged. */
  readonly review: string
  readonly decided: readonly Decided[]
}

/** A decision about a review, and why it has no effect by the rules; null: it counts. */
export type Decided = readonly [kind: ReviewOperation['kind'], reason: NoEffectReason | null]

/** A team in which each kind of decision about a review counted and each of their reasons was met, and another client of which one member is the lead. */
export async function reviewTeam(): Promise<ReviewedTeam> {
  const team = await foundRegisterTeam()
  const [anna, ben, carol] = [await team.join('anna'), await team.join('ben'), await team.join('carol')]
  const [client, other] = [await team.openClient(), await team.openClient()]
  await team.grant(client, anna, 'reviewer')
  await team.grant(client, ben, 'lead')
  await team.grant(other, carol, 'lead')
  addClient(team.founder, client, 'acme')
  const changed = { founder: toChanged(team.founder), anna: toChanged(anna), ben: toChanged(ben) }
  const { review, decided } = await decideReviews(client, changed)
  await carol.exchange()
  place(carol, other, 'review.opened', { reviewUid: createUid(2), ...OPENED, kind: 'keys', items: 1 })
  await carol.exchange()
  await team.founder.exchange()
  return { founder: team.founder, anna, ben, carol, client, other, review, decided }
}

const OPENED = {
  kind: 'roles',
  dueOn: '2026-12-31',
  previousUid: null,
  flagged: 0,
  items: 2,
  population: 'ab'.repeat(32),
  pieces: [{ inline: Buffer.from('frozen').toString('base64') }],
}

/** A device with a changed program, which places everything that waits, whatever the rules and the role of its member are. */
function toChanged(laptop: Laptop): Laptop {
  const { register, store, member } = laptop
  const toLead = (person: CardPerson): CardPerson =>
    person.member === member && person.role !== 'owner' ? { ...person, role: 'lead' } : person
  const changed: Laptop = {
    ...laptop,
    store: {
      ...store,
      waiting: (log, most) => listWaiting(register.reader, log, most),
      listWaiting: () => {
        register.transact((writer) => writer.run('UPDATE team_waiting SET asked = NULL', []))
        return store.listWaiting()
      },
      log: (log) => {
        const held = store.log(log)
        if (held === null || held.card === null) return held
        const { card } = held.card
        return { ...held, card: { ...held.card, card: { ...card, people: card.people.map(toLead) } } }
      },
    },
    exchange: () => exchange(changed),
  }
  return changed
}

let at = 1
function place({ register }: Laptop, log: string, kind: string, body: object): void {
  at += 1
  register.transact((writer) => addWaiting(writer, log, { kind, at, subject: 'Roles', body: { v: 1, ...body } }))
}

async function decideReviews(
  client: string,
  { founder, anna, ben }: Readonly<Record<'founder' | 'anna' | 'ben', Laptop>>,
) {
  const decided: Decided[] = []
  const exchangeAll = async (first: Laptop): Promise<void> => {
    for (const one of [first, founder, anna, ben]) await one.exchange()
  }
  const decide = async (by: Laptop, kind: Decided[0], body: object, reason: Decided[1] = null): Promise<void> => {
    place(by, client, kind, body)
    decided.push([kind, reason])
    await exchangeAll(by)
  }
  await exchangeAll(founder)
  const [review, second, empty, cancelled, first, both, other] = Array.from({ length: 7 }, () => createUid(1))
  const of = { reviewUid: review }
  const keep = { ...of, decision: 'keep', self: [] }
  const counts = { kept: 0, changed: 0, removed: 0, unknown: 2 }
  const sign = {
    ...of,
    ...counts,
    dueOn: '2026-12-31',
    overdue: false,
    marks: [],
    kind: 'roles',
    on: '2026-12-01',
    items: 2,
  }
  const fails = 'precondition'
  await decide(anna, 'review.opened', { ...of, ...OPENED })
  await decide(founder, 'review.opened', { reviewUid: second, ...OPENED }, fails)
  await decide(anna, 'review.decided', { ...keep, reviewUid: second, batchUid: first, positions: [1] }, fails)
  await decide(anna, 'review.decided', { ...keep, batchUid: first, positions: [3] }, fails)
  await decide(anna, 'review.decided', { ...keep, batchUid: first, positions: [1] })
  await decide(anna, 'review.decided', { ...keep, batchUid: first, positions: [2] }, fails)
  await decide(anna, 'review.undone', { ...of, batchUid: both, items: 1 }, fails)
  await decide(founder, 'review.undone', { ...of, batchUid: first, items: 1 }, fails)
  await decide(anna, 'review.undone', { ...of, batchUid: first, items: 1 })
  await decide(anna, 'review.undone', { ...of, batchUid: first, items: 1 }, fails)
  await decide(anna, 'review.signed', { ...sign, as: 'x', carried: 'Asked' }, fails)
  await decide(anna, 'review.empty', { ...of, kind: 'roles' }, fails)
  await decide(anna, 'review.decided', {
    ...keep,
    batchUid: both,
    positions: [[1, 2]],
    decision: 'unknown',
    why: 'Who?',
  })
  await decide(anna, 'review.signed', { ...sign, as: 'x' }, fails)
  // Anna signs without having seen the decision that is placed before.
  place(anna, client, 'review.signed', { ...sign, as: 'x', carried: 'Asked' })
  await decide(founder, 'review.decided', { ...keep, batchUid: other, positions: [1] })
  decided.push(['review.signed', 'decided-meanwhile'])
  const carried = { ...sign, kept: 1, unknown: 1, as: 'x', carried: 'Asked' }
  await decide(founder, 'review.acknowledged', { ...of, as: 'x', signedBy: 'x' }, fails)
  await decide(founder, 'review.signed', carried)
  // Under any name, by the key of the member who signed.
  await decide(founder, 'review.acknowledged', { ...of, as: 'Another name', signedBy: 'x' }, fails)
  await decide(anna, 'review.acknowledged', { ...of, as: 'x', signedBy: 'x' }, 'no-right')
  await decide(ben, 'review.acknowledged', { ...of, as: 'x', signedBy: 'x' })
  await decide(anna, 'review.decided', { ...keep, batchUid: createUid(1), positions: [1] }, fails)
  await decide(anna, 'review.opened', { reviewUid: empty, ...OPENED, items: 0 })
  await decide(anna, 'review.empty', { reviewUid: empty, kind: 'roles' })
  await decide(anna, 'review.opened', { reviewUid: cancelled, ...OPENED })
  await decide(anna, 'review.withdrawn', { reviewUid: cancelled, why: 'x', items: 2, decided: 0 })
  return { review: review ?? '', decided }
}

/** The lines of both logs of a pack, from the opening of a review on. */
export function showTeam(
  { register }: Laptop,
  client: string,
  review: string,
): readonly [team: LogLines, client: LogLines] {
  const { logs } = readShownHistory(register.reader, client, review)!
  return logs as unknown as readonly [LogLines, LogLines]
}

/** What a verifier concludes from the lines, and all problems that it names. */
export function concludeLines([team, client]: readonly [LogLines, LogLines]) {
  const history = followHistory({ team, client })
  const concluded = concludeHistory(history)
  return { ...concluded, problems: [...listBreaks(history), ...concluded.problems] }
}

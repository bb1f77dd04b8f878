import type { TeamStatus } from '../../../shared/contract/team.ts'
import { readTeamPlace } from '../../register/team/place.ts'
import type { Session } from '../core/session.ts'

/**
 * What is open of a team, by session. Every service loads this file, which loads nothing of a team itself: libsodium and the connection to
 * PostgreSQL are imported when a profile that belongs to one needs them.
 */
const open = new WeakMap<Session, () => Promise<void>>()

export function belongsToTeam({ register }: Session): boolean {
  return register !== null && readTeamPlace(register.reader) !== null
}

/** Whether it belongs to a team whose first batch is placed. */
export function isFounded({ register }: Session): boolean {
  const place = register === null ? null : readTeamPlace(register.reader)
  return place !== null && place.founding === null
}

/** Has a function called when the session ends. */
export function closeWithSession(session: Session, close: () => Promise<void>): void {
  open.set(session, close)
}

/** Sessions that are closing, in which no team is opened any more. */
const ending = new WeakSet<Session>()

/** Ends the connection to the server of a team, and keeps another from being opened while the session closes. */
export async function endTeam(session: Session): Promise<void> {
  ending.add(session)
  await closeTeam(session)
}

/** The session stays open after all. */
export function keepTeam(session: Session): void {
  ending.delete(session)
}

export function isEnding(session: Session): boolean {
  return ending.has(session)
}

/** Ends the connection to the server of a team. */
export async function closeTeam(session: Session): Promise<void> {
  const close = open.get(session)
  open.delete(session)
  await close?.()
}

/** The status of a profile without a team. */
export const NO_TEAM: TeamStatus = {
  state: 'none',
  sentence: null,
  name: null,
  root: null,
  server: null,
  lastContact: null,
  problems: [],
  own: null,
  members: [],
  approvals: [],
  waiting: [],
  askedBack: [],
  noEffect: [],
  clocks: [],
  stopped: [],
  unheld: 0,
}

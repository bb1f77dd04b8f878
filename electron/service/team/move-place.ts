import { isSamePlace, type ServerPlace } from '../../../shared/team/membership.ts'
import { writeTeamPlace } from '../../register/team/place.ts'
import { commit, type Context } from '../core/context.ts'
import { type OpenTeam, readPlace } from './open-team.ts'

/** Uses the server to which an owner moved the team, from the next exchange on. */
export function followMove(context: Context, { replica }: OpenTeam): void {
  const membership = replica.membership()
  if (membership !== null && membership.address !== null) usePlace(context, membership.address)
}

/** Looks for the server of the team at another address; nothing changes where it is the one that is used. */
export function usePlace(context: Context, { host, port, database, authority }: ServerPlace): void {
  const place = readPlace(context)
  const server = { host, port, database, authority }
  if (isSamePlace(place.server, server)) return
  commit(context, ['app'], ({ writer }) => writeTeamPlace(writer, { ...place, server }))
}

import type { Outputs } from '../../../shared/contract/contract.ts'
import { type Author, isSameAuthor } from '../../../shared/domain/placed.ts'
import { findTeamReview, listClocksOfReview, type TeamReview } from '../../register/team/review-authors.ts'
import { type Context, getReader } from '../core/context.ts'
import { readUid } from '../core/operations.ts'
import { invalid } from '../kit/refusal.ts'
import { namedAuthor } from './reviews.ts'

/** Reads a team's part of a review; null where it does not share it. */
export function readTeamReview(context: Context, reviewId: number): TeamReview | null {
  const reader = getReader(context)
  return findTeamReview(reader, readUid(reader, 'review', reviewId))
}

export function describeTeam(context: Context, reviewId: number): Outputs['reviews']['get']['team'] {
  const reader = getReader(context)
  const uid = readUid(reader, 'review', reviewId)
  const team = findTeamReview(reader, uid)
  if (team === null) return null
  const { own, signer, waiting } = team
  const clocks = [...listClocksOfReview(reader, uid)]
  return { member: own.name, isSigner: signer !== null && isSameAuthor(signer, own), waiting, clocks }
}

/**
 * Who signs or acknowledges: in a team the member at this device, whose key signs the entry; elsewhere whose name was typed. Throws
 * `Refusal` INVALID for another name in a team.
 */
export function findSigner(team: TeamReview | null, as: string): Author {
  const typed = namedAuthor(as)
  if (team === null) return typed
  const { own } = team
  if (isSameAuthor(typed, namedAuthor(own.name))) return own
  throw invalid(
    'as',
    `In a team, the member at this device signs and acknowledges: ${own.name}.`,
    `Use the name ${own.name}, or let ${as} do it at their own device.`,
  )
}

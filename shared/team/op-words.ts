import type { Op } from './op.ts'
import { isTeamKind, type TeamKind } from './operations.ts'
import { ALL_OPERATIONS } from '../decisions/operations.ts'

const TEAM_WORDS: Readonly<Record<TeamKind, string>> = {
  'team.founded': 'Team founded',
  'team.opset-raised': 'Newer operations allowed',
  'member.added': 'Member added',
  'member.roles-set': 'Roles of a member set',
  'member.removed': 'Member removed',
  'device.enrolled': 'Device enrolled',
  'device.revoked': 'Device revoked',
  'client.opened': 'Client opened for the team',
  'names.kept': 'What a client has from before the team recorded',
  'access.granted': 'Access to a client granted',
  'access.revoked': 'Access to a client revoked',
  'approvals.required': 'Whether changes need a second member’s approval decided',
  'entry.voided': 'Entry declared void',
  'team.moved': 'Team moved to another server',
  'team.fork-resolved': 'One of two histories of a log chosen',
  'key.rotated': 'Key of the team or of a client replaced',
  'key.lost': 'Key of a client declared lost',
}

/** The team's kinds whose subject is a name that people know. */
const NAMED: ReadonlySet<TeamKind> = new Set([
  'team.founded',
  'member.added',
  'member.roles-set',
  'member.removed',
  'device.revoked',
  'client.opened',
  'access.granted',
  'access.revoked',
  'approvals.required',
])

/**
 * For people: what an operation decides, such as `Settings of a key changed: prod-web`; null for a kind that this version
 * does not know. `isTeam`: whether it is of the stream `team`.
 */
export function describeOp({ kind, subject }: Pick<Op, 'kind' | 'subject'>, isTeam: boolean): string | null {
  if (isTeam) {
    if (!isTeamKind(kind)) return null
    return NAMED.has(kind) ? join(TEAM_WORDS[kind], subject) : TEAM_WORDS[kind]
  }
  return Object.hasOwn(ALL_OPERATIONS, kind)
    ? join(ALL_OPERATIONS[kind as keyof typeof ALL_OPERATIONS].words, subject)
    : null
}

function join(words: string, subject: string): string {
  return subject === '' ? words : `${words}: ${subject}`
}

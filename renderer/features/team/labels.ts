import type { clientRole, TeamMember, TeamRole, TeamStatus } from '../../../shared/contract/team.ts'
import { plural } from '../../ui/relative.ts'
import type { Tone } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'

export type ClientRole = (typeof clientRole.options)[number]

export const TEAM_ROLE_LABELS: Readonly<Record<TeamRole, string>> = {
  guest: 'Guest',
  member: 'Member',
  people: 'People',
  auditor: 'Auditor',
  owner: 'Owner',
}

export const TEAM_ROLE_HELP: Readonly<Record<TeamRole, string>> = {
  guest: 'Sees only the clients that they have a role for.',
  member: 'Also sees what is decided for the whole agency.',
  people: 'Also sees who is one person, and who left.',
  auditor: 'Reads every client.',
  owner: 'Changes the team, and leads every client.',
}

export const CLIENT_ROLE_LABELS: Readonly<Record<ClientRole, string>> = {
  viewer: 'Viewer',
  reviewer: 'Reviewer',
  operator: 'Operator',
  lead: 'Lead',
}

export const CLIENT_ROLE_HELP: Readonly<Record<ClientRole, string>> = {
  viewer: 'Reads.',
  reviewer: 'Also decides and signs reviews.',
  operator: 'Also describes keys and connections, syncs, and prepares remediation.',
  lead: 'Also acknowledges, approves, and sets the roles of others.',
}

export function nameMember({ name, email, uid }: Pick<TeamMember, 'name' | 'email' | 'uid'>): string {
  return visibleText(name ?? email ?? uid)
}

interface TeamState {
  readonly tone: Tone
  readonly label: string
}

const STATES: Readonly<Record<Exclude<TeamStatus['state'], 'member'>, TeamState | null>> = {
  none: null,
  founding: { tone: 'warn', label: 'Team not set up yet' },
  asking: { tone: 'info', label: 'Waiting to be let in' },
  removed: { tone: 'bad', label: 'Removed from the team' },
  otherDevice: { tone: 'bad', label: 'Not this device' },
}

/** The state of the team at this device, most urgent first; null without a team. */
export function describeTeam({ state, stopped, askedBack, problems, waiting }: TeamStatus): TeamState | null {
  if (state !== 'member') return STATES[state]
  const count = waiting.reduce((sum, each) => sum + each.count, 0)
  if (stopped.length > 0) return { tone: 'bad', label: `${plural(stopped.length, 'log')} stopped` }
  if (askedBack.length > 0) return { tone: 'warn', label: `${plural(askedBack.length, 'decision')} asked back` }
  if (problems.length > 0) return { tone: 'warn', label: 'Needs attention' }
  return count > 0
    ? { tone: 'info', label: `${plural(count, 'decision')} waiting` }
    : { tone: 'good', label: 'Up to date' }
}

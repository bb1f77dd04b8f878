import type { TeamDecided, TeamMember, TeamStatus, TeamStream } from '../../../shared/contract/team.ts'
import type { AgencyRole, ClientRole } from '../../../shared/domain/team-roles.ts'
import { plural } from '../../ui/relative.ts'
import type { Tone } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'

export const AGENCY_ROLE_LABELS: Readonly<Record<AgencyRole, string>> = {
  owner: 'Owner',
  auditor: 'Auditor',
  people: 'People',
}

export const AGENCY_ROLE_HELP: Readonly<Record<AgencyRole, string>> = {
  owner: 'changes the team and sees every client',
  auditor: 'reads every client',
  people: 'sees who is one person, and who left',
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
  lead: 'Also acknowledges, approves, and sets the access of others.',
}

const KINDS: Readonly<Record<TeamStream['kind'], string>> = {
  team: 'Members, devices and access',
  agency: 'Decisions about the agency',
  decisions: 'Decisions',
  facts: 'Readings of providers',
}

/** Names a stream by its content. `client`: its name; null for a stream of the whole team, or an unknown client. */
export function nameStream({ kind }: Pick<TeamStream, 'kind'>, client: string | null): string {
  return kind === 'team' || kind === 'agency' ? KINDS[kind] : `${KINDS[kind]}, ${client ?? 'a client not read yet'}`
}

/** Whose device placed an entry. `member`: null for a device that the team does not know. */
export function nameAuthor(member: string | null, isOwn: boolean): string {
  return isOwn ? 'This device' : member === null ? 'An unknown device' : visibleText(member)
}

export function describeStream({ state, waiting }: TeamStream): { readonly tone: Tone; readonly label: string } {
  if (state === 'stopped') return { tone: 'bad', label: 'Stopped' }
  return waiting > 0
    ? { tone: 'info', label: `${plural(waiting, 'decision')} waiting` }
    : { tone: 'good', label: 'In step' }
}

/** The state of the whole team at this device, most urgent first; null without a team. */
export function describeTeam(status: TeamStatus): TeamState | null {
  return status.state === 'member' ? describeMember(status) : STATES[status.state]
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

function describeMember({ stopped, problem, waiting }: TeamStatus): TeamState {
  if (stopped > 0) return { tone: 'bad', label: `${plural(stopped, 'stream')} stopped` }
  if (problem !== null) return { tone: 'warn', label: withWaiting('Server not reached', waiting) }
  if (waiting > 0) return { tone: 'info', label: `${plural(waiting, 'decision')} waiting` }
  return { tone: 'good', label: 'In step' }
}

/** The result of a change of the team. `done`: the words where it took effect. */
export function describeDecided({ effect, problem }: TeamDecided, done: string): string {
  if (effect === 'effective') return done
  return `${effect === 'void' ? 'It has no effect.' : 'It waits for the server.'} ${problem ?? ''}`.trim()
}

function withWaiting(words: string, waiting: number): string {
  return waiting === 0 ? words : `${words}, ${plural(waiting, 'decision')} waiting`
}

/** The roles of a member in words: `Owner, Lead of 2 clients`. */
export function describeRoles({ roles, access }: Pick<TeamMember, 'roles' | 'access'>): string {
  const agency = roles.map((role) => AGENCY_ROLE_LABELS[role])
  const clients = access.length === 0 ? [] : [`Access to ${plural(access.length, 'client')}`]
  return [...agency, ...clients].join(', ') || 'No access yet'
}

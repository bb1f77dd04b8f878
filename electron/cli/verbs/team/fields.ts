import type {
  ClockEntry,
  TeamDevice,
  TeamFork,
  TeamMember,
  TeamStatus,
  VerifiedStream,
  VoidEntry,
} from '../../../../shared/contract/team.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import { count, flagged, json, plain, text } from '../../../../shared/nouns/noun.ts'
import { describeClockError, nameDevice } from '../../../../shared/team/clocks.ts'
import { makeFields } from '../../kit/noun.ts'
import { shown } from '../../kit/text/shown.ts'
import { minuteCell } from '../../kit/text/when.ts'

export interface MemberRow {
  readonly member: TeamMember
  /** Null for a member who has none yet. */
  readonly device: TeamDevice | null
}

export const MEMBER_FIELDS = makeFields<MemberRow>({
  name: text('Member', { table: { flexible: true } }, ({ member }) => member.name),
  email: text('E-mail', { table: { flexible: true } }, ({ member }) => member.email),
  roles: text('Agency', { table: {} }, ({ member }) => member.roles.join(' ')),
  access: text('Clients', { table: { flexible: true } }, ({ member }) => listAccess(member)),
  active: flagged('Active', { table: {} }, ({ member, device }) => member.active && device?.active !== false),
  own: json(({ member, device }) => device?.own ?? member.own),
  member: json(({ member }) => member.uid),
  device: text('Device', { table: { whole: true } }, ({ device }) => device?.uid ?? null),
  login: json(({ device }) => device?.login ?? null),
})

function listAccess({ access }: TeamMember): string {
  return access.map(({ client, uid, role }) => `${client ?? uid}:${role}`).join(' ')
}

export const VERIFY_FIELDS = makeFields<VerifiedStream>({
  ...plain('stream'),
  kind: text('Log', { table: {} }),
  client: text('Client', { table: { whole: true } }),
  entries: count('Entries', { table: {} }),
  intact: flagged('Intact', { table: {} }),
  head: text('Head', { table: { whole: true } }),
})

export function toStatusLines(status: TeamStatus): readonly string[] {
  const { state, sentence, name, server, own, members, streams, waiting, stopped, lastContact, problem, sql } = status
  if (state === 'none') {
    return ['This profile does not belong to a team. Found one: castellan team init. Join one: castellan team join.']
  }
  const active = members.filter((member) => member.active)
  const devices = active.flatMap((member) => member.devices).filter((device) => device.active)
  const roles = own === null || own.roles.length === 0 ? '' : ` (${own.roles.join(', ')})`
  const who = own === null ? '' : ` You are ${shown(own.name)}${roles}.`
  return [
    ...(name === null
      ? []
      : [`${shown(name)}: ${counted(active.length, 'member')}, ${counted(devices.length, 'device')}.${who}`]),
    ...(sentence === null ? [] : [`! ${shown(sentence)}`]),
    ...(server === null
      ? []
      : [
          `Server ${shown(server.host)}:${server.port}/${shown(server.database)}, login ${shown(server.login)}; ${contactWords(lastContact)}.`,
        ]),
    ...(problem === null ? [] : [`! ${shown(problem)}`]),
    ...(status.clock === null ? [] : [`! ${shown(status.clock)}`]),
    ...(status.unheld === 0
      ? []
      : [`${counted(status.unheld, 'client')} not on this device, and in no list: castellan team unheld.`]),
    ...(streams.length === 0 ? [] : [`${counted(streams.length, 'log')}: ${waiting} waiting, ${stopped} stopped.`]),
    ...streams.flatMap((stream) => {
      const title = stream.client === null ? stream.kind : `${stream.client} ${stream.kind}`
      if (stream.state === 'inStep') return []
      return [`  ${shown(title)}: ${stream.waiting} waiting. ${shown(stream.sentence ?? '')}`.trimEnd()]
    }),
    ...status.forks.flatMap(toForkLines),
    ...approvalLines(status.approvals),
    ...status.unread.map(
      ({ client, connection }) =>
        `No device has a credential of ${shown(connection)} (${shown(client)}), so no device reads it.`,
    ),
    ...status.void.map((entry) => {
      const { client, position, member, reason } = entry
      return `Did not take effect: ${shown(client ?? 'team')} ${position} by ${shown(member ?? 'an unknown device')}. ${toDecided(entry)}${shown(reason)}${toClockWords(entry)}`
    }),
    ...status.clocks.map(
      (entry) =>
        `A clock was wrong: ${shown(entry.client ?? 'team')} ${entry.position}. ${toDecided(entry)}${toClockWords(entry).trim()}`,
    ),
    ...listSql(sql),
  ]
}

function toDecided({ decided }: Pick<VoidEntry, 'decided'>): string {
  return decided === null ? '' : `${shown(decided)}. `
}

/** By which clock an entry was decided, where that one is known to have been wrong; else nothing. */
function toClockWords({ member, own, at, placedAt, clockMs }: VoidEntry | ClockEntry): string {
  if (clockMs === null) return ''
  const times = { at: minuteCell(at), placedAt: minuteCell(placedAt), ms: clockMs }
  return ` ${describeClockError({ whose: shown(nameDevice(member, own)), ...times })}`
}

/** Both histories of a log, and how the server's is adopted. */
function toForkLines({ kind, client, position, own, server }: TeamFork): readonly string[] {
  const side = (words: string, { member, entries, head }: TeamFork['own']): string =>
    `  ${words}: ${counted(entries, 'entry', 'entries')}, the first by ${shown(member ?? 'an unknown device')}, after it the head ${head}`
  return [
    `Two histories of ${shown(client === null ? kind : `${client} ${kind}`)} from position ${position}:`,
    side('this device', own),
    side('the server', server),
    `  Adopt the server’s: castellan team mend --adopt ${server.head}`,
  ]
}

function approvalLines({ clients, later }: TeamStatus['approvals']): readonly string[] {
  const asking = clients.filter(({ required }) => required)
  if (asking.length === 0 && !later) return []
  const named = asking.map(({ client, uid }) => shown(client ?? uid))
  const words = asking.length === clients.length && later ? 'all clients' : named.join(', ')
  return [`Changes need the approval of a second member: ${words === '' ? 'clients that are added later' : words}.`]
}

function contactWords(lastContact: number | null): string {
  return lastContact === null ? 'not asked by this process' : `answered ${minuteCell(lastContact)}`
}

/** Statements that an administrator of the database has to run. */
export function listSql(sql: readonly string[]): readonly string[] {
  if (sql.length === 0) return []
  return ['For the administrator of the database, in this database:', ...sql.map((statement) => `${statement};`)]
}

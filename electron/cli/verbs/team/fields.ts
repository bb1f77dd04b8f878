import type {
  ExchangeResult,
  ListedDecision,
  TeamDevice,
  TeamMember,
  TeamStatus,
  UnheldClient,
  VerifiedLog,
} from '../../../../shared/contract/team.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import { SEVERITIES } from '../../../../shared/domain/findings/severity.ts'
import { count, flagged, json, plain, text } from '../../../../shared/nouns/noun.ts'
import type { Field } from '../../kit/listing.ts'
import { makeFields } from '../../kit/noun.ts'
import { shown } from '../../kit/text/shown.ts'
import { isoTime, minuteCell } from '../../kit/text/when.ts'

export interface MemberRow {
  readonly member: TeamMember
  /** Null for a member who has not joined yet. */
  readonly device: TeamDevice | null
}

export const MEMBER_FIELDS = makeFields<MemberRow>({
  name: text('Member', { table: { flexible: true } }, ({ member }) => member.name),
  email: text('E-mail', { table: { flexible: true } }, ({ member }) => member.email),
  role: text('Role', { table: {} }, ({ member }) => member.role),
  access: text('Clients', { table: { flexible: true } }, ({ member }) =>
    member.access.map(({ client, uid, role }) => `${client ?? uid}:${role}`).join(' '),
  ),
  own: json(({ member, device }) => device?.own ?? member.own),
  member: json(({ member }) => member.uid),
  device: text('Device', { table: { whole: true } }, ({ device }) => device?.uid ?? null),
  login: json(({ device }) => device?.login ?? null),
  paper: flagged('Paper', { table: {} }, ({ device }) => device?.paper === true),
})

export const VERIFY_FIELDS = makeFields<VerifiedLog>({
  ...plain('log'),
  kind: text('Log', { table: {} }),
  client: text('Client', { table: { whole: true } }),
  batches: count('Batches', { table: {} }),
  intact: flagged('Intact', { table: {} }),
  head: text('Head', { table: { whole: true } }),
  ...plain('sentence'),
})

const figure = (key: keyof NonNullable<UnheldClient['figures']>, title?: string): Field<UnheldClient> => ({
  key,
  json: ({ figures }) => figures?.[key] as string | number | null,
  ...(title === undefined ? {} : { column: { title, align: 'right' as const } }),
})

export const UNHELD_FIELDS: readonly Field<UnheldClient>[] = [
  { key: 'uid', json: ({ uid }) => uid, column: { title: 'Uid', whole: true } },
  { ...figure('slug'), column: { title: 'Client', flexible: true } },
  figure('name'),
  figure('colour'),
  figure('people', 'People'),
  figure('keys', 'Keys'),
  figure('due', 'Due'),
  figure('overdue', 'Overdue'),
  ...SEVERITIES.map((severity): Field<UnheldClient> => ({
    key: severity,
    json: ({ figures }) => figures?.findings?.[severity] ?? null,
  })),
  figure('connections'),
  figure('notRead', 'Not read'),
  figure('lastSync', 'Last sync'),
  figure('lastReview', 'Last review'),
  figure('entries'),
  {
    key: 'writtenAt',
    json: ({ writtenAt }) => (writtenAt === null ? null : isoTime(writtenAt)),
    cell: ({ writtenAt }) => (writtenAt === null ? 'no figures' : minuteCell(writtenAt)),
    column: { title: 'As of' },
  },
]

export function toStatusLines(status: TeamStatus): readonly string[] {
  const { state, sentence, name, server, own, members, lastContact, problems, unheld } = status
  if (state === 'none') {
    return ['This profile does not belong to a team. Found one: castellan team init. Join one: castellan team join.']
  }
  const who = own === null ? '' : ` You are ${shown(own.name ?? own.uid)} (${own.role}).`
  const required = status.approvals.filter((each) => each.required)
  return [
    ...(name === null ? [] : [`${shown(name)}: ${counted(members.length, 'member')}.${who}`]),
    ...(sentence === null ? [] : [`! ${shown(sentence)}`]),
    ...(server === null
      ? []
      : [
          `Server ${shown(server.host)}:${server.port}/${shown(server.database)}, login ${shown(server.login)}; ${lastContact === null ? 'not asked by this process' : `answered ${minuteCell(lastContact)}`}.`,
        ]),
    ...(status.root === null ? [] : [`Root ${status.root}`]),
    ...problems.map((problem) => `! ${shown(problem)}`),
    ...status.stopped.flatMap(({ log, sentence: words, choices }) => [
      `! ${shown(words)}`,
      ...choices.map((choice) => `  ${shown(choice.words)}: castellan team resolve ${log} ${choice.head}`),
    ]),
    ...status.waiting.map(({ client, count: many }) => `Waiting: ${many} of ${shown(client ?? 'the agency')}.`),
    ...list('Asked back', status.askedBack),
    ...list('Did not count', status.noEffect),
    ...list('A clock was wrong', status.clocks),
    ...(required.length === 0
      ? []
      : [
          `Changes need the approval of a second member: ${required.map(({ client, uid }) => shown(client ?? uid)).join(', ')}.`,
        ]),
    ...(unheld === 0
      ? []
      : [`${counted(unheld, 'client')} not on this device, and in no list: castellan team unheld.`]),
  ]
}

export function toExchangeLines(done: ExchangeResult): readonly string[] {
  const { read, placed, restored, enrolled, waiting, sentences } = done
  const more = `${restored === 0 ? '' : `, ${restored} restored`}${enrolled === 0 ? '' : `, ${counted(enrolled, 'device')} let in`}`
  return [
    `Read ${read}, placed ${placed}, ${waiting} waiting${more}.`,
    ...list('Did not count', done.refused),
    ...list('Asked back', done.askedBack),
    ...sentences.map((sentence) => `! ${shown(sentence)}`),
  ]
}

function list(title: string, decisions: readonly ListedDecision[]): readonly string[] {
  return decisions.map(({ uid, client, member, own, decided, at, sentence }) => {
    const by = own ? 'you' : shown(member ?? 'an unknown device')
    const when = at === null ? '' : ` on ${minuteCell(at)}`
    return `${title}: ${shown(decided ?? uid)} (${shown(client ?? 'the agency')}, by ${by}${when}). ${shown(sentence)} [${uid}]`
  })
}

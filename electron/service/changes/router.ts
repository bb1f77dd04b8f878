import {
  changesContract,
  CHANGE_KINDS,
  type Change,
  type ChangeKind,
  type Point,
} from '../../../shared/contract/changes.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { changesMarkdown } from '../../../shared/report/changes-markdown.ts'
import { changeWord, pointWord } from '../../../shared/report/changes-words.ts'
import { changesBetween, type ChangesBetween, namedChanges, toRef } from '../../register/changes/changes.ts'
import type { RawChange } from '../../register/changes/raw-change.ts'
import { changesOfSyncs, timelinePoints } from '../../register/changes/timeline.ts'
import { listConnections } from '../../register/connections/connection.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { Register } from '../../register/register.ts'
import { endsOfQuestion } from './points.ts'
import { checkScope, type Context, getReader, makeRegister } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { invalid } from '../kit/refusal.ts'

const os = implementArea({ changes: changesContract })

interface Question {
  readonly client?: string | undefined
  readonly since: Point
  readonly until?: Point | undefined
  readonly kinds?: readonly ChangeKind[] | undefined
  readonly connection?: number | undefined
  readonly person?: number | undefined
}

interface Kept {
  readonly question: string
  readonly answer: ChangesBetween
}

/**
 * The last comparison of each open register: a list is read slice by slice and by one filter after the other, all from
 * one comparison. Only one is kept, since it may hold a change for every grant.
 */
const kept = new WeakMap<Register, Kept>()

/** How many changes each sync brought. The changes of a finished sync never change. */
const counted = new WeakMap<Register, Map<number, number>>()

/** Throws `Refusal` NOT_FOUND and INVALID. */
function compareStates(context: Context, question: Question): ChangesBetween {
  checkScope(context, question)
  const register = makeRegister(context)
  const { ends, isAfter } = endsOfQuestion(register.reader, question)
  if (isAfter) {
    throw invalid(
      'since',
      `${pointWord(question.since)} is later than ${pointWord(question.until)}.`,
      'Use the earlier of the two as the beginning.',
    )
  }
  const fold = isDated(question.since)
  const asked = JSON.stringify([register.revision(), ends, fold])
  const known = kept.get(register)
  if (known?.question === asked) return known.answer
  const answer = changesBetween(register.reader, ends.scope, ends.since, ends.until, fold)
  kept.set(register, { question: asked, answer })
  return answer
}

/** A point that a person gives to look back; the beginning of all syncs is asked for to see what the first ones found. */
function isDated(since: Point): boolean {
  return 'day' in since || ('at' in since && since.at > 0)
}

interface Narrowed {
  readonly counts: Outputs['changes']['list']['counts']
  readonly changes: readonly RawChange[]
}

function narrowed(reader: Reader, all: readonly RawChange[], question: Question): Narrowed {
  const { connection, person, kinds } = question
  const theirs =
    person === undefined
      ? null
      : new Set(reader.column<number>('SELECT id FROM principal WHERE person_id = ?', [person]))
  const within =
    connection === undefined && theirs === null
      ? all
      : all.filter(
          ({ connectionId, subject }) =>
            (connection === undefined || connectionId === connection) &&
            (theirs === null || (subject.kind === 'principal' && theirs.has(subject.id))),
        )
  const counts = new Map<ChangeKind, number>()
  for (const { kind } of within) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const asked = kinds === undefined ? null : new Set(kinds)
  return {
    counts: CHANGE_KINDS.flatMap((kind) => {
      const count = counts.get(kind)
      return count === undefined ? [] : { kind, count }
    }),
    changes: asked === null ? within : within.filter(({ kind }) => asked.has(kind)),
  }
}

function comparedIn({ spans }: ChangesBetween): Outputs['changes']['list']['compared'] {
  return spans.map(({ connection, from, to }) => ({
    connection: toRef(connection),
    client: connection.client,
    from,
    to,
  }))
}

function clientName(reader: Reader, slug: string | undefined): string | null {
  return slug === undefined ? null : (reader.value<string>('SELECT name FROM client WHERE slug = ?', [slug]) ?? slug)
}

/** The filters of a document, in words. */
function narrowing(compared: ChangesBetween, question: Question, rows: readonly Change[]): string {
  const { kinds, connection, person } = question
  const label = compared.spans.find((span) => span.connection.id === connection)?.connection.label
  const name = rows.find((row) => row.subject.personId === person)?.subject.name
  return [
    ...(kinds === undefined ? [] : [kinds.map((kind) => changeWord(kind).toLowerCase()).join(', ')]),
    ...(connection === undefined ? [] : [`connection ${label ?? connection}`]),
    ...(person === undefined ? [] : [`person ${name ?? person}`]),
  ].join('; ')
}

export const changesRouter = {
  list: os.changes.list.handler(({ context, input }) => {
    const reader = getReader(context)
    const compared = compareStates(context, input)
    const { counts, changes } = narrowed(reader, compared.changes, input)
    return {
      total: changes.length,
      counts,
      compared: comparedIn(compared),
      rows: namedChanges(reader, compared.spans, changes.slice(input.offset, input.offset + input.limit)),
    }
  }),
  markdown: os.changes.markdown.handler(({ context, input }) => {
    const reader = getReader(context)
    const compared = compareStates(context, input)
    const { counts, changes } = narrowed(reader, compared.changes, input)
    const rows = namedChanges(reader, compared.spans, changes)
    const text = changesMarkdown({
      client: clientName(reader, endsOfQuestion(reader, input).ends.scope.client),
      since: input.since,
      until: input.until,
      narrowed: narrowing(compared, input, rows),
      counts,
      compared: comparedIn(compared),
      rows,
    })
    return { text }
  }),
  timeline: os.changes.timeline.handler(({ context, input }) => {
    checkScope(context, input)
    const register = makeRegister(context)
    const { reader } = register
    const known = counted.get(register) ?? new Map<number, number>()
    counted.set(register, known)
    const points = timelinePoints(reader, input, input.limit)
    const fresh = points.filter((point) => !known.has(point.syncId))
    for (const [syncId, count] of changesOfSyncs(reader, fresh)) known.set(syncId, count)
    const connections = new Map(listConnections(reader, input).map((connection) => [connection.id, connection]))
    return points.flatMap(({ syncId, before: last, at, connectionId, state }) => {
      const connection = connections.get(connectionId)
      if (!connection) return []
      const { client } = connection
      const before = last === 0 ? null : last
      return { syncId, before, at, client, connection: toRef(connection), state, changes: known.get(syncId) ?? 0 }
    })
  }),
}

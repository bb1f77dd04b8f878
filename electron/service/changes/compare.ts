import { CHANGE_KINDS, type ChangeKind, type Point } from '../../../shared/contract/changes.ts'
import type { Outputs } from '../../../shared/contract/contract.ts'
import { pointWord } from '../../../shared/report/changes-words.ts'
import { changesBetween, type ChangesBetween, toRef } from '../../register/changes/changes.ts'
import type { RawChange } from '../../register/changes/raw-change.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { Register } from '../../register/register.ts'
import { checkScope, type Context, makeRegister } from '../core/context.ts'
import { invalid } from '../kit/refusal.ts'
import { endsOfQuestion } from './points.ts'

/** Which changes are asked for. */
export interface Question {
  readonly client?: string | undefined
  readonly since: Point
  readonly until?: Point | undefined
  readonly kinds?: readonly ChangeKind[] | undefined
  readonly connection?: number | undefined
  readonly person?: number | undefined
}

interface CachedAnswer {
  readonly question: string
  readonly answer: ChangesBetween
}

/**
 * The last comparison of each open register: a list is read slice by slice and by one filter after the other, all from
 * one comparison. Only one is kept, since it may hold a change for every grant.
 */
const kept = new WeakMap<Register, CachedAnswer>()

/** All changes between the ends of a question. Throws `Refusal` NOT_FOUND and INVALID. */
export function compareStates(context: Context, question: Question): ChangesBetween {
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

interface ChangeSelection {
  readonly counts: Outputs['changes']['list']['counts']
  readonly changes: readonly RawChange[]
}

/** The changes that a question asks for, and how many there are of each kind. */
export function narrowed(reader: Reader, all: readonly RawChange[], question: Question): ChangeSelection {
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

/** The compared spans, as rows show them. */
export function comparedIn({ spans }: ChangesBetween): Outputs['changes']['list']['compared'] {
  return spans.map(({ connection, from, to }) => ({
    connection: toRef(connection),
    client: connection.client,
    from,
    to,
  }))
}

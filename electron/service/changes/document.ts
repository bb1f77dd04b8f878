import { changesTextInput } from '../../../shared/contract/changes.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import { changesMarkdown } from '../../../shared/report/changes-markdown.ts'
import { changeWord } from '../../../shared/report/changes-words.ts'
import { type ChangesBetween, eachNamedChange } from '../../register/changes/changes.ts'
import type { Reader } from '../../register/db/handles.ts'
import { eachInOneState } from '../../register/read/report.ts'
import { type Context, getReader } from '../core/context.ts'
import { answerEach } from '../core/implementer.ts'
import { comparedIn, compareStates, narrowed, type Question } from './compare.ts'
import { endsOfQuestion } from './points.ts'

/** The document of changes piece by piece, from one state of the register. Throws `Refusal` NOT_FOUND and INVALID. */
export function printChanges(context: Context, input: Question): Iterable<string> {
  const reader = getReader(context)
  return eachInOneState(reader, () => {
    const compared = compareStates(context, input)
    const { counts, changes } = narrowed(reader, compared.changes, input)
    const known = new Set(compared.spans.map(({ connection }) => connection.id))
    const shown = changes.filter(({ connectionId }) => known.has(connectionId))
    return changesMarkdown({
      client: clientName(reader, endsOfQuestion(reader, input).ends.scope.client),
      since: input.since,
      until: input.until,
      narrowed: narrowing(reader, compared, input, shown),
      counts,
      compared: comparedIn(compared),
      total: shown.length,
      kinds: new Set(shown.map(({ kind }) => kind)),
      rows: eachNamedChange(reader, compared.spans, shown),
    })
  })
}

/** Streams the document for a terminal. The register can be written only after the last piece. */
export function streamChanges(context: Context, input: Inputs['changes']['markdown']): Iterable<string> {
  return answerEach(context, { operation: 'changes.markdown', schema: changesTextInput, input }, (asked) =>
    printChanges(context, asked),
  )
}

function clientName(reader: Reader, slug: string | undefined): string | null {
  return slug === undefined ? null : (reader.value<string>('SELECT name FROM client WHERE slug = ?', [slug]) ?? slug)
}

/** The filters of a document, in words. */
function narrowing(
  reader: Reader,
  compared: ChangesBetween,
  question: Question,
  changes: ChangesBetween['changes'],
): string {
  const { kinds, connection, person } = question
  const label = compared.spans.find((span) => span.connection.id === connection)?.connection.label
  const name = person === undefined ? undefined : findName(reader, compared, person, changes)
  return [
    ...(kinds === undefined ? [] : [kinds.map((kind) => changeWord(kind).toLowerCase()).join(', ')]),
    ...(connection === undefined ? [] : [`connection ${label ?? connection}`]),
    ...(person === undefined ? [] : [`person ${name ?? person}`]),
  ].join('; ')
}

function findName(
  reader: Reader,
  { spans }: ChangesBetween,
  person: number,
  changes: ChangesBetween['changes'],
): string | undefined {
  for (const { subject } of eachNamedChange(reader, spans, changes))
    if (subject.personId === person) return subject.name
  return undefined
}

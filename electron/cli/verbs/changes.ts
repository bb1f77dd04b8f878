import { InvalidArgumentError } from 'commander'

import { CHANGE_KINDS, type Change, type ChangeKind, type Point } from '../../../shared/contract/changes.ts'
import { getDay } from '../../../shared/domain/day.ts'
import { REVIEW_KINDS } from '../../../shared/domain/reviews/review.ts'
import { changeWord, pointWord } from '../../../shared/report/changes-words.ts'
import { asList } from '../kit/layout.ts'
import { DAY_FORMS, parseDay, parseInstant } from '../kit/day-option.ts'
import { makeSlices, type Field } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { printDocument } from '../kit/document.ts'
import { EXIT } from '../kit/exit-code.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { isoTime } from '../kit/text/when.ts'
import { plain, CONNECTION_FIELDS, minuteField } from '../kit/fields.ts'

/** The most that one call returns. */
const SLICE = 100_000

const FIELDS: readonly Field<Change>[] = [
  { key: 'syncId', json: (row) => row.sync.id },
  minuteField('at', { title: 'Read' }, (row) => row.sync.at),
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'provider', json: (row) => row.connection.provider },
  { key: 'kind', json: (row) => row.kind, column: { title: 'Change' }, cell: (row) => changeWord(row.kind) },
  { key: 'subjectKind', json: (row) => row.subject.kind },
  { key: 'subjectId', json: (row) => row.subject.id },
  { key: 'subject', json: (row) => row.subject.name, column: { title: 'What', flexible: true } },
  { key: 'personId', json: (row) => row.subject.personId },
  { key: 'projectId', json: (row) => row.project?.id ?? null },
  { key: 'project', json: (row) => row.project?.name ?? null, column: { title: 'Project', flexible: true } },
  { key: 'before', json: (row) => row.before, column: { title: 'Before', flexible: true } },
  { key: 'after', json: (row) => row.after, column: { title: 'After', flexible: true } },
  ...plain('levelBefore', 'levelAfter'),
  {
    key: 'madeBy',
    json: (row) => row.madeBy?.name ?? null,
    column: { title: 'By', flexible: true, optional: true },
  },
  { key: 'madeAt', json: (row) => isoTime(row.madeBy?.at ?? null) },
]

const POINTS = `a day (UTC; ${DAY_FORMS.back}), a sync by its number, review:NUMBER, last-review, or last-review:KIND`

/** Computes where a question begins or ends from the present moment. */
type AskedPoint = (now: number) => Point

interface Options {
  readonly since: AskedPoint
  readonly until?: AskedPoint
  readonly kind?: readonly ChangeKind[]
}

export const define: DefineVerb = (command, act) => {
  command
    .requiredOption('--since <point>', `from this on: ${POINTS}`, point)
    .option('--until <point>', `up to and with this; else now: ${POINTS}`, point)
    .option('--kind <kind...>', `only these kinds: ${CHANGE_KINDS.join(', ')}`, kinds)
  asList(command, FIELDS)
  act<Options, []>(command, async (run, options) => {
    const { kind } = options
    const now = run.terminal.now()
    const [since, until] = [options.since(now), options.until?.(now)]
    const question = {
      ...readScope(run),
      since,
      ...(until === undefined ? {} : { until }),
      ...(kind === undefined ? {} : { kinds: [...kind] }),
    }
    if (run.layout.format === 'md' && run.layout.keys === null) {
      await printDocument(run, 'changes.markdown', question)
      return EXIT.done
    }
    await run.withApi('read', async (api) => {
      const listing = {
        fields: FIELDS,
        empty: `Nothing changed between ${pointWord(since)} and ${pointWord(until)}.`,
      }
      const slices = makeSlices((slice) => api.changes.list({ ...question, ...slice }), SLICE)
      await printListing(run, listing, slices)
    })
    return EXIT.done
  })
}

/** `2026-11-01`, `2026-11-01T09:00:00Z`, the number of a sync, `review:3`, `last-review`, or `last-review:admins`. */
function point(text: string): AskedPoint {
  const word = text.trim()
  if (NUMBER.test(word)) return () => ({ sync: Number(word) })
  const at = parseInstant(word)
  if (at !== null) return () => ({ at })
  const day = parseDay(word, 'back')
  // The day of a point is in UTC, so a relative day counts from today in UTC.
  if (day !== null) return (now) => ({ day: day(now, getDay) })
  const [what = '', which, ...more] = word.split(':')
  if (what === 'review' && which !== undefined && NUMBER.test(which) && more.length === 0)
    return () => ({ review: Number(which) })
  const kind = which === undefined ? 'any' : REVIEW_KINDS.find((each) => each === which)
  if (what === 'last-review' && kind !== undefined && more.length === 0) return () => ({ lastReview: kind })
  throw new InvalidArgumentError(
    `Write a day as ${DAY_FORMS.back}, or 12 (the number of a sync), review:3, last-review, ${REVIEW_KINDS.map((kind) => `last-review:${kind}`).join(', ')}.`,
  )
}

const NUMBER = /^[1-9]\d{0,14}$/u

function kinds(text: string, before: readonly ChangeKind[] | undefined): readonly ChangeKind[] {
  const kind = CHANGE_KINDS.find((each) => each === text.trim())
  if (kind === undefined) throw new InvalidArgumentError(`Write one or more of ${CHANGE_KINDS.join(', ')}.`)
  return [...(before ?? []), kind]
}

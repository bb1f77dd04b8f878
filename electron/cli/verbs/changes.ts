import { InvalidArgumentError } from 'commander'

import type { Point } from '../../../shared/contract/changes.ts'
import { CHANGE_KINDS, type ChangeKind, CHANGES } from '../../../shared/nouns/changes.ts'
import { getDay } from '../../../shared/domain/day.ts'
import { REVIEW_KINDS } from '../../../shared/domain/reviews/review.ts'
import { changeWord, pointWord } from '../../../shared/report/changes-words.ts'
import { asList } from '../kit/layout.ts'
import { DAY_FORMS, parseDay, parseInstant } from '../kit/day-option.ts'
import { makeSlices } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { printDocument } from '../kit/document.ts'
import { EXIT } from '../kit/exit-code.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { toFields } from '../kit/noun.ts'

/** The most that one call returns. */
const SLICE = 100_000

const FIELDS = toFields(CHANGES, { kind: (row) => changeWord(row.kind) })

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
    .about({
      calls: ['changes.list', 'changes.markdown --format'],
      example: ['--since 7d', '--since last-review --client acme --format md'],
    })
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

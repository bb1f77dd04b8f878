import type { ReactElement } from 'react'

import type { Day } from '../../../shared/domain/day.ts'
import { Named } from '../named.tsx'
import { absoluteTime, wholeNumber } from '../relative.ts'
import { Status, type Tone } from '../status.tsx'
import { When, WhenDay } from '../when.tsx'
import type { DataColumn } from './column.ts'

/** The layout of a column, and the word by which the service sorts it. */
export type Layout = Pick<DataColumn<never>, 'ch' | 'grow' | 'align' | 'sort' | 'hidden'>

/** The layout of a kind that knows how wide its content gets; `ch` widens it. */
type MeasuredLayout = Omit<Layout, 'ch'> & { readonly ch?: number }

/**
 * The longest content of a kind, in characters: `31 Dec 2026`, `12 months ago`, `9,999`. These are never cut, so a
 * column is never narrower.
 */
const LONGEST = { day: 11, distance: 13, time: 13, count: 5 } as const

type Kind<Value, More = unknown, Base = Layout> = <Row>(
  id: string,
  header: string,
  layout: Base & More,
  value: (row: Row) => Value,
) => DataColumn<Row>

/** A layout at least as wide as the longest content, in characters, which is never cut. */
function whole<L extends MeasuredLayout>(layout: L, longest: number): L & Pick<DataColumn<never>, 'ch' | 'whole'> {
  return { ...layout, ch: Math.max(layout.ch ?? 0, longest), whole: true }
}

/** Shown in a cell without a value. */
interface Otherwise {
  readonly otherwise?: string
}

/** Text written by a provider, a file or a person. */
export const textColumn: Kind<string | null | undefined, Otherwise & { readonly mono?: boolean }> = (
  id,
  header,
  { otherwise, mono = false, ...layout },
  value,
) => ({
  id,
  header,
  ...layout,
  cell: (row) => <Named text={value(row)} mono={mono} {...(otherwise === undefined ? {} : { otherwise })} />,
  text: (row) => value(row) ?? '',
})

/** Words of Castellan itself. */
export const wordColumn: Kind<string> = (id, header, layout, value) => ({
  id,
  header,
  ...layout,
  cell: value,
  text: value,
})

/** A status badge; `ch` is that of its longest word and its icon. */
export const statusColumn: Kind<{ readonly tone: Tone; readonly word: string; readonly title?: string }> = (
  id,
  header,
  layout,
  value,
) => ({
  id,
  header,
  ...whole(layout, layout.ch),
  cell: (row) => {
    const { tone, word, title } = value(row)
    return (
      <Status tone={tone} plain title={title}>
        {word}
      </Status>
    )
  },
  text: (row) => value(row).word,
})

export const countColumn: Kind<number, unknown, MeasuredLayout> = (id, header, layout, value) => ({
  id,
  header,
  align: 'end',
  ...whole(layout, LONGEST.count),
  cell: (row) => wholeNumber(value(row)),
  text: (row) => String(value(row)),
  number: value,
})

/** A count that is usually zero: a zero is shown quietly. */
export const rareColumn: Kind<number, unknown, MeasuredLayout> = (id, header, layout, value) => ({
  ...countColumn(id, header, layout, value),
  cell: (row) => quietNought(value(row)),
})

function quietNought(count: number): ReactElement | string {
  return count === 0 ? <span className="c-quiet">0</span> : wholeNumber(count)
}

/** An instant, in milliseconds since the epoch. */
export const timeColumn: Kind<number | null, Otherwise, MeasuredLayout> = (
  id,
  header,
  { otherwise, ...layout },
  value,
) => ({
  id,
  header,
  ...whole(layout, Math.max(LONGEST.time, otherwise?.length ?? 0)),
  cell: (row) => <When at={value(row)} {...(otherwise === undefined ? {} : { otherwise })} />,
  text: (row) => {
    const at = value(row)
    return at === null ? '' : absoluteTime(at)
  },
})

/** A calendar day; `show` chooses the day or the distance. */
export const dayColumn: Kind<Day | null, Otherwise & { readonly show?: 'day' | 'distance' }, MeasuredLayout> = (
  id,
  header,
  { otherwise, show = 'day', ...layout },
  value,
) => ({
  id,
  header,
  ...whole(layout, Math.max(LONGEST[show], otherwise?.length ?? 0)),
  cell: (row) => <WhenDay day={value(row)} show={show} {...(otherwise === undefined ? {} : { otherwise })} />,
  text: (row) => value(row) ?? '',
})

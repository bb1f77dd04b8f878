import { memo, useCallback, useDeferredValue, useMemo, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { USAGE_BY, type UsageSort } from '../../../shared/contract/usage.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { formatMonth } from '../../../shared/domain/text/dates.ts'
import { describeReading } from '../../../shared/domain/usage/headline.ts'
import { SOURCE_LABELS } from '../../../shared/domain/usage/source.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { byWord } from '../../entities/usage-labels.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { Choice, DIMENSIONS } from './controls.tsx'
import { rowsOptions, shownDimensions, type MonthQuestion, type OpenRow } from './questions.ts'
import { CLOSED, UNFILTERED, type UsageSearch } from './search.ts'
import { UsageTable } from './usage-table.tsx'

interface MonthRowsProps extends MonthQuestion {
  readonly search: UsageSearch
  readonly set: (change: UsageSearch) => void
  readonly open: (row: OpenRow) => void
}

/** Which days the rows are of, where not all days of two whole months were read. */
function ReadNote({ usage }: { readonly usage: Outputs['usage']['by'] }): ReactElement | null {
  const read = describeReading(usage)
  return read === '' ? null : <p className="c-card-note">{`${capitalize(visibleText(read))}.`}</p>
}

/** The rows of a month. They are drawn with low priority: the chart above them comes first. */
export const MonthRows = memo(function MonthRows({ search, set, open, ...asked }: MonthRowsProps): ReactElement {
  const { source, month, client } = asked
  const { by } = shownDimensions(search, client)
  const { sort = 'cost', direction = 'desc' } = search
  const rows = useQuery({ ...rowsOptions(asked, search), placeholderData: keepAnswer({ client }) })
  const isOld = rows.isPlaceholderData
  const reported = useMemo(
    () => (rows.data === undefined ? null : { by, month, usage: rows.data, isOld }),
    [rows.data, by, month, isOld],
  )
  const shown = useDeferredValue(reported, null)
  const openRow = useCallback((row: string) => open({ of: by, at: month, row }), [open, by, month])
  const sortBy = useCallback(
    (next: UsageSort) =>
      set({
        sort: next === 'cost' ? undefined : next,
        // A second choice of a column turns the order around; a name begins with A.
        direction: (next === sort ? direction === 'desc' : next === 'name') ? 'asc' : undefined,
      }),
    [set, sort, direction],
  )
  const choose = useCallback(
    (value: string | null) => set({ ...CLOSED, ...UNFILTERED, by: USAGE_BY.find((each) => each === value) }),
    [set],
  )
  return (
    <section className="c-card" aria-labelledby="usage">
      <header className="c-card-head">
        <h2 className="c-card-title" id="usage">
          {`${SOURCE_LABELS[source]} by ${byWord(by).toLowerCase()}, ${formatMonth(month)}`}
        </h2>
        <Choice label="Group by" options={DIMENSIONS} value={by} width={140} choose={choose} />
      </header>
      {rows.isError ? (
        <Failed error={rows.error} retry={() => void rows.refetch()} />
      ) : shown === null ? (
        <Loading what="the month" />
      ) : (
        <div aria-busy={isOld || shown !== reported}>
          <ReadNote usage={shown.usage} />
          <UsageTable {...shown} sort={sort} direction={direction} sortBy={sortBy} open={openRow} />
        </div>
      )}
    </section>
  )
})

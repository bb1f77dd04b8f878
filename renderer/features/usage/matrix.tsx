import { SegmentedControl, Table } from '@mantine/core'
import { memo, useMemo, type ReactElement, useEffect, useRef, useState, type RefObject } from 'react'

import type { UsageSource } from '../../../shared/contract/usage.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { formatMonth } from '../../../shared/domain/text/dates.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { describePeriod } from '../../../shared/domain/usage/headline.ts'
import { defaultSource, SOURCE_LABELS } from '../../../shared/domain/usage/source.ts'
import { query } from '../../data/api.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { computeLayout, type Layout } from './matrix-data.ts'
import styles from './usage.module.css'

export type Pairs = 'key-model' | 'feature-key'

interface MatrixProps {
  readonly client: string | undefined
  readonly month: string
  readonly pairs: Pairs
  readonly source: UsageSource
  readonly choose: (pairs: Pairs) => void
}

const WORDS: Readonly<Record<Pairs, { readonly row: string; readonly title: string }>> = {
  'key-model': { row: 'Key', title: 'Keys by model' },
  'feature-key': { row: 'Feature', title: 'Features by key' },
}

/**
 * Usage by two dimensions: a table whose cells are shaded by cost. Ten thousand pairs are requested once the table is
 * about to be visible.
 */
export const Matrix = memo(function Matrix({ client, month, pairs, source, choose }: MatrixProps): ReactElement {
  const [seen, section] = useSeen()
  // Providers do not bill features.
  const of = pairs === 'feature-key' ? defaultSource('feature') : source
  const matrix = useQuery({
    ...query.usage.matrix.queryOptions({ input: { client, month, of: pairs, source: of, limit: 10_000 } }),
    placeholderData: keepAnswer({ client, of: pairs }),
    enabled: seen,
  })
  const read = matrix.data === undefined ? '' : describePeriod(matrix.data)
  const layout = useMemo(() => computeLayout(matrix.data?.cells ?? []), [matrix.data])
  return (
    <section className="c-card" aria-labelledby="pairs" ref={section}>
      <header className="c-card-head">
        <h2 className="c-card-title" id="pairs">
          {`${WORDS[pairs].title}, ${formatMonth(month)}, ${SOURCE_LABELS[of].toLowerCase()}, USD`}
        </h2>
        <SegmentedControl
          aria-label="Dimensions"
          value={pairs}
          data={[
            { value: 'key-model', label: 'Keys by model' },
            { value: 'feature-key', label: 'Features by key' },
          ]}
          onChange={(value) => choose(value === 'feature-key' ? 'feature-key' : 'key-model')}
        />
      </header>
      {!seen ? (
        <p className="c-card-note">Scroll down to load.</p>
      ) : matrix.isPending ? (
        <Loading what="the pairs" />
      ) : matrix.isError ? (
        <Failed error={matrix.error} retry={() => void matrix.refetch()} />
      ) : layout.rows.length === 0 ? (
        <p className="c-card-note">
          {matrix.data.reading.state === 'none' && read !== ''
            ? `${capitalize(visibleText(read))}: what was used is unknown.`
            : pairs === 'feature-key'
              ? 'Only internal records name features. Import some.'
              : 'No usage.'}
        </p>
      ) : (
        <>
          {read === '' ? null : <p className="c-card-note">{`${capitalize(visibleText(read))}.`}</p>}
          <Heat layout={layout} pairs={pairs} />
        </>
      )}
    </section>
  )
})

/** Shades, from almost zero to the maximum; every cell also shows its number. */
const SHADES = 5

function Heat({ layout, pairs }: { readonly layout: Layout; readonly pairs: Pairs }): ReactElement {
  const { columns, rows, most, left } = layout
  const shade = (cost: number): number => (most === 0 || cost < 0 ? 0 : Math.ceil((cost / most) * SHADES))
  return (
    <>
      <Table.ScrollContainer minWidth={680} type="native">
        <Table className={`c-table ${styles['heat'] ?? ''}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{WORDS[pairs].row}</Table.Th>
              {columns.map((name) => (
                <Table.Th key={name ?? ''} className="c-number">
                  <Named text={name} otherwise="Not reported" />
                </Table.Th>
              ))}
              <Table.Th className="c-number">All</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ name, costs, total }) => (
              <Table.Tr key={name ?? ''}>
                <Table.Th scope="row">
                  <Named text={name} otherwise="Not reported" />
                </Table.Th>
                {costs.map((cost, at) => (
                  <Table.Td
                    key={columns[at] ?? ''}
                    className="c-number"
                    style={{ '--shade': cost === null ? 0 : shade(cost) }}
                  >
                    {cost === null ? '–' : dollarText(cost)}
                  </Table.Td>
                ))}
                <Table.Td className="c-number">{dollarText(total)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {left.rows > 0 || left.columns > 0 ? (
        <p className="c-card-note">
          {`Not shown: ${[left.rows > 0 ? plural(left.rows, 'row') : '', left.columns > 0 ? plural(left.columns, 'column') : ''].filter((part) => part !== '').join(' and ')} that cost less. The terminal lists all: castellan usage matrix ${pairs}.`}
        </p>
      ) : null}
    </>
  )
}

/** Starts half a screen before the element is visible. */
const AHEAD = '400px'

/** True if an element is or was visible, or is about to be. Returned with the ref for it. */
function useSeen(): readonly [seen: boolean, of: RefObject<HTMLElement | null>] {
  const of = useRef<HTMLElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (seen || of.current === null) return undefined
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
      },
      { rootMargin: AHEAD },
    )
    watch.observe(of.current)
    return () => watch.disconnect()
  }, [seen])
  return [seen, of]
}

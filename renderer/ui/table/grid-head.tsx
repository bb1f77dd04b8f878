import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { DataColumn } from './column.ts'
import classes from './table.module.css'
import type { HeadDrag } from './use-head-drag.ts'

export interface Sort {
  readonly by: string
  readonly direction: 'asc' | 'desc'
}

interface HeadProps<Row> {
  readonly id: string
  readonly columns: readonly DataColumn<Row>[]
  readonly sort: Sort
  readonly onSort: (by: string) => void
  /** The focused column while the focus is in the header. */
  readonly activeColumn: number | null
  readonly selected: 'none' | 'some' | 'all'
  readonly onSelectAll: () => void
  readonly drag: HeadDrag
  /** The paragraph of the guide about a column. */
  readonly topicOf: (heading: string) => string | null
}

/**
 * The header of a list. Its controls are for the mouse: a click sorts, the edge resizes (a double click fits it to the
 * content), and the label drags the column. The keyboard moves through the header as a row of the grid, where `?`
 * explains the column.
 */
export function GridHead<Row>(props: HeadProps<Row>): ReactElement {
  const { id, columns, sort, onSort, activeColumn, selected, onSelectAll, drag, topicOf } = props
  return (
    <thead className={classes['head']}>
      <tr id={id} aria-rowindex={1} className={classes['head-row']}>
        <th scope="col" aria-colindex={1} className={classes['select']}>
          <button
            type="button"
            tabIndex={-1}
            className={classes['head-box']}
            aria-label={selected === 'all' ? 'Clear the selection' : 'Select all'}
            onClick={onSelectAll}
          >
            <span className={classes['box']} data-state={selected} aria-hidden />
          </button>
        </th>
        {columns.map((column, place) => {
          const direction = column.sort !== undefined && column.sort === sort.by ? sort.direction : null
          return (
            <th
              key={column.id}
              scope="col"
              id={`${id}-${place}`}
              aria-colindex={place + 2}
              aria-sort={sortWord(column, direction)}
              className={classes['head-cell']}
              data-align={column.align}
              data-column={column.id}
              data-help={topicOf(column.header) ?? undefined}
              data-first={place === 0 ? '' : undefined}
              data-active={activeColumn === place ? '' : undefined}
            >
              {column.sort === undefined ? (
                // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the columns menu does the same by keyboard
                <span
                  className={`c-cut ${classes['head-label']}`}
                  onPointerDown={(event) => drag.onGrab(event, column.id)}
                >
                  {column.header}
                </span>
              ) : (
                <button
                  type="button"
                  tabIndex={-1}
                  className={classes['head-button']}
                  onPointerDown={(event) => drag.onGrab(event, column.id)}
                  onClick={() => {
                    if (!drag.wasDragged()) onSort(column.sort ?? '')
                  }}
                >
                  <span className={`c-cut ${classes['head-label']}`}>{column.header}</span>
                  <SortMark direction={direction} />
                </button>
              )}
              {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Shift and the arrows do the same by keyboard */}
              <span
                className={classes['edge']}
                aria-hidden
                onPointerDown={(event) => drag.onEdge(event, column.id)}
                onDoubleClick={() => drag.fit(column.id)}
              />
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function sortWord(
  column: Pick<DataColumn<never>, 'sort'>,
  direction: Sort['direction'] | null,
): 'ascending' | 'descending' | 'none' | undefined {
  if (column.sort === undefined) return undefined
  if (direction === null) return 'none'
  return direction === 'asc' ? 'ascending' : 'descending'
}

function SortMark({ direction }: { readonly direction: Sort['direction'] | null }): ReactElement | null {
  if (direction === null) return null
  const Icon = direction === 'asc' ? IconArrowUp : IconArrowDown
  return <Icon size={12} stroke={2.4} aria-hidden className={classes['sort-mark']} />
}

import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { memo, type ReactElement } from 'react'

import type { DataColumn } from './column.ts'
import classes from './table.module.css'

interface RowProps<Row> {
  readonly id: string
  readonly row: Row | undefined
  readonly columns: readonly DataColumn<Row>[]
  /** Place in the list, from 0. */
  readonly index: number
  /** Place on the screen, from 0: headings of groups included. */
  readonly line: number
  /** Pixels from the top of the scrolled element. */
  readonly top: number
  readonly selected: boolean
  /** Its panel is open. */
  readonly open: boolean
  /** The focused column; null when another row has the focus. */
  readonly activeColumn: number | null
  /** The row belongs to the previous filter; the new answer is on its way. */
  readonly stale: boolean
}

/** A row of a list; gray bars until its data arrives. The list handles clicks and finds the row by its data. */
function RowLine<Row>(props: RowProps<Row>): ReactElement {
  const { id, row, columns, index, line, top, selected, open, activeColumn, stale } = props
  return (
    <tr
      id={id}
      aria-rowindex={line + 2}
      aria-selected={selected}
      aria-current={open ? 'true' : undefined}
      aria-busy={row === undefined ? 'true' : undefined}
      className={classes['row']}
      data-index={index}
      data-active={activeColumn === null ? undefined : ''}
      data-stale={stale ? '' : undefined}
      style={{ top }}
    >
      <td aria-colindex={1} aria-label={selected ? 'Selected' : 'Not selected'} className={classes['select']}>
        <span className={classes['box']} aria-hidden />
      </td>
      {columns.map((column, place) => (
        <td
          key={column.id}
          id={`${id}-${place}`}
          aria-colindex={place + 2}
          className={classes['cell']}
          data-align={column.align}
          data-first={place === 0 ? '' : undefined}
          data-whole={column.whole === true ? '' : undefined}
          data-active={activeColumn === place ? '' : undefined}
          title={row === undefined ? undefined : hoverText(column.text(row))}
        >
          {row === undefined ? <span className={classes['bar']} /> : column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

/** A short text is never cut, and a tooltip on each cell would be noise. */
function hoverText(text: string): string | undefined {
  return text.length > 18 ? text : undefined
}

export const GridRow = memo(RowLine) as typeof RowLine

interface HeadingProps {
  readonly id: string
  /** The id of the group. */
  readonly group: string
  readonly label: string
  readonly count: string
  readonly line: number
  readonly top: number
  readonly span: number
  readonly collapsed: boolean
  readonly active: boolean
}

/** The heading of a group of rows. A click, Enter, Space, Left and Right collapse and expand it. */
export function GridHeading(props: HeadingProps): ReactElement {
  const { id, group, label, count, line, top, span, collapsed, active } = props
  const Icon = collapsed ? IconChevronRight : IconChevronDown
  return (
    <tr
      id={id}
      aria-rowindex={line + 2}
      className={classes['heading']}
      data-group={group}
      data-active={active ? '' : undefined}
      style={{ top }}
    >
      <td aria-colindex={1} aria-expanded={!collapsed} colSpan={span} className={classes['heading-cell']}>
        <Icon size={14} aria-hidden className={classes['heading-mark']} />
        <strong>{label}</strong> <span className="c-quiet">{count}</span>
      </td>
    </tr>
  )
}

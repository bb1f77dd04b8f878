import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCopy, IconX } from '@tabler/icons-react'
import type { ComponentProps, ReactElement, ReactNode } from 'react'

import { plural, wholeNumber } from '../relative.ts'
import type { ColumnLayout } from './column-memory.ts'
import type { DataColumn } from './column.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import { ExportMenu } from './export-menu.tsx'
import { GoToRow } from './go-to-row.tsx'
import type { Range } from './scroll-map.ts'
import classes from './table-foot.module.css'

interface FootProps {
  readonly noun: readonly [one: string, many: string]
  readonly total: number
  /** Rows in view. */
  readonly seen: Range
  readonly selected: number
  /** Actions on the selected rows. */
  readonly actions: ReactNode
  readonly onClear: () => void
  readonly onCopy: () => void
  /** The selected rows, for an export. */
  readonly readTable: ComponentProps<typeof ExportMenu>['read']
  readonly goingTo: boolean
  readonly setGoingTo: (opened: boolean) => void
  readonly goTo: (index: number) => void
  readonly columns: readonly Pick<DataColumn<never>, 'id' | 'header'>[]
  /** Ids of all columns in their present order. */
  readonly order: readonly string[]
  readonly shown: ReadonlySet<string>
  readonly changeLayout: (change: (layout: ColumnLayout) => ColumnLayout | null) => void
  /** The paragraph of the guide about a column. */
  readonly topicOf: (heading: string) => string | null
}

/**
 * The foot of a list: the number of rows, the rows in view, and the column menu. Over it, as soon as rows are selected,
 * the bar of what can be done with them; Tab reaches it from the list.
 */
export function TableFoot(props: FootProps): ReactElement {
  const { noun, total, seen, selected, goingTo, setGoingTo, goTo } = props
  const { columns, order, shown, changeLayout, topicOf } = props
  return (
    <div className={classes['foot']}>
      <output>{plural(total, noun[0], noun[1])}</output>
      {selected === 0 ? null : <SelectionBar {...props} />}
      <div className={classes['foot-end']}>
        <GoToRow total={total} seen={seen} opened={goingTo} setOpened={setGoingTo} goTo={goTo} />
        <ColumnsMenu columns={columns} order={order} shown={shown} changeLayout={changeLayout} topicOf={topicOf} />
      </div>
    </div>
  )
}

type BarProps = Pick<FootProps, 'noun' | 'selected' | 'actions' | 'onClear' | 'onCopy' | 'readTable'>

function SelectionBar({ noun, selected, actions, onClear, onCopy, readTable }: BarProps): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset is for fields
    <div className={classes['bulk']} role="group" aria-label={`Selected ${noun[1]}`}>
      <strong className={classes['bulk-count']}>{wholeNumber(selected)} selected</strong>
      {actions}
      <Tooltip label="Copy as tab-separated text (Ctrl+C)">
        <Button variant="default" size="compact-sm" leftSection={<IconCopy size={13} aria-hidden />} onClick={onCopy}>
          Copy
        </Button>
      </Tooltip>
      <ExportMenu noun={noun} selected={selected} read={readTable} />
      <Tooltip label="Clear the selection (Escape)">
        <ActionIcon size={24} aria-label="Clear the selection" onClick={onClear}>
          <IconX size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

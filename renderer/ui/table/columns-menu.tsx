import { ActionIcon, Button, Checkbox, Popover, SegmentedControl, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp, IconColumns3 } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { HelpLink } from '../help/help-link.tsx'
import { moveColumn, type ColumnLayout } from './column-memory.ts'
import type { DataColumn } from './column.ts'
import { setDensity, useDensity, type Density } from './density.ts'
import classes from './table-foot.module.css'

interface ColumnsMenuProps {
  readonly columns: readonly Pick<DataColumn<never>, 'id' | 'header'>[]
  readonly order: readonly string[]
  readonly shown: ReadonlySet<string>
  readonly changeLayout: (change: (layout: ColumnLayout) => ColumnLayout | null) => void
  /** The paragraph of the guide about a column. */
  readonly topicOf: (heading: string) => string | null
}

const DENSITIES: { readonly value: Density; readonly label: string }[] = [
  { value: 'normal', label: 'Normal' },
  { value: 'compact', label: 'Compact' },
]

/**
 * The menu that shows, hides, orders and explains columns, and sets how close the rows of all lists are. At least one
 * column stays.
 */
export function ColumnsMenu({ columns, order, shown, changeLayout, topicOf }: ColumnsMenuProps): ReactElement {
  const [opened, menu] = useDisclosure(false)
  const density = useDensity()
  const headerOf = new Map(columns.map(({ id, header }) => [id, header]))
  const show = (id: string, visible: boolean): void =>
    changeLayout((layout) => ({ ...layout, visible: { ...layout.visible, [id]: visible } }))
  const move = (id: string, by: -1 | 1): void =>
    changeLayout((layout) => ({ ...layout, order: moveColumn(order, id, by) }))
  return (
    <Popover position="top-end" trapFocus withRoles width={280} opened={opened} onChange={menu.set}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          leftSection={<IconColumns3 size={14} aria-hidden />}
          onClick={menu.toggle}
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns" p={8}>
        <SegmentedControl
          fullWidth
          size="xs"
          mb={6}
          aria-label="Row height"
          data={DENSITIES}
          value={density}
          onChange={setDensity}
        />
        <ul className={classes['columns']}>
          {order.map((id, place) => {
            const header = headerOf.get(id) ?? id
            const topic = topicOf(header)
            return (
              <li key={id}>
                <Checkbox
                  label={header}
                  checked={shown.has(id)}
                  disabled={shown.has(id) && shown.size === 1}
                  onChange={(event) => show(id, event.currentTarget.checked)}
                />
                <span className={classes['foot-end']}>
                  {topic === null ? null : <HelpLink topic={topic} about={header} onOpen={menu.close} />}
                  <Tooltip label="Move left">
                    <ActionIcon
                      size="sm"
                      aria-label={`Move ${header} left`}
                      disabled={place === 0}
                      onClick={() => move(id, -1)}
                    >
                      <IconChevronUp size={14} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                  <Tooltip label="Move right">
                    <ActionIcon
                      size="sm"
                      aria-label={`Move ${header} right`}
                      disabled={place === order.length - 1}
                      onClick={() => move(id, 1)}
                    >
                      <IconChevronDown size={14} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                </span>
              </li>
            )
          })}
        </ul>
        <Button variant="subtle" size="compact-xs" onClick={() => changeLayout(() => null)}>
          Reset columns
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}

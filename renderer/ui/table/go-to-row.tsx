import { Button, NumberInput, Popover } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { wholeNumber } from '../relative.ts'
import type { Range } from './scroll-map.ts'

interface GoToRowProps {
  readonly total: number
  readonly seen: Range
  readonly opened: boolean
  readonly setOpened: (opened: boolean) => void
  readonly goTo: (index: number) => void
}

/** Shows which rows are in view, and goes to any other. */
export function GoToRow({ total, seen, opened, setOpened, goTo }: GoToRowProps): ReactElement {
  const [row, setRow] = useState<number | string>('')
  const go = (): void => {
    if (typeof row !== 'number') return
    setOpened(false)
    goTo(row - 1)
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top-end"
      trapFocus
      withRoles
      returnFocus={false}
      width={240}
    >
      <Popover.Target>
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setOpened(!opened)}>
          {`${wholeNumber(seen.first + 1)}–${wholeNumber(Math.max(seen.end, seen.first + 1))} of ${wholeNumber(total)}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Go to a row">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            go()
          }}
        >
          <NumberInput
            label="Go to row"
            description={`1 to ${wholeNumber(total)}`}
            value={row}
            onChange={setRow}
            min={1}
            max={total}
            clampBehavior="strict"
            allowDecimal={false}
            thousandSeparator=","
            hideControls
            data-autofocus
          />
          <Button type="submit" fullWidth mt={8} disabled={typeof row !== 'number'}>
            Go
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

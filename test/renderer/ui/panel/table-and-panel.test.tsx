import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { TableAndPanel } from '../../../../renderer/ui/panel/table-and-panel.tsx'
import type { DataTableProps } from '../../../../renderer/ui/table/table-props.ts'

type Row = { readonly id: number }
type TableProps = DataTableProps<Row> & { readonly onMove?: () => void }

const shown = vi.hoisted(() => ({ table: null as unknown }))

vi.mock('../../../../renderer/ui/table/data-table.tsx', () => ({
  DataTable: (props: unknown) => {
    shown.table = props
    return null
  },
}))

vi.mock('../../../../renderer/ui/panel/list-and-panel.tsx', () => ({
  ListAndPanel: ({ list, panel }: { readonly list: ReactElement; readonly panel: ReactElement }) => (
    <>
      {list}
      {panel}
    </>
  ),
}))

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', globalThis)
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A list with the panel of row 1 open, the calls of `open`, and the way in which the panel closes itself. */
function opened() {
  const calls: (number | undefined)[] = []
  let close = (): void => undefined
  renderToStaticMarkup(
    <TableAndPanel<Row, number>
      {...({} as DataTableProps<Row>)}
      filters={null}
      rowId={({ id }) => id}
      opened={1}
      open={(id) => calls.push(id)}
      renderPanel={(_, closePanel) => {
        close = closePanel
        return <p>Panel</p>
      }}
    />,
  )
  const table = shown.table as TableProps & { readonly handle: { current: unknown } }
  table.handle.current = { getFocused: () => ({ id: 2 }) }
  return { calls, close, move: () => table.onMove?.() }
}

it('an open panel follows the row that the list rests on', () => {
  const { calls, move } = opened()
  move()
  vi.runAllTimers()
  expect(calls).toEqual([2])
})

it('a panel that is closed before it has followed the list stays closed', () => {
  const { calls, close, move } = opened()
  move()
  close()
  vi.runAllTimers()
  expect(calls).toEqual([undefined])
})

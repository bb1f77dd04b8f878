import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { use, useState, type ReactElement } from 'react'

import { MAX_EXPORTED_ROWS, type TableFormat } from '../../../shared/contract/files.ts'
import { Problem } from '../failure.ts'
import { notifyDone, notifyFailed } from '../notify.tsx'
import { plural, wholeNumber } from '../relative.ts'
import { visibleText } from '../text.ts'
import { ExportTableContext, type ExportedTable } from './export.ts'

interface ExportMenuProps {
  readonly noun: readonly [one: string, many: string]
  /** How many rows are selected. */
  readonly selected: number
  /** The selected rows in the columns that are shown. */
  readonly read: () => Promise<Omit<ExportedTable, 'format'>>
}

/** Saves the selected rows as a file: asks for the format, then for the place. */
export function ExportMenu({ noun, selected, read }: ExportMenuProps): ReactElement | null {
  const save = use(ExportTableContext)
  const [busy, setBusy] = useState(false)
  if (save === null) return null
  const run = async (format: TableFormat): Promise<void> => {
    if (selected > MAX_EXPORTED_ROWS) {
      throw new Problem(
        `${plural(selected, noun[0], noun[1])} are too many for one export, whose limit is ${wholeNumber(MAX_EXPORTED_ROWS)}.`,
        'Filter the list, or export the register under Import & export.',
      )
    }
    const table = await read()
    const path = await save({ ...table, format })
    if (path !== null) {
      notifyDone({ message: `Exported ${plural(table.rows.length, noun[0], noun[1])} to ${visibleText(path)}` })
    }
  }
  const start = (format: TableFormat): void => {
    setBusy(true)
    run(format)
      .catch(notifyFailed)
      .finally(() => setBusy(false))
  }
  return (
    <Menu position="top-start" shadow="sm">
      <Menu.Target>
        <Button variant="default" size="compact-sm" leftSection={<IconDownload size={13} aria-hidden />} loading={busy}>
          Export…
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => start('csv')}>As CSV, for a spreadsheet</Menu.Item>
        <Menu.Item onClick={() => start('md')}>As Markdown, for a document</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

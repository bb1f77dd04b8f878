import { Button } from '@mantine/core'

import type { JournalEntryView } from '../../../shared/contract/journal.ts'
import { clientColumn } from '../../entities/ref-columns.tsx'
import { textColumn, timeColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

/** The columns of the audit log; `undo` undoes an entry. */
export const makeColumns = (undo: (row: JournalEntryView) => void): readonly DataColumn<JournalEntryView>[] => [
  timeColumn('at', 'When', { ch: 11 }, (row) => row.at),
  textColumn('by', 'By', { ch: 10, grow: 1 }, (row) => row.operator),
  wordColumn('action', 'Action', { ch: 18, grow: 1 }, (row) => row.says),
  textColumn('subject', 'Subject', { ch: 16, grow: 2 }, (row) => row.subject),
  clientColumn({ ch: 12, grow: 1 }),
  {
    id: 'undo',
    header: 'Undo',
    ch: 20,
    grow: 2,
    cell: (row) =>
      row.whyNot === null ? (
        // The action of the row has the same for the keyboard.
        <Button size="compact-xs" variant="subtle" tabIndex={-1} onClick={() => undo(row)}>
          Undo
        </Button>
      ) : (
        <span className="c-quiet">{row.whyNot}</span>
      ),
    text: (row) => row.whyNot ?? 'Undo',
  },
]

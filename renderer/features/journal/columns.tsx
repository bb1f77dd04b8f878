import { Button } from '@mantine/core'

import type { JournalEntryView } from '../../../shared/contract/journal.ts'
import { clientColumn } from '../../entities/ref-columns.tsx'
import { countColumn, textColumn, timeColumn, wordColumn } from '../../ui/table/column-kinds.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

/** The columns of the audit log; `undo` asks whether to undo an entry. */
export const makeColumns = (undo: (row: JournalEntryView) => void): readonly DataColumn<JournalEntryView>[] => [
  timeColumn('at', 'When', {}, (row) => row.at),
  countColumn('entry', 'Entry', {}, (row) => row.entry),
  textColumn('by', 'By', { ch: 12 }, (row) => row.operator),
  wordColumn('action', 'Action', { ch: 18, grow: 2 }, (row) => row.says),
  textColumn('subject', 'Subject', { ch: 10, grow: 1 }, (row) => row.subject),
  {
    id: 'undo',
    header: 'Undo',
    ch: 16,
    grow: 3,
    cell: (row) =>
      row.whyNot === null ? (
        // The keyboard has the same as an action of the row.
        <Button size="compact-xs" variant="default" tabIndex={-1} onClick={() => undo(row)}>
          Undo
        </Button>
      ) : (
        <span className="c-quiet" title={row.whyNot}>
          {row.whyNot}
        </span>
      ),
    text: (row) => row.whyNot ?? 'Undo',
  },
  clientColumn({ ch: 12 }),
]

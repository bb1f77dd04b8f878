import { Button } from '@mantine/core'

import { JOURNAL, type JournalEntryView } from '../../../shared/nouns/journal.ts'
import { toColumns } from '../../entities/noun-columns.tsx'
import type { DataColumn } from '../../ui/table/column.ts'

/** The columns of the audit log; `undo` asks whether to undo an entry. */
export const makeColumns = (undo: (row: JournalEntryView) => void): readonly DataColumn<JournalEntryView>[] =>
  toColumns(JOURNAL, {
    whyNot: {
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
  })

import { Checkbox, Table } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { Named } from '../../ui/named.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import type { Word } from '../../ui/words.ts'
import classes from './files.module.css'

interface PlanRow<Action extends string> {
  /** From 1; 0 when the row has no line. */
  readonly line: number
  readonly action: Action
  readonly subject: string
  readonly detail: string
  readonly column?: string | null
}

interface PlanRowsProps<Action extends string> {
  /** The actions in the order of their counts; rows of `same` change nothing and are hidden at first. */
  readonly actions: readonly Action[]
  readonly counts: Readonly<Record<Action, number>>
  readonly rows: readonly PlanRow<Action>[]
  readonly toWord: (action: Action) => Word
  /** The words for a line of the file, for the subject of a row, and for a column of the file when rows name one. */
  readonly headings: { readonly line: string; readonly subject: string; readonly column?: string }
}

/** The effect of each row of a dry run, by action. */
export function PlanRows<Action extends string>(props: PlanRowsProps<Action>): ReactElement {
  const { actions, counts, toWord, headings } = props
  const [shown, setShown] = useState<readonly Action[]>(actions.filter((action) => action !== 'same'))
  const rows = props.rows.filter((row) => shown.includes(row.action))
  const all = actions.reduce((sum, action) => sum + counts[action], 0)
  return (
    <>
      <div className={classes['counts']}>
        {actions.map((action) => (
          <Checkbox
            key={action}
            checked={shown.includes(action)}
            onChange={(event) =>
              setShown(event.currentTarget.checked ? [...shown, action] : shown.filter((each) => each !== action))
            }
            label={
              <Status tone={toWord(action).tone} plain>
                {`${toWord(action).word} ${wholeNumber(counts[action])}`}
              </Status>
            }
          />
        ))}
      </div>
      <div>
        <Table className="c-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th className="c-number">{headings.line}</Table.Th>
              <Table.Th>Action</Table.Th>
              <Table.Th>{headings.subject}</Table.Th>
              {headings.column === undefined ? null : <Table.Th>{headings.column}</Table.Th>}
              <Table.Th>Change or reason</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.line}:${row.action}:${row.subject}:${row.detail}`}>
                <Table.Td className="c-number">{row.line === 0 ? '–' : row.line}</Table.Td>
                <Table.Td>
                  <Status tone={toWord(row.action).tone} plain>
                    {toWord(row.action).word}
                  </Status>
                </Table.Td>
                <Table.Td>
                  <Named text={row.subject} />
                </Table.Td>
                {headings.column === undefined ? null : (
                  <Table.Td>
                    <Named text={row.column} otherwise="" />
                  </Table.Td>
                )}
                <Table.Td className="c-wrap">{visibleText(row.detail)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {rows.length === 0 ? <p className="c-empty-text">No row of these kinds.</p> : null}
      {all > props.rows.length ? (
        <p className="c-help">{`The first ${plural(props.rows.length, 'row')} of ${wholeNumber(all)} are listed; the counts include all.`}</p>
      ) : null}
    </>
  )
}

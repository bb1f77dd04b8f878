import { Checkbox, Table } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { Named } from '../../ui/named.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import type { Word } from '../../ui/words.ts'
import classes from './files.module.css'

interface PlanRow<Action extends string> {
  /** From 1; 0 for what stands in no line. */
  readonly line: number
  readonly action: Action
  readonly subject: string
  readonly detail: string
  readonly column?: string | null
}

interface PlanRowsProps<Action extends string> {
  /** In the order in which they are counted; rows of `same` change nothing and are not shown at first. */
  readonly actions: readonly Action[]
  readonly counts: Readonly<Record<Action, number>>
  readonly rows: readonly PlanRow<Action>[]
  readonly toWord: (action: Action) => Word
  /** What the file calls a line, what a row is about, and a column of the file where rows name one. */
  readonly headings: { readonly line: string; readonly subject: string; readonly column?: string }
}

/** What each row of a dry run would do, by action. */
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
      <div className="c-plan-rows">
        <Table className="c-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th className="c-number">{headings.line}</Table.Th>
              <Table.Th>Action</Table.Th>
              <Table.Th>{headings.subject}</Table.Th>
              {headings.column === undefined ? null : <Table.Th>{headings.column}</Table.Th>}
              <Table.Th>What changes, or why not</Table.Th>
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
        <p className="c-help">{`The first ${plural(props.rows.length, 'row')} of ${wholeNumber(all)} are listed; the counts have them all.`}</p>
      ) : null}
    </>
  )
}

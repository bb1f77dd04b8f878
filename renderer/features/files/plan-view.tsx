import { Button, Checkbox, Select, Table } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { ImportPlan, ImportRow } from '../../../shared/contract/files.ts'
import { providerName } from '../../../shared/domain/provider.ts'
import { Named } from '../../ui/named.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { actionWord, fieldChoices } from './import-choice.ts'

interface PlanViewProps {
  readonly plan: ImportPlan
  readonly busy: boolean
  readonly error: unknown
  /** Column → field, and plan again. */
  readonly correct: (column: string, field: string | null) => void
  readonly run: () => void
}

const ACTIONS = ['add', 'change', 'same', 'refuse'] as const

/** The dry run: how the columns were understood, and what each row would do. */
export function PlanView({ plan, busy, error, correct, run }: PlanViewProps): ReactElement {
  const { counts } = plan
  const writes = counts.add + counts.change
  return (
    <>
      <header className="c-card-head">
        <h2 className="c-card-title">Dry run</h2>
        <span className="c-quiet">
          {plan.encoding}
          {plan.delimiter === null ? '' : `, separated by ${delimiterWord(plan.delimiter)}`}
        </span>
        <Button disabled={writes === 0} loading={busy} onClick={run}>
          {writes === 0 ? 'Nothing to import' : `Import ${plural(writes, 'row')}`}
        </Button>
      </header>
      {error === null || error === undefined ? null : <Failed error={error} />}
      {plan.notices.map((notice) => (
        <p key={notice} className="c-plan-notice">
          <Status tone="info" plain>
            <Named text={notice} />
          </Status>
        </p>
      ))}
      {plan.organizations.length === 0 ? null : <Organizations plan={plan} />}
      {plan.columns.length === 0 ? null : <Columns plan={plan} correct={correct} />}
      <Rows key={JSON.stringify(counts)} plan={plan} />
    </>
  )
}

function delimiterWord(delimiter: string): string {
  return { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }[delimiter] ?? delimiter
}

function Organizations({ plan }: { readonly plan: ImportPlan }): ReactElement {
  return (
    <ul className="c-organizations">
      {plan.organizations.map((each) => (
        <li key={each.heading}>
          <Named text={each.heading} />
          <span className="c-quiet">
            {providerName(each.provider)}
            {each.connectionId === null ? ', a connection is made for it' : ', goes into its connection'}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Columns({ plan, correct }: Pick<PlanViewProps, 'plan' | 'correct'>): ReactElement {
  const choices = [...fieldChoices(plan.kind)]
  return (
    <fieldset className="c-fieldset">
      <legend>Columns</legend>
      <div className="c-columns">
        {plan.columns.map((column) => (
          <Select
            key={column}
            label={<Named text={column} otherwise="(no name)" />}
            placeholder="Not used"
            clearable
            value={plan.mapping[column] ?? null}
            onChange={(field) => correct(column, field)}
            data={choices}
          />
        ))}
      </div>
    </fieldset>
  )
}

function Rows({ plan }: { readonly plan: ImportPlan }): ReactElement {
  const [shown, setShown] = useState<readonly ImportRow['action'][]>(
    // Rows that change nothing are not news.
    ACTIONS.filter((action) => action !== 'same'),
  )
  const rows = plan.rows.filter((row) => shown.includes(row.action))
  const all = ACTIONS.reduce((sum, action) => sum + plan.counts[action], 0)
  return (
    <>
      <div className="c-plan-counts">
        {ACTIONS.map((action) => (
          <Checkbox
            key={action}
            checked={shown.includes(action)}
            onChange={(event) =>
              setShown(event.currentTarget.checked ? [...shown, action] : shown.filter((each) => each !== action))
            }
            label={
              <Status tone={actionWord(action).tone} plain>
                {`${actionWord(action).word} ${wholeNumber(plan.counts[action])}`}
              </Status>
            }
          />
        ))}
      </div>
      <div className="c-plan-rows">
        <Table className="c-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th className="c-number">Line</Table.Th>
              <Table.Th>Action</Table.Th>
              <Table.Th>Row</Table.Th>
              <Table.Th>What changes, or why not</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.line}:${row.action}:${row.subject}:${row.detail}`}>
                <Table.Td className="c-number">{row.line}</Table.Td>
                <Table.Td>
                  <Status tone={actionWord(row.action).tone} plain>
                    {actionWord(row.action).word}
                  </Status>
                </Table.Td>
                <Table.Td>
                  <Named text={row.subject} />
                </Table.Td>
                <Table.Td className="c-wrap">{visibleText(row.detail)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {rows.length === 0 ? <p className="c-empty-text">No row of these kinds.</p> : null}
      {all > plan.rows.length ? (
        <p className="c-help">{`The first ${plural(plan.rows.length, 'row')} of ${wholeNumber(all)} are listed; the counts have them all.`}</p>
      ) : null}
    </>
  )
}

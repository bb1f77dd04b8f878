import { Button, Checkbox, Select, Table } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { PersonnelPlan, PersonnelRow } from '../../../shared/contract/people.ts'
import { Named } from '../../ui/named.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { PERSONNEL_ACTIONS, PERSONNEL_CHOICES, PERSONNEL_KINDS, personnelWord } from './personnel-choice.ts'

interface PersonnelPlanViewProps {
  readonly plan: PersonnelPlan
  readonly busy: boolean
  readonly error: unknown
  /** Column → field, and plan again. */
  readonly correct: (column: string, field: string | null) => void
  readonly run: () => void
}

/** The dry run of a personnel file: how it was understood, and what each row would do. */
export function PersonnelPlanView({ plan, busy, error, correct, run }: PersonnelPlanViewProps): ReactElement {
  const { counts, leavers, departs } = plan
  const writes = counts.new + counts.update + counts.doubtful + (departs ? counts.depart : 0)
  return (
    <>
      <header className="c-card-head">
        <h2 className="c-card-title">Dry run</h2>
        <span className="c-quiet">
          {PERSONNEL_KINDS.find(({ value }) => value === plan.format)?.label}
          {', '}
          <Named text={plan.source} />
        </span>
        <Button disabled={writes === 0} loading={busy} onClick={run}>
          {writes === 0 ? 'Nothing to import' : `Import ${plural(writes, 'person', 'people')}`}
        </Button>
      </header>
      {error === null || error === undefined ? null : <Failed error={error} />}
      {leavers === 0 ? null : (
        <p className="c-plan-notice">
          <Status tone="bad" plain>
            {`${plural(leavers, 'person', 'people')} of the file ${leavers === 1 ? 'has' : 'have'} gone and still ${leavers === 1 ? 'holds' : 'hold'} access.`}
          </Status>
        </p>
      )}
      {plan.notices.map((notice) => (
        <p key={notice} className="c-plan-notice">
          <Status tone="info" plain>
            <Named text={notice} />
          </Status>
        </p>
      ))}
      {plan.columns.length === 0 ? null : <Columns plan={plan} correct={correct} />}
      <Rows key={JSON.stringify(counts)} plan={plan} />
    </>
  )
}

function Columns({ plan, correct }: Pick<PersonnelPlanViewProps, 'plan' | 'correct'>): ReactElement {
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
            data={PERSONNEL_CHOICES}
          />
        ))}
      </div>
    </fieldset>
  )
}

function Rows({ plan }: { readonly plan: PersonnelPlan }): ReactElement {
  const [shown, setShown] = useState<readonly PersonnelRow['action'][]>(
    // Rows that change nothing are not news.
    PERSONNEL_ACTIONS.filter((action) => action !== 'same'),
  )
  const rows = plan.rows.filter((row) => shown.includes(row.action))
  const all = PERSONNEL_ACTIONS.reduce((sum, action) => sum + plan.counts[action], 0)
  return (
    <>
      <div className="c-plan-counts">
        {PERSONNEL_ACTIONS.map((action) => (
          <Checkbox
            key={action}
            checked={shown.includes(action)}
            onChange={(event) =>
              setShown(event.currentTarget.checked ? [...shown, action] : shown.filter((each) => each !== action))
            }
            label={
              <Status tone={personnelWord(action).tone} plain>
                {`${personnelWord(action).word} ${wholeNumber(plan.counts[action])}`}
              </Status>
            }
          />
        ))}
      </div>
      <div className="c-plan-rows">
        <Table className="c-table">
          <Table.Thead>
            <Table.Tr>
              <Table.Th className="c-number">{plan.format === 'scim' ? 'Entry' : 'Line'}</Table.Th>
              <Table.Th>Action</Table.Th>
              <Table.Th>Person</Table.Th>
              <Table.Th>{plan.format === 'scim' ? 'Attribute' : 'Column'}</Table.Th>
              <Table.Th>What changes, or why not</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.line}:${row.action}:${row.subject}:${row.detail}`}>
                <Table.Td className="c-number">{row.line === 0 ? '–' : row.line}</Table.Td>
                <Table.Td>
                  <Status tone={personnelWord(row.action).tone} plain>
                    {personnelWord(row.action).word}
                  </Status>
                </Table.Td>
                <Table.Td>
                  <Named text={row.subject} />
                </Table.Td>
                <Table.Td>
                  <Named text={row.column} otherwise="" />
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

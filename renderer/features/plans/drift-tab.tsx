import { Button, Group, Select, Table } from '@mantine/core'
import { IconTool } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { DriftDifference, PlanDrift } from '../../../shared/contract/plan-apply.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { Status, type Tone } from '../../ui/status.tsx'
import { SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { ApplyDialog } from './apply-dialog.tsx'

const KINDS: Readonly<Record<DriftDifference['kind'], { readonly tone: Tone; readonly word: string }>> = {
  missing: { tone: 'bad', word: 'Missing' },
  extra: { tone: 'info', word: 'Extra' },
  renamed: { tone: 'warn', word: 'Renamed?' },
  role: { tone: 'warn', word: 'Role differs' },
  place: { tone: 'warn', word: 'Wrong project' },
  key: { tone: 'warn', word: 'Unplanned key' },
  limit: { tone: 'warn', word: 'Limit differs' },
}

interface DriftTabProps {
  readonly planId: number
  /** True while there are unsaved changes: the saved version is compared. */
  readonly isChanged: boolean
}

/** The differences between reality and the saved plan, and the button that applies it. */
export function DriftTab({ isChanged, planId }: DriftTabProps): ReactElement {
  const drift = useQuery(query.planApply.drift.queryOptions({ input: { planId } }))
  if (drift.isPending) return <Loading what="the drift" rows={8} />
  if (drift.isError) return <Failed error={drift.error} retry={() => void drift.refetch()} />
  return (
    <>
      {isChanged ? <p className="c-help">The saved version is compared, without unsaved changes.</p> : null}
      <Organizations drift={drift.data} />
      <Differences drift={drift.data} />
    </>
  )
}

function Organizations({ drift }: { readonly drift: PlanDrift }): ReactElement {
  const { client } = useScope()
  const connections = useQuery(query.connection.list.queryOptions({ input: { client } }))
  const bind = useMutation(query.planApply.bindOrganization.mutationOptions({ onError: notifyFailed }))
  return (
    <section className="c-card c-padded" aria-label="Organizations">
      <Group gap="md" align="end">
        {drift.organizations.map(({ by, connection, name }) =>
          name === null ? null : (
            <Select
              key={name}
              label={visibleText(name)}
              description={by === 'said' ? 'Set manually' : by === null ? 'No connection yet' : 'Matched automatically'}
              placeholder="No connection"
              w={320}
              clearable
              data={(connections.data ?? []).map((one) => ({
                value: String(one.id),
                label: `${visibleText(one.label)} (${providerName(one.provider)})`,
              }))}
              value={connection === null ? null : String(connection.id)}
              onChange={(value) =>
                bind.mutate({
                  planId: drift.planId,
                  organization: name,
                  connectionId: value === null ? null : Number(value),
                })
              }
            />
          ),
        )}
      </Group>
      {drift.unread.map((sentence) => (
        <p key={sentence} className="c-help">
          {visibleText(sentence)}
        </p>
      ))}
    </section>
  )
}

function Differences({ drift }: { readonly drift: PlanDrift }): ReactElement {
  const { differences, planId } = drift
  const [applying, setApplying] = useState(false)
  const answer = useMutation(query.planApply.answerRename.mutationOptions({ onError: notifyFailed }))
  if (differences.length === 0) {
    return (
      <section className="c-card c-padded" aria-label="Drift">
        <Status tone="good">Everything is as planned</Status>
      </section>
    )
  }
  return (
    <section className="c-card" aria-labelledby="drift">
      <header className="c-card-head">
        <h2 className="c-card-title" id="drift">
          {plural(differences.length, 'difference')}
        </h2>
        <Button leftSection={<IconTool size={14} aria-hidden />} onClick={() => setApplying(true)}>
          Apply plan…
        </Button>
      </header>
      <SmallTable id="drift-of-a-plan" minWidth={760} headings={['State', 'Subject', 'Planned', 'Actual', 'Details']}>
        {differences.map((one) => (
          <Table.Tr key={one.key}>
            <Table.Td>
              <Status tone={KINDS[one.kind].tone}>{KINDS[one.kind].word}</Status>
            </Table.Td>
            <Table.Td>
              {`${one.part} ${visibleText(one.name)}`}
              <span className="c-sub">{visibleText(one.project ?? one.organization)}</span>
            </Table.Td>
            <Table.Td>{visibleText(one.planned ?? '–')}</Table.Td>
            <Table.Td>{visibleText(one.actual ?? '–')}</Table.Td>
            <Table.Td>
              {visibleText(one.says)}
              <RenameAnswer difference={one} answer={(same) => answerWith(one, same)} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      <ApplyDialog planId={planId} opened={applying} close={() => setApplying(false)} />
    </section>
  )

  function answerWith({ name, part, subject }: DriftDifference, same: boolean): void {
    if (subject === null || (part !== 'project' && part !== 'key')) return
    answer.mutate({ planId, part, planned: name, subjectId: subject.id, same })
  }
}

interface RenameAnswerProps {
  readonly difference: DriftDifference
  readonly answer: (same: boolean) => void
}

/** A rename is never assumed: a person confirms it or not. */
function RenameAnswer({ answer, difference }: RenameAnswerProps): ReactElement | null {
  if (difference.kind !== 'renamed') return null
  return (
    <Group gap={4} mt={4}>
      <Button size="compact-xs" variant="default" onClick={() => answer(true)}>
        Same
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => answer(false)}>
        Different
      </Button>
    </Group>
  )
}

import { Button, Group, Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import type { PlanRow } from '../../../shared/contract/plans.ts'
import { describeVersion } from '../../../shared/domain/plans/version-words.ts'
import { query } from '../../data/api.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Nothing } from '../../ui/panel/panel-section.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'

interface CompareTabProps {
  readonly row: PlanRow
  readonly others: readonly PlanRow[]
  readonly other: number | undefined
  readonly choose: (planId: number | undefined) => void
  readonly onRestored: () => void
}

/** The differences between this draft and another one, and the earlier versions of this one. */
export function CompareTab({ choose, onRestored, other, others, row }: CompareTabProps): ReactElement {
  return (
    <>
      <section className="c-card c-padded" aria-label="Compare">
        <Select
          label="Compared with"
          placeholder="Another draft of this client"
          clearable
          w={320}
          data={others.map(({ planId, title }) => ({ value: String(planId), label: visibleText(title) }))}
          value={other === undefined ? null : String(other)}
          nothingFoundMessage="No other drafts"
          onChange={(value) => choose(value === null ? undefined : Number(value))}
        />
        {other === undefined ? null : <Differences a={{ planId: row.planId }} b={{ planId: other }} />}
      </section>
      <Versions row={row} onRestored={onRestored} />
    </>
  )
}

type Ref = Inputs['plan']['diff']['a']

/** How the plan `b` differs from `a`. */
function Differences({ a, b }: { readonly a: Ref; readonly b: Ref }): ReactElement {
  const diff = useQuery(query.plan.diff.queryOptions({ input: { a, b } }))
  if (diff.isPending) return <Loading what="the differences" />
  if (diff.isError) return <Failed error={diff.error} retry={() => void diff.refetch()} />
  if (diff.data.length === 0) return <Nothing>They are the same.</Nothing>
  return (
    <ul className="c-form">
      {diff.data.map(({ after, before, field, kind, name, part }) => (
        <li key={`${kind} ${part} ${name} ${field ?? ''}`}>
          {`${part} ${visibleText(name)} ${kind}${field === null ? '' : `: ${field}`}`}
          {before === null && after === null ? null : (
            <span className="c-sub">{`${visibleText(before ?? '–')} → ${visibleText(after ?? '–')}`}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Versions({ onRestored, row }: Pick<CompareTabProps, 'row' | 'onRestored'>): ReactElement {
  const [compared, compare] = useState<number | null>(null)
  const versions = useQuery(query.plan.versions.queryOptions({ input: { planId: row.planId } }))
  const restore = useMutation(
    query.plan.restore.mutationOptions({
      onError: notifyFailed,
      onSuccess: ({ version }) => {
        notifyDone({ message: `Restored as version ${version}` })
        onRestored()
      },
    }),
  )
  if (versions.isPending) return <Loading what="the versions" />
  if (versions.isError) return <Failed error={versions.error} retry={() => void versions.refetch()} />
  return (
    <section className="c-card c-padded" aria-label="Versions">
      <h2 className="c-card-title">Versions</h2>
      <ul className="c-form">
        {versions.data.map(({ at, by, version, ...made }) => (
          <li key={version}>
            <Group gap="xs">
              <span>{`Version ${version}: ${visibleText(describeVersion(made))}`}</span>
              <span className="c-quiet">
                {`${visibleText(by)}, `}
                <When at={at} />
              </span>
              {version === row.version ? null : (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={restore.isPending}
                  onClick={() => restore.mutate({ planId: row.planId, version })}
                >
                  Restore
                </Button>
              )}
              {made.draft ? (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-pressed={compared === version}
                  onClick={() => compare(compared === version ? null : version)}
                >
                  Compare with the newest version
                </Button>
              ) : null}
            </Group>
            {compared === version ? (
              <Differences a={{ planId: row.planId }} b={{ planId: row.planId, version }} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

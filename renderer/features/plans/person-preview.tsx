import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { DriftDifference } from '../../../shared/contract/plan-apply.ts'
import type { PlannedPerson } from '../../../shared/domain/plans/plan.ts'
import { api, query } from '../../data/api.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { Nothing } from '../../ui/panel/panel-section.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'

interface PersonPreviewProps {
  readonly planId: number
  readonly person: PlannedPerson | null
  readonly close: () => void
}

/**
 * The access that a person gains and loses by their job, before it is applied: for a new person, and for a change of
 * job.
 */
export function PersonPreview({ close, person, planId }: PersonPreviewProps): ReactElement {
  return (
    <Dialog
      opened={person !== null}
      onClose={close}
      title={person === null ? '' : `${visibleText(person.name)} as ${visibleText(person.job)}`}
      size="lg"
    >
      {person === null ? null : <Preview planId={planId} person={person} close={close} />}
    </Dialog>
  )
}

function Preview({ close, person, planId }: PersonPreviewProps & { readonly person: PlannedPerson }): ReactElement {
  const { go } = useRemediationFlow()
  const preview = useQuery(query.planApply.person.queryOptions({ input: { planId, person } }))
  const add = useMutation({
    mutationFn: (keys: readonly string[]) => api.planApply.addToList({ planId, person, keys: [...keys] }),
    onError: notifyFailed,
    onSuccess: ({ byHand, left, ready, waiting }) => {
      close()
      const more = waiting.length + byHand.length
      notifyDone({
        message: [
          `Added ${plural(ready.length + more, 'change', 'changes')} to remediation`,
          ...left.map(visibleText),
        ].join('. '),
      })
      if (ready.length > 0) go({ step: 'changes', ids: ready })
    },
  })
  if (preview.isPending) return <Loading what="the access changes" />
  if (preview.isError) return <Failed error={preview.error} retry={() => void preview.refetch()} />
  const { gains, losses, steps } = preview.data
  return (
    <div className="c-form">
      <Changes title="Gains" differences={gains} nothing="Nothing new." />
      <Changes title="Loses" differences={losses} nothing="Nothing." />
      <p className="c-help">By the saved version of the plan. Nothing is sent before a preview under Remediation.</p>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          Close
        </Button>
        <Button
          disabled={steps.length === 0}
          loading={add.isPending}
          onClick={() => add.mutate(steps.map(({ key }) => key))}
        >
          Add to remediation
        </Button>
      </Group>
    </div>
  )
}

interface ChangesProps {
  readonly title: string
  readonly differences: readonly DriftDifference[]
  readonly nothing: string
}

function Changes({ differences, nothing, title }: ChangesProps): ReactElement {
  return (
    <section aria-label={title}>
      <h3 className="c-label">{title}</h3>
      {differences.length === 0 ? <Nothing>{nothing}</Nothing> : null}
      <ul className="c-form">
        {differences.map(({ key, says }) => (
          <li key={key}>{visibleText(says)}</li>
        ))}
      </ul>
    </section>
  )
}

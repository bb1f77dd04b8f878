import { Button, Group, Select, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { REVIEW_KINDS, type ReviewKind, reviewTitle } from '../../../shared/domain/reviews/review.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import classes from './reviews.module.css'
import type { ReviewsSearch, SetSearch } from './search.ts'
import { Sources } from './sources.tsx'
import { reviewKindAbout } from '../../entities/review-labels.ts'
import { FormEnd } from '../../ui/dialog-form.tsx'
import { useQuery } from '../../ui/use-query.ts'

interface OpenDialogProps {
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

const KINDS = REVIEW_KINDS.map((value) => ({ value, label: reviewTitle(value) }))

/** Starts a review, after a preview of its scope and of what blocks it. */
export function OpenDialog({ search, set }: OpenDialogProps): ReactElement {
  const { client } = useScope()
  const clients = useClients()
  const { start: kind, of } = search
  const whose = client ?? of
  const close = (): void => set({ start: undefined, of: undefined })
  return (
    <Dialog opened={kind !== undefined} onClose={close} title="Start a review" size={600}>
      {kind === undefined ? null : (
        <div className="c-form">
          <div className="c-columns">
            <Select
              label="Client"
              placeholder="Choose client"
              searchable
              allowDeselect={false}
              readOnly={client !== undefined}
              value={whose ?? null}
              data={clients.map((each) => ({ value: each.slug, label: visibleText(each.name) }))}
              onChange={(slug) => set({ of: slug ?? undefined }, true)}
            />
            <Select
              label="Review"
              allowDeselect={false}
              value={kind}
              data={KINDS}
              onChange={(next) => set({ start: next ?? undefined }, true)}
            />
          </div>
          <p className="c-help">{`${reviewKindAbout(kind)}.`}</p>
          {whose === undefined ? (
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
            </Group>
          ) : (
            <PlanChoice
              key={`${kind} ${whose}`}
              kind={kind}
              client={whose}
              close={close}
              opened={(review) => set({ start: undefined, of: undefined, review })}
            />
          )}
        </div>
      )}
    </Dialog>
  )
}

interface PlanOfProps {
  readonly kind: ReviewKind
  readonly client: string
  readonly close: () => void
  readonly opened: (reviewId: number) => void
}

function PlanChoice({ kind, client, close, opened }: PlanOfProps): ReactElement {
  const plan = useQuery(query.reviews.plan.queryOptions({ input: { kind, client } }))
  if (plan.isPending) return <Loading what="the plan" rows={5} />
  if (plan.isError) return <Failed error={plan.error} retry={() => void plan.refetch()} />
  return <PlanForm plan={plan.data} kind={kind} client={client} close={close} opened={opened} />
}

interface PlanFormProps extends PlanOfProps {
  readonly plan: Outputs['reviews']['plan']
}

function PlanForm({ plan, kind, client, close, opened }: PlanFormProps): ReactElement {
  const [override, setOverride] = useState('')
  const hindered = plan.obstacles.length > 0
  const open = useMutation({
    mutationFn: () => api.reviews.open({ kind, client, ...(hindered ? { override: override.trim() } : {}) }),
    onSuccess: (row) => {
      opened(row.reviewId)
      if (row.state === 'empty') notifyDone({ message: 'Nothing to decide: the review was closed' })
    },
  })
  return (
    <form
      className="c-form"
      aria-label="Start review"
      onSubmit={(event) => {
        event.preventDefault()
        open.mutate()
      }}
    >
      <dl className="c-facts">
        <dt>Scope</dt>
        <dd>
          {plan.items === 0 ? 'No items: the review will be closed as empty' : plural(plan.items, 'item')}
          {plan.flagged === 0 ? null : `, ${plan.flagged} flagged`}
        </dd>
        <dt>Administrators</dt>
        <dd>{plan.administrators === 0 ? 'None was read' : plan.administrators}</dd>
      </dl>
      <Sources sources={plan.sources} />
      {hindered ? (
        <>
          <div className={classes['obstacles']}>
            <Status tone="warn">Incomplete data</Status>
            <ul>
              {plan.obstacles.map((obstacle) => (
                <li key={obstacle}>{visibleText(obstacle)}</li>
              ))}
            </ul>
          </div>
          <Textarea
            label="Reason for starting with incomplete data"
            name="override"
            description="Included in the evidence pack. To start without a reason, sync again first"
            value={override}
            required
            maxLength={2000}
            autosize
            minRows={2}
            onChange={(event) => setOverride(event.currentTarget.value)}
          />
        </>
      ) : null}
      <FormEnd
        verb={hindered ? 'Start anyway' : 'Start review'}
        error={open.error}
        busy={open.isPending}
        disabled={hindered && override.trim() === ''}
        close={close}
      />
    </form>
  )
}

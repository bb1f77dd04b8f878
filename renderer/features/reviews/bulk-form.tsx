import { SegmentedControl, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { toLocalDay, type Day } from '../../../shared/domain/day.ts'
import { needsWhy } from '../../../shared/domain/reviews/needs-why.ts'
import type { ItemDecision } from '../../../shared/domain/reviews/review.ts'
import { query } from '../../data/api.ts'
import { DateField } from '../../ui/date-field.tsx'
import { useNow } from '../../ui/now.ts'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { useQueries } from '../../ui/use-query.ts'
import { itemFilter } from './item-source.ts'
import { RoleField } from './role-field.tsx'
import { bulkWords, listDecisions, decisionWord, whyLabel } from '../../entities/review-labels.ts'
import type { ReviewFormProps } from './review-form.ts'

/** One decision with one justification about all items that match the filters. */
export function BulkForm({ review, search, close, decideAll }: ReviewFormProps): ReactElement {
  const { reviewId, kind } = review.row
  const today = toLocalDay(useNow())
  const [decision, setDecision] = useState<ItemDecision>('keep')
  const [to, setTo] = useState('')
  const [why, setWhy] = useState('')
  const [until, setUntil] = useState<Day>('')
  // An end that was typed for an exception is not of the decision that was chosen after it.
  const end = decision === 'keep' && until !== '' ? until : null
  const filter = itemFilter(search)
  const asked = { reviewId, ...filter, limit: 0 } as const
  const [all, flagged, decided, privileged] = useQueries({
    queries: [
      query.reviews.items.queryOptions({ input: asked }),
      query.reviews.items.queryOptions({ input: { ...asked, flagged: true } }),
      query.reviews.items.queryOptions({ input: { ...asked, decided: true } }),
      query.reviews.items.queryOptions({ input: { ...asked, privileged: true } }),
    ],
  })
  const save = useMutation({
    mutationFn: () =>
      decideAll(filter, {
        decision,
        ...(decision === 'change' ? { to: to.trim() } : {}),
        ...(why.trim() === '' ? {} : { why: why.trim() }),
        ...(end === null ? {} : { until: end }),
      }),
    onSuccess: close,
  })
  const unread = [all, flagged, decided, privileged].find(({ isError }) => isError)
  if (unread !== undefined) return <Failed error={unread.error} retry={() => void unread.refetch()} />
  if (!(all.data && flagged.data && decided.data && privileged.data)) {
    return <Loading what="the listed items" rows={4} />
  }
  const counts = {
    total: all.data.total,
    // The confirmation would ask for items that the filters leave out.
    flagged: search.flagged === false ? 0 : flagged.data.total,
    decided: search.decided === false ? 0 : decided.data.total,
  }
  const needed = needsWhy({ flagged: counts.flagged > 0, privileged: privileged.data.total > 0 }, decision, end)
  return (
    <DialogForm
      label="Decide all listed"
      verb={
        decision === 'unknown'
          ? `Ask about ${plural(counts.total, 'item')}`
          : `${decisionWord(decision).word} ${plural(counts.total, 'item')}`
      }
      danger={decision === 'remove'}
      disabled={counts.total === 0 || (needed && why.trim() === '') || (decision === 'change' && to.trim() === '')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      close={close}
    >
      <SegmentedControl
        fullWidth
        aria-label="Decision"
        data={listDecisions(kind).map((value) => ({ value, label: decisionWord(value).word }))}
        value={decision}
        onChange={setDecision}
      />
      <p className="c-prose" aria-live="polite">
        {bulkWords(decision, counts)} It can be undone until the review is signed.
      </p>
      {decision === 'change' && counts.total > 0 ? (
        <RoleField of={{ reviewId, items: filter }} now={null} value={to} set={setTo} />
      ) : null}
      <Textarea
        label={whyLabel(decision)}
        name="why"
        description={
          needed ? 'Required: recorded with each of these decisions' : 'Recorded with each of these decisions'
        }
        value={why}
        required={needed}
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {decision === 'keep' ? (
        <DateField
          label="Exception until"
          name="until"
          description="Only for an exception: its last day"
          value={until}
          min={today}
          onChange={setUntil}
        />
      ) : null}
    </DialogForm>
  )
}

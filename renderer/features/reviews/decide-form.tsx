import { Kbd, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type KeyboardEvent, type ReactElement } from 'react'

import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { toLocalDay, type Day } from '../../../shared/domain/day.ts'
import type { ItemDecision } from '../../../shared/domain/reviews/review.ts'
import { MOD } from '../../data/keys.ts'
import { DateField } from '../../ui/date-field.tsx'
import { useNow } from '../../ui/now.ts'
import { PanelForm } from '../../entities/panel-form.tsx'
import { RoleField } from './role-field.tsx'
import type { Decision } from './use-deciding.ts'
import { decisionWord, needsWhy, whyLabel } from '../../entities/review-labels.ts'

interface DecideFormProps {
  readonly item: ReviewItem
  readonly decision: ItemDecision
  /** Whether it was opened as an exception, which has an end. */
  readonly exception: boolean
  readonly decide: (decision: Decision) => Promise<void>
  readonly close: () => void
}

/** A decision that needs further input: why, until when, and the new role. */
export function DecideForm({ item, decision, exception, decide, close }: DecideFormProps): ReactElement {
  const today = toLocalDay(useNow())
  const { facts, flagged, record } = item
  const same = record?.decision === decision ? record : null
  const [to, setTo] = useState(same?.to ?? '')
  const [why, setWhy] = useState(same?.why ?? '')
  const [until, setUntil] = useState<Day>(same?.until ?? '')
  const save = useMutation({
    mutationFn: () =>
      decide({
        decision,
        ...(decision === 'change' ? { to: to.trim() } : {}),
        ...(why.trim() === '' ? {} : { why: why.trim() }),
        ...(until === '' ? {} : { until }),
      }),
    onSuccess: close,
  })
  const needed = exception || needsWhy(flagged, decision, until === '' ? null : until)
  const submitAtOnce = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    event.currentTarget.closest('form')?.requestSubmit()
  }
  return (
    <PanelForm
      label={exception ? 'Keep as an exception' : decisionWord(decision).word}
      verb={exception ? 'Keep until then' : decisionWord(decision).word}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate()}
      close={close}
    >
      {decision === 'change' ? (
        <RoleField
          of={{ reviewId: item.reviewId, items: [item.itemId] }}
          now={facts.roleNow?.raw ?? null}
          value={to}
          set={setTo}
          onKeyDown={submitAtOnce}
        />
      ) : null}
      <Textarea
        label={whyLabel(decision)}
        name="why"
        description={
          needed ? (
            <>
              {flagged && decision === 'keep' ? 'Required: the item is flagged. ' : ''}
              {decision === 'unknown' ? 'What has to be found out, and from whom. ' : ''}
              <Kbd size="xs">{MOD}</Kbd> <Kbd size="xs">Enter</Kbd> decides
            </>
          ) : (
            'Included in the evidence'
          )
        }
        value={why}
        required={needed}
        maxLength={2000}
        autosize
        minRows={2}
        onKeyDown={submitAtOnce}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {decision === 'keep' ? (
        <DateField
          label="Exception until"
          name="until"
          description={exception ? 'The last day of the exception' : 'Only for an exception: its last day'}
          value={until}
          min={today}
          required={exception}
          onKeyDown={submitAtOnce}
          onChange={setUntil}
        />
      ) : null}
    </PanelForm>
  )
}

import { Kbd, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type KeyboardEvent, type ReactElement } from 'react'

import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { toLocalDay, type Day } from '../../../shared/domain/day.ts'
import { needsWhy } from '../../../shared/domain/reviews/needs-why.ts'
import type { ItemDecision } from '../../../shared/domain/reviews/review.ts'
import { query } from '../../data/api.ts'
import { MOD } from '../../data/keys.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { useNow } from '../../ui/now.ts'
import { PanelForm } from '../../entities/panel-form.tsx'
import { RoleField } from './role-field.tsx'
import type { Decision } from './use-deciding.ts'
import { decisionWord, findWeight, whyLabel } from '../../entities/review-labels.ts'

interface DecideFormProps {
  readonly item: ReviewItem
  readonly decision: ItemDecision
  /** True if it was opened as an exception, which has an end. */
  readonly exception: boolean
  readonly decide: (decision: Decision) => Promise<void>
  readonly close: () => void
}

/** A decision that needs further input: why, until when, and the new role. */
export function DecideForm(props: DecideFormProps): ReactElement {
  return (
    <Editing
      of={query.reviews.item.queryOptions({ input: { itemId: props.item.itemId } })}
      find={({ record }) => ({
        decision: record?.decision ?? null,
        to: record?.to ?? '',
        why: record?.why ?? '',
        until: record?.until ?? '',
      })}
      what="the decision"
      saving="all fields"
      rows={3}
    >
      {(edited) => <DecideFields {...props} edited={edited} />}
    </Editing>
  )
}

/** The earlier decision; null: nothing. */
interface DecisionForm {
  readonly decision: ItemDecision | null
  readonly to: string
  readonly why: string
  readonly until: Day
}

interface DecideFieldsProps extends DecideFormProps {
  readonly edited: FormStart<DecisionForm>
}

function DecideFields({ item, decision, exception, decide, close, edited }: DecideFieldsProps): ReactElement {
  const today = toLocalDay(useNow())
  const { facts, flagged } = item
  const same = edited.began.decision === decision ? edited.began : { to: '', why: '', until: '' }
  const [to, setTo] = useState(same.to)
  const [why, setWhy] = useState(same.why)
  const [until, setUntil] = useState<Day>(same.until)
  useTyped(to !== same.to || why !== same.why || until !== same.until, edited.setTyped)
  const save = useMutation({
    mutationFn: async () => {
      await edited.check()
      await decide({
        decision,
        ...(decision === 'change' ? { to: to.trim() } : {}),
        ...(why.trim() === '' ? {} : { why: why.trim() }),
        ...(until === '' ? {} : { until }),
      })
    },
    onSuccess: close,
  })
  const needed = exception || needsWhy(findWeight(item), decision, until === '' ? null : until)
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

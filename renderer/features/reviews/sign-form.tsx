import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api, query } from '../../data/api.ts'
import { useInfo } from '../../data/use-info.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Counts } from './counts.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { DECISION_NOTICE } from './use-deciding.ts'
import type { ReviewFormProps } from './review-form.ts'
import { countUndecided } from '../../entities/review-labels.ts'

/** The reviewer signs off every decision with a name; in a team the member, by the key of this device. */
export function SignForm({ review, set, close }: ReviewFormProps): ReactElement {
  const { row } = review
  const { reviewId } = row
  const policy = useQuery(query.policy.get.queryOptions({ input: { client: row.client.slug } })).data
  const operator = useInfo()?.operator ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const { team } = review
  const name = team?.member ?? typed ?? (policy?.effective.reviewer || operator)
  const undecided = countUndecided(row)
  const questions = row.decisions.unknown ?? 0
  const [carry, setCarry] = useState('')
  const sign = useMutation({
    mutationFn: () => api.reviews.sign({ reviewId, as: name, ...(questions === 0 ? {} : { carry: carry.trim() }) }),
    onSuccess: () => {
      set({ step: undefined, decided: undefined })
      notifyDone({ message: 'Signed. Decisions are now final', only: DECISION_NOTICE })
    },
  })
  return (
    <DialogForm
      label="Sign off review"
      verb="Sign off"
      busy={sign.isPending}
      error={sign.error}
      disabled={undecided > 0 || name.trim() === '' || (questions > 0 && carry.trim() === '')}
      onSubmit={() => sign.mutate()}
      close={close}
    >
      <Counts review={review} />
      {questions > 0 && undecided === 0 ? (
        <Questions
          count={questions}
          value={carry}
          change={setCarry}
          show={() => set({ step: undefined, decision: 'unknown', decided: undefined, flagged: undefined })}
        />
      ) : null}
      {undecided > 0 ? (
        <div>
          <p className="c-prose">
            {`${plural(undecided, 'item')} ${undecided === 1 ? 'has' : 'have'} no decision yet. Decide about ${undecided === 1 ? 'it' : 'each'} first.`}
          </p>
          <Button
            variant="default"
            mt={8}
            onClick={() => set({ step: undefined, decided: false, decision: undefined, flagged: undefined })}
          >
            Show undecided items
          </Button>
        </div>
      ) : (
        <TextInput
          label="Signed as"
          name="as"
          autoComplete="name"
          description={
            team === null
              ? 'Full name for the evidence. After this no decision can be undone'
              : 'The member at this device, whose key signs. After this no decision can be undone'
          }
          value={name}
          readOnly={team !== null}
          required
          maxLength={200}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  )
}

interface QuestionsProps {
  readonly count: number
  /** Why they are carried. */
  readonly value: string
  readonly change: (value: string) => void
  readonly show: () => void
}

/** The items whose question has no answer: they are answered first, or carried to the next review with a reason. */
function Questions({ count, value, change, show }: QuestionsProps): ReactElement {
  return (
    <div>
      <p className="c-prose">
        {`${plural(count, 'item')} still ${count === 1 ? 'needs' : 'need'} more information. An auditor counts ${count === 1 ? 'it' : 'them'} as not reviewed.`}
      </p>
      <Button variant="default" mt={8} mb={8} onClick={show}>
        Show open questions
      </Button>
      <Textarea
        label="Reason for signing with open questions"
        name="carry"
        description="Part of the evidence; the next review asks about these items again"
        value={value}
        required
        maxLength={2000}
        autosize
        minRows={2}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </div>
  )
}

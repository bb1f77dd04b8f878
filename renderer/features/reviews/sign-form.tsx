import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api, query } from '../../data/api.ts'
import { useInfo } from '../../data/use-info.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Counts } from './counts.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { DECISION_NOTICE } from './use-deciding.ts'
import type { ReviewFormProps } from './review-form.ts'

/** The reviewer signs off every decision with a name. */
export function SignForm({ review, set, close }: ReviewFormProps): ReactElement {
  const { row } = review
  const { reviewId } = row
  const policy = useQuery(query.policy.get.queryOptions({ input: { client: row.client.slug } })).data
  const operator = useInfo()?.operator ?? ''
  const [typed, setTyped] = useState<string | null>(null)
  const name = typed ?? (policy?.effective.reviewer || operator)
  const undecided = row.items - row.decided
  const sign = useMutation({
    mutationFn: () => api.reviews.sign({ reviewId, as: name }),
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
      disabled={undecided > 0 || name.trim() === ''}
      onSubmit={() => sign.mutate()}
      close={close}
    >
      <Counts review={review} />
      {undecided > 0 ? (
        <div>
          <p className="c-prose">
            {`${plural(undecided, 'item')} ${undecided === 1 ? 'has' : 'have'} no decision yet. Decide about ${undecided === 1 ? 'it' : 'each'} first; “unknown” is a decision too.`}
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
          description="Full name for the evidence. After this no decision can be undone"
          value={name}
          required
          maxLength={200}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  )
}

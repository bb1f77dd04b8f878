import { query } from '../../data/api.ts'
import { Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { DialogForm } from '../../ui/dialog-form.tsx'

interface JoinFormProps {
  readonly joined: () => void
  readonly close: () => void
}

/** Joins the team of an invite, or brings it back by its recovery code. */
export function JoinForm({ joined, close }: JoinFormProps): ReactElement {
  const [code, setCode] = useState('')
  const queries = useQueryClient()
  const join = useMutation(
    query.team.join.mutationOptions({
      // The code is kept only while the form is on screen.
      gcTime: 0,
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: query.team.key() })
        joined()
      },
    }),
  )
  return (
    <DialogForm
      label="Join a team"
      verb="Join team"
      disabled={code.trim() === ''}
      busy={join.isPending}
      error={join.error}
      onSubmit={() => join.mutate({ code })}
      close={close}
    >
      <p className="c-prose">
        An owner of the team gives you the code of an invite, which holds for 72 hours, and once. The recovery code of
        the team, from its paper, works too. This profile has to be without clients.
      </p>
      <Textarea
        label="Code"
        name="code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={10}
        autoComplete="off"
        spellCheck={false}
        required
        data-autofocus
      />
    </DialogForm>
  )
}

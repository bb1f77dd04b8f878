import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { query } from '../../../data/api.ts'
import { FormFailed } from '../../../ui/dialog-form.tsx'
import { notifyDone } from '../../../ui/notify.tsx'

/** The address that is asked for updates; none until a person names one. */
export function FeedForm({ feed }: { readonly feed: string | null }): ReactElement {
  const queries = useQueryClient()
  const [address, setAddress] = useState(feed ?? '')
  const named = address.trim() === '' ? null : address.trim()
  const save = useMutation(
    query.updates.setFeed.mutationOptions({
      onSuccess: (status) => {
        queries.setQueryData(query.updates.status.queryKey(), status)
        notifyDone({ message: status.feed === null ? 'Removed the feed' : 'Saved the feed' })
      },
    }),
  )
  return (
    <form
      className="c-form c-setting"
      aria-label="Feed of updates"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ feed: named })
      }}
    >
      <TextInput
        label="Feed"
        description="Address at which the releases are; empty: nothing is asked"
        placeholder="https://downloads.example/castellan"
        name="feed"
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        maxLength={2000}
      />
      <FormFailed error={save.error} />
      <Group>
        <Button type="submit" variant="default" loading={save.isPending} disabled={named === feed}>
          Save
        </Button>
      </Group>
    </form>
  )
}

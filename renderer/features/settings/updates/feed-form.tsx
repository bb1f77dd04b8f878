import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api, query } from '../../../data/api.ts'
import { FormFailed } from '../../../ui/dialog-form.tsx'
import { Editing, type FormStart } from '../../../ui/editing.tsx'
import { useTyped } from '../../../ui/kept.tsx'
import { notifyDone } from '../../../ui/notify.tsx'

/** The address that is asked for updates; none until a person names one. */
export function FeedForm(): ReactElement {
  return (
    <Editing
      of={query.updates.status.queryOptions()}
      find={({ feed }) => ({ feed })}
      what="the feed"
      saving="all fields"
      rows={2}
    >
      {(edited) => <FeedField edited={edited} />}
    </Editing>
  )
}

function FeedField({ edited }: { readonly edited: FormStart<{ readonly feed: string | null }> }): ReactElement {
  const queries = useQueryClient()
  const {
    began: { feed },
    setTyped,
    check,
  } = edited
  const [address, setAddress] = useState(feed ?? '')
  const named = address.trim() === '' ? null : address.trim()
  useTyped(named !== feed, setTyped)
  const save = useMutation({
    mutationFn: async () => {
      await check()
      return api.updates.setFeed({ feed: named })
    },
    onSuccess: (status) => {
      setTyped(false)
      void queries.invalidateQueries({ queryKey: query.updates.key() })
      notifyDone({ message: status.feed === null ? 'Removed the feed' : 'Saved the feed' })
    },
  })
  return (
    <form
      className="c-form c-setting"
      aria-label="Feed of updates"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
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

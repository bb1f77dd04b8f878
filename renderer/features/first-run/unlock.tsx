import { Button, Group, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { query } from '../../app/api.ts'
import { Failed } from '../../ui/states.tsx'
import { Threshold } from './threshold.tsx'

/** The register is here and its key is not: the recovery code opens it. */
export function Unlock({ profile }: { readonly profile: string }): ReactElement {
  const queryClient = useQueryClient()
  const [code, setCode] = useState('')
  const unlock = useMutation(
    query.app.unlock.mutationOptions({
      gcTime: 0,
      onSuccess: async () => {
        setCode('')
        await queryClient.invalidateQueries()
      },
    }),
  )
  return (
    <Threshold title="Open the register">
      <p className="c-prose">
        The register in <span className="c-mono c-break">{profile}</span> is encrypted, and its key is not in this
        machine’s keychain: the profile was copied here, or the keychain entry was lost. Nothing is lost: the recovery
        code opens it, and the key is then kept in this keychain.
      </p>
      <form
        className="c-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (code.trim() !== '') unlock.mutate({ code })
        }}
      >
        <Textarea
          label="Recovery code"
          description="Spaces, dashes and line breaks do not matter"
          autosize
          minRows={2}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: 'c-mono' }}
        />
        {unlock.isError ? <Failed error={unlock.error} /> : null}
        <Group justify="flex-end">
          <Button type="submit" loading={unlock.isPending} disabled={code.trim() === ''}>
            Open the register
          </Button>
        </Group>
      </form>
    </Threshold>
  )
}

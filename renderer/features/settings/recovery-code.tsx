import { Button, Group } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { api, query } from '../../data/api.ts'
import { SecretCopied, SecretCopyButton, SecretText, useSecretCopies } from '../../ui/secret.tsx'
import { Failed } from '../../ui/states.tsx'
import { TypedWord } from '../../ui/typed-word.tsx'
import { SaveResult } from '../../entities/save-result.tsx'
import { useSave } from '../../entities/use-save.ts'

interface RecoveryCodeProps {
  /** True if the code is shown for the first time, without confirmation; later the word SHOW is typed first. */
  readonly first: boolean
  /** Called when the person confirms that the code was saved. */
  readonly done: () => void
}

const WORD = 'SHOW'

/** The recovery code: requested, shown once on this page, copied or written down, confirmed. It is not stored here. */
export function RecoveryCode({ first, done }: RecoveryCodeProps): ReactElement {
  const queryClient = useQueryClient()
  const [word, setWord] = useState('')
  const copies = useSecretCopies((sha256) => api.desktop.secretCopied({ sha256 }))
  const save = useSave((_: 'pdf' | 'txt', path) => api.app.saveRecoveryKit({ confirm: WORD, path }))
  const reveal = useMutation(
    query.app.recoveryCode.mutationOptions({
      // Kept in the mutation cache only as long as it is on screen.
      gcTime: 0,
      onSuccess: () => queryClient.invalidateQueries({ queryKey: query.app.key() }),
    }),
  )
  if (reveal.isSuccess) {
    return (
      <div className="c-form">
        <SecretText text={reveal.data.code} label="Recovery code" copies={copies} />
        <dl className="c-facts">
          <dt>Unlocks</dt>
          <dd className="c-mono c-break">{reveal.data.path}</dd>
        </dl>
        <Group gap="xs">
          <Button
            variant="default"
            loading={save.busy}
            leftSection={<IconFileTypePdf size={14} aria-hidden />}
            onClick={() => void save.ask('pdf', 'castellan-recovery-kit.pdf')}
          >
            Save kit as PDF
          </Button>
          <Button
            variant="default"
            disabled={save.busy}
            onClick={() => void save.ask('txt', 'castellan-recovery-kit.txt')}
          >
            Save as text
          </Button>
          <SecretCopyButton text={reveal.data.code} label="Copy code" copies={copies} />
        </Group>
        <SecretCopied copies={copies} />
        <SaveResult save={save} />
        <Group justify="flex-end" gap="xs">
          <Button onClick={done}>I’ve saved it</Button>
        </Group>
      </div>
    )
  }
  return (
    <form
      className="c-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (first || word.trim() === WORD) reveal.mutate({ confirm: WORD })
      }}
    >
      {first ? null : (
        <TypedWord
          word={WORD}
          purpose="to see the code; the audit log records that it was shown"
          value={word}
          onChange={setWord}
          focused
        />
      )}
      {reveal.isError ? <Failed error={reveal.error} /> : null}
      <Group justify="flex-end">
        <Button type="submit" loading={reveal.isPending} disabled={!first && word.trim() !== WORD}>
          Show recovery code
        </Button>
      </Group>
    </form>
  )
}

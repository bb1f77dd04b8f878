import { Button, Group } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { RemediationPreview } from '../../../../shared/contract/remediation.ts'
import { api } from '../../../data/api.ts'
import { notifyDone } from '../../../ui/notify.tsx'
import { plural } from '../../../ui/relative.ts'
import { Failed } from '../../../ui/states.tsx'
import { TypedWord } from '../../../ui/typed-word.tsx'
import classes from './flow.module.css'

interface ApproveProps {
  /** A preview of changes that the member at this device can approve. */
  readonly preview: RemediationPreview
  readonly again: () => void
  readonly leave: () => void
}

/**
 * Approves changes as a second member of a team: the word is typed as it is before sending. Nothing is sent. Give it the token as its
 * `key`.
 */
export function Approve({ preview, again, leave }: ApproveProps): ReactElement {
  const [word, setWord] = useState('')
  const { token, confirm, remediations } = preview
  const approve = useMutation({
    mutationFn: () => api.remediation.approve({ token, confirm: word }),
    onSuccess: ({ rows }) => {
      notifyDone({ message: `${plural(rows.length, 'change')} approved for 24 hours. Nothing was sent` })
      leave()
    },
  })
  const isTyped = word.trim() === confirm
  const those = plural(remediations.length, 'change')
  return (
    <form
      className={classes['confirm']}
      aria-label="Approve"
      onSubmit={(event) => {
        event.preventDefault()
        if (isTyped && !approve.isPending) approve.mutate()
      }}
    >
      <p className="c-help">
        {`This register derives the same requests as the one where ${remediations.length === 1 ? 'the change was' : 'the changes were'} added. You approve ${those} as a second member, for 24 hours and for these requests alone. Nothing is sent from here.`}
      </p>
      <TypedWord word={confirm} purpose="to approve" value={word} onChange={setWord} disabled={approve.isPending} />
      {approve.isError ? <Failed error={approve.error} /> : null}
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={leave}>
          Not now
        </Button>
        {approve.isError ? (
          <Button onClick={again}>Preview again</Button>
        ) : (
          <Button
            type="submit"
            leftSection={<IconUserCheck size={14} aria-hidden />}
            disabled={!isTyped}
            loading={approve.isPending}
          >
            {`Approve ${those}`}
          </Button>
        )}
      </Group>
    </form>
  )
}

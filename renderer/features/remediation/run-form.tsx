import { Button, Group, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import type { RemediationPreview } from '../../../shared/contract/remediation.ts'
import { api } from '../../data/api.ts'
import { Problem } from '../../ui/failure.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import classes from './remediation.module.css'
import { listed, type Sorted } from '../../entities/remediation-labels.ts'

interface RunFormProps {
  readonly preview: RemediationPreview
  readonly sorted: Sorted
  readonly again: () => void
  /** Previews the others, without the blocked ones. */
  readonly leaveOut: () => void
  readonly ran: (stopped: string | null) => void
}

/**
 * The last step before anything is sent: the word is typed exactly. After a refusal the changes are previewed again.
 * Give it the token as its `key`.
 */
export function RunForm({ preview, sorted, again, leaveOut, ran }: RunFormProps): ReactElement {
  const { sends, byHand, blocked, calls } = sorted
  if (sends.length === 0) {
    return (
      <section className="c-card" aria-label="Run">
        <div className={classes['run']}>
          <p className="c-prose">
            {byHand.length > 0 && blocked.length === 0
              ? 'These steps are manual. Nothing is sent to the provider. The next sync shows whether they were done.'
              : 'Nothing can run yet. Resolve the blockers, then preview again.'}
          </p>
        </div>
      </section>
    )
  }
  if (blocked.length > 0) {
    return (
      <section className="c-card" aria-label="Run">
        <div className={classes['run']}>
          <p className="c-prose">
            <Status tone="warn">{`${plural(blocked.length, 'change', 'changes')} blocked`}</Status> Resolve the blockers
            and preview again, or leave these changes out; they stay in the list.
          </p>
          <Group gap="xs">
            <Button onClick={leaveOut}>Leave out blocked</Button>
          </Group>
        </div>
      </section>
    )
  }
  const organizations = new Set(sends.map(({ row }) => row.connection.label))
  return (
    <section className="c-card" aria-label="Run">
      <TypedRun
        preview={preview}
        again={again}
        ran={ran}
        verb={`Apply ${plural(sends.length, 'change', 'changes')}`}
        says={`${plural(calls, 'API request')} will be sent to ${listed([...organizations])}, in the order shown. The run stops at the first unexpected response, then re-syncs to verify.`}
        byHand={byHand.length}
      />
    </section>
  )
}

interface TypedRunProps extends Pick<RunFormProps, 'preview' | 'again' | 'ran'> {
  readonly verb: string
  readonly says: string
  readonly byHand: number
}

function TypedRun({ preview, again, ran, verb, says, byHand }: TypedRunProps): ReactElement {
  const [word, setWord] = useState('')
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const run = useMutation({
    mutationFn: () => api.remediation.run({ token: preview.token, confirm: word }),
    // When the person has left the page meanwhile, they are notified and stay where they are.
    onSuccess: ({ stopped }) => {
      if (isHere.current) ran(stopped)
      else if (stopped === null) notifyDone({ message: 'The changes were sent. See Remediation for the results' })
      else notifyFailed(new Problem(`Stopped. ${visibleText(stopped)}`, 'See Remediation for the other results.'))
    },
    onError: (error) => {
      if (!isHere.current) notifyFailed(error)
    },
  })
  const isTyped = word === preview.confirm
  return (
    <form
      className={classes['run']}
      aria-label="Confirm and run"
      onSubmit={(event) => {
        event.preventDefault()
        if (isTyped && !run.isPending) run.mutate()
      }}
    >
      <p className="c-prose">
        {visibleText(says)}
        {byHand === 0
          ? null
          : ` ${plural(byHand, 'change', 'changes')} with manual steps ${byHand === 1 ? 'is' : 'are'} not sent.`}
      </p>
      <TextInput
        label={
          <>
            Type <bdi className="c-mono">{preview.confirm}</bdi> to confirm
          </>
        }
        value={word}
        onChange={(event) => setWord(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        disabled={run.isPending}
        w="100%"
        maw={420}
      />
      {run.isError ? (
        <div className={classes['refused']}>
          <Failed error={run.error} />
          <Button onClick={again}>Preview again</Button>
        </div>
      ) : (
        <Group gap="xs">
          <Button
            type="submit"
            color="red"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            disabled={!isTyped}
            loading={run.isPending}
          >
            {verb}
          </Button>
          {run.isPending ? (
            <output>
              <Status tone="busy" plain>
                Sending, one request after another
              </Status>
            </output>
          ) : null}
        </Group>
      )}
    </form>
  )
}

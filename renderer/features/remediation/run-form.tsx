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
  /** Previews the others without those that cannot run. */
  readonly leaveOut: () => void
  readonly ran: (stopped: string | null) => void
}

/**
 * The last step before anything is sent: the word is typed, exactly. What was refused is not tried again as it is: it is
 * previewed again. Give it the token as its `key`.
 */
export function RunForm({ preview, sorted, again, leaveOut, ran }: RunFormProps): ReactElement {
  const { sends, byHand, blocked, calls } = sorted
  if (sends.length === 0) {
    return (
      <section className="c-card" aria-label="Run">
        <div className={classes['run']}>
          <p className="c-prose">
            {byHand.length > 0 && blocked.length === 0
              ? 'Nothing of this is sent: it is done by hand, in the console. The next sync shows whether it is.'
              : 'Nothing of this can be sent now. Clear what stands in the way, then preview again.'}
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
            <Status tone="warn">{`${plural(blocked.length, 'change', 'changes')} cannot run`}</Status> Clear what stands
            in the way and preview again, or leave them out; they stay on the list.
          </p>
          <Group gap="xs">
            <Button onClick={leaveOut}>Leave them out</Button>
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
        verb={`Run ${plural(calls, 'call')}`}
        says={`${plural(calls, 'call')} will be sent to ${listed([...organizations])}, in the order shown; the first surprise stops it. Then what was touched is read again.`}
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
    // Whoever went elsewhere while it was sent is told there, and not taken back.
    onSuccess: ({ stopped }) => {
      if (isHere.current) ran(stopped)
      else if (stopped === null) notifyDone({ message: 'The remedies were sent; Remedy has what came of them' })
      else notifyFailed(new Problem(`It stopped. ${visibleText(stopped)}`, 'Remedy has what came of the others.'))
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
        {byHand === 0 ? null : ` ${plural(byHand, 'change', 'changes')} stay to be done by hand.`}
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
                Sending, one call after another
              </Status>
            </output>
          ) : null}
        </Group>
      )}
    </form>
  )
}

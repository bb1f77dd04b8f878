import { Button, CloseButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Notice } from '../../shared/contract/app.ts'
import { RecoveryDialog } from '../features/settings/recovery-dialog.tsx'
import { notifyFailed } from '../ui/notify.tsx'
import { Status, type Tone } from '../ui/status.tsx'
import { leaveSample } from '../data/sample.ts'
import { useInfo } from '../data/use-info.ts'

const TONES: Readonly<Record<Notice['kind'], Tone>> = {
  'no-keychain': 'warn',
  'register-key-in-file': 'warn',
  'signing-key-in-file': 'warn',
  'recovery-not-shown': 'info',
  'read-only': 'info',
  preferences: 'warn',
  keychain: 'warn',
  'register-lost-rows': 'bad',
  'journal-end-missing': 'warn',
  network: 'bad',
}

/**
 * The notices above every page, until they are dismissed or resolved: the sample's label, a lost service, and others.
 */
export function Notices({ connected }: { readonly connected: boolean }): ReactElement {
  const info = useInfo()
  // Dismissed for this session only: a notice that still applies is shown again after the next start.
  const [dismissed, setDismissed] = useState<ReadonlySet<Notice['kind']>>(new Set())
  const standing = (info?.notices ?? []).filter((notice) => !dismissed.has(notice.kind))
  return (
    <section className="c-notices" aria-label="Notices">
      {connected ? null : (
        <div className="c-bar" data-tone="bad" role="alert">
          <Status tone="bad" plain>
            Can’t reach the register
          </Status>
          <span className="c-bar-detail">Data may be out of date. Retrying…</span>
        </div>
      )}
      {info?.sample ? <SampleBar /> : null}
      {standing.map((notice) => (
        <NoticeBar
          key={`${notice.kind}:${notice.detail}`}
          notice={notice}
          dismiss={() => setDismissed(new Set([...dismissed, notice.kind]))}
        />
      ))}
    </section>
  )
}

interface NoticeBarProps {
  readonly notice: Notice
  readonly dismiss: () => void
}

/** One line that does not push the page down; the full text on demand. */
function NoticeBar({ notice, dismiss }: NoticeBarProps): ReactElement {
  const [whole, setWhole] = useState(false)
  return (
    <div className="c-bar" data-tone={TONES[notice.kind]} data-whole={whole || undefined}>
      <Status tone={TONES[notice.kind]} plain>
        {notice.title}
      </Status>
      <span className="c-bar-detail">{notice.detail}</span>
      {notice.kind === 'recovery-not-shown' ? <ShowRecoveryCode /> : null}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-expanded={whole}
        aria-label={`${whole ? 'Less' : 'More'}: ${notice.title}`}
        onClick={() => setWhole(!whole)}
      >
        {whole ? 'Less' : 'More'}
      </Button>
      <CloseButton size="sm" aria-label={`Dismiss for this session: ${notice.title}`} onClick={dismiss} />
    </div>
  )
}

function SampleBar(): ReactElement {
  const leave = useMutation({ mutationFn: leaveSample, onError: notifyFailed })
  return (
    <div className="c-bar" data-tone="sample">
      <strong className="c-sample-label">SAMPLE</strong>
      <span className="c-bar-detail">Sample data. Nothing here affects your own register.</span>
      <Button size="compact-xs" variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
        Exit sample
      </Button>
    </div>
  )
}

function ShowRecoveryCode(): ReactElement {
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpened(true)}>
        Show the recovery code
      </Button>
      <RecoveryDialog opened={opened} close={() => setOpened(false)} />
    </>
  )
}

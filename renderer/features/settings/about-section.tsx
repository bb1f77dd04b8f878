import type { ReactElement } from 'react'

import { useInfo } from '../../app/use-info.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Loading } from '../../ui/states.tsx'
import { DiagnosticsSection } from './diagnostics-section.tsx'

const SHELLS = { electron: 'Desktop (Electron)', chromium: 'An installed browser', terminal: 'Terminal' } as const

/** Which Castellan this is and where its data lies. */
export function AboutSection(): ReactElement {
  const info = useInfo()
  if (!info) return <Loading what="the profile" rows={4} />
  return (
    <>
      <section className="c-setting-wide">
        <dl className="c-facts">
          <dt>Version</dt>
          <dd className="c-tabular">{info.version}</dd>
          <dt>Profile</dt>
          <dd className="c-mono c-break">{info.profile}</dd>
          <dt>Opened in</dt>
          <dd>{SHELLS[info.shell]}</dd>
          <dt>Keychain</dt>
          <dd>{info.keychain.detail}</dd>
          <dt>Proxy</dt>
          <dd className={info.proxy === null ? undefined : 'c-mono'}>{info.proxy ?? 'None'}</dd>
        </dl>
        <CopyButton text={info.profile} label="Copy the profile’s path" />
        <p className="c-prose">
          What Castellan knows of your clients lies in the profile, encrypted; the log beside it is plain text and holds
          no secret. Castellan calls the providers that you connect, and nobody else.
        </p>
      </section>
      <DiagnosticsSection />
    </>
  )
}

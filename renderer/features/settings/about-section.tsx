import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { About, ProfileInfo, SandboxState } from '../../../shared/contract/app.ts'
import { query } from '../../data/api.ts'
import { useInfo } from '../../data/use-info.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { formatDay } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { DiagnosticsSection } from './diagnostics-section.tsx'
import { UpdatesSection } from './updates/updates-section.tsx'
import './settings.css'

const SHELLS = { electron: 'Desktop (Electron)', chromium: 'An installed browser', terminal: 'Terminal' } as const

/** The version, the runtime, the location of the data, and updates. */
export function AboutSection(): ReactElement {
  const info = useInfo()
  const about = useQuery(query.app.about.queryOptions())
  if (about.isError) return <Failed error={about.error} retry={() => void about.refetch()} />
  if (!info || about.isPending) return <Loading what="the version" rows={6} />
  return (
    <>
      <section className="c-setting-wide">
        <h2 className="c-card-title">About Castellan</h2>
        <Facts about={about.data} info={info} />
        <CopyButton text={about.data.profile} label="Copy profile path" />
        <p className="c-prose">
          All client data is stored in the profile folder, encrypted; the log beside it is plain text and contains no
          secret. Castellan calls the providers that you connect, the server of a team that you join, and a feed of
          updates when you ask for one; no other address.
        </p>
      </section>
      <UpdatesSection />
      <DiagnosticsSection />
    </>
  )
}

function Facts({ about, info }: { readonly about: About; readonly info: ProfileInfo }): ReactElement {
  const { build, versions } = about
  return (
    <dl className="c-facts">
      <dt>Version</dt>
      <dd className="c-tabular">{about.version}</dd>
      <dt>Build</dt>
      <dd className="c-tabular">
        {build === null ? 'From a working copy' : `${build.commit.slice(0, 12)}, ${formatDay(build.date)}`}
      </dd>
      <dt>Running in</dt>
      <dd>{SHELLS[info.shell]}</dd>
      <dt>Platform</dt>
      <dd className="c-tabular">
        {[
          ['Electron', versions.electron],
          ['Chromium', versions.chromium],
          ['Node', versions.node],
          ['SQLite', versions.sqlite],
        ]
          .filter(([, version]) => version !== null)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')}
      </dd>
      <dt>System</dt>
      <dd>{about.system}</dd>
      {about.lock !== null && (
        <>
          <dt>Lock</dt>
          <dd>{about.lock}</dd>
        </>
      )}
      {about.sandbox !== null && (
        <>
          <dt>Sandbox</dt>
          <dd>{toSandboxWords(about.sandbox)}</dd>
        </>
      )}
      <dt>Profile</dt>
      <dd className="c-mono c-break">{about.profile}</dd>
      <dt>Log file</dt>
      <dd className="c-mono c-break">{about.log}</dd>
      <dt>Keychain</dt>
      <dd>{info.keychain.detail}</dd>
      <dt>Proxy</dt>
      <dd className={info.proxy === null ? undefined : 'c-mono'}>{info.proxy ?? 'None'}</dd>
      <dt>Licence</dt>
      <dd>
        MIT;{' '}
        <Link to="/help" search={{ section: 'licences' }}>
          Show all licences
        </Link>
      </dd>
    </dl>
  )
}

const STATES = { on: 'On', off: 'Off', unknown: 'Unknown' } as const

/** The state of the sandbox with its reason, such as `Off: --no-sandbox was given`. */
export function toSandboxWords({ state, why }: SandboxState): string {
  return `${STATES[state]}: ${why ?? 'no reason is known'}`
}

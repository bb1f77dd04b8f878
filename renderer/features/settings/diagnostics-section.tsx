import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import { api, query } from '../../data/api.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Failed } from '../../ui/states.tsx'
import { useSave } from '../../entities/use-save.ts'

/** Diagnostics for troubleshooting: shown first, so that they are read before they are shared. */
export function DiagnosticsSection(): ReactElement {
  const shown = useMutation(query.app.diagnostics.mutationOptions())
  const save = useSave((_: null, path) => api.app.saveDiagnostics({ path }))
  return (
    <section className="c-setting-wide">
      <h2 className="c-card-title">Diagnostics</h2>
      <p className="c-prose">
        Versions, files, row counts, results of the last syncs and the last lines of the log, for troubleshooting. No
        client, person, key or address is named. Read the diagnostics before you share them.
      </p>
      <Group gap="xs">
        <Button variant="default" loading={shown.isPending} onClick={() => shown.mutate(undefined)}>
          Show diagnostics
        </Button>
        {shown.isSuccess ? (
          <>
            <Button
              variant="default"
              loading={save.busy}
              onClick={() => void save.ask(null, 'castellan-diagnostics.json')}
            >
              Save…
            </Button>
            <CopyButton text={shown.data.text} />
          </>
        ) : null}
      </Group>
      <div aria-live="polite" className="c-result">
        {shown.isError ? <Failed error={shown.error} retry={() => shown.mutate(undefined)} /> : null}
        {save.state.at === 'failed' ? <Failed error={save.state.error} /> : null}
        {save.state.at === 'written' ? <p>Saved as {save.state.written.path}</p> : null}
      </div>
      {shown.isSuccess ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        <pre className="c-source c-diagnostics" tabIndex={0} dir="ltr" aria-label="Diagnostics">
          {shown.data.text}
        </pre>
      ) : null}
    </section>
  )
}

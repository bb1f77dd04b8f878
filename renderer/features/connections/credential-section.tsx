import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Connection } from '../../../shared/contract/connections.ts'
import { api, query } from '../../data/api.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PanelSection } from '../../ui/panel/panel-section.tsx'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import { originFor } from './base-url-field.tsx'
import { CredentialField, credentialProblem } from './credential-field.tsx'
import { CapabilityTable } from './sources.tsx'
import { credentialWords } from '../../entities/connection-summary.ts'

/** The credential of a connection: its state, set, test, replace, remove. Its value is never shown. */
export function CredentialSection({ connection }: { readonly connection: Connection }): ReactElement {
  const { credential } = connection
  const words = credentialWords(credential)
  const [editing, edit] = useDisclosure(false)
  const [removing, removal] = useDisclosure(false)
  const test = useMutation(query.connection.test.mutationOptions())
  return (
    <PanelSection title="Credential">
      <p>
        <Status tone={words.tone}>{words.word}</Status> <span className="c-mono">{words.detail}</span>
        {credential.setAt === null ? null : (
          <span className="c-sub">
            Set <When at={credential.setAt} />
            {credential.testedAt === null ? ', not tested' : null}
            {credential.testedAt === null ? null : (
              <>
                , tested <When at={credential.testedAt} />
              </>
            )}
          </span>
        )}
      </p>
      {editing ? (
        <SetCredential connection={connection} close={edit.close} />
      ) : (
        <Group gap="xs">
          {credential.state === 'none' ? <Button onClick={edit.open}>Set credential</Button> : null}
          {credential.state === 'not-needed' ? (
            <Button variant="default" loading={test.isPending} onClick={() => test.mutate({ id: connection.id })}>
              Test file
            </Button>
          ) : null}
          {credential.state === 'stored' || credential.state === 'session' ? (
            <>
              <Button variant="default" loading={test.isPending} onClick={() => test.mutate({ id: connection.id })}>
                Test
              </Button>
              <Button variant="default" onClick={edit.open}>
                Replace
              </Button>
              <Button variant="default" onClick={removal.open}>
                Remove
              </Button>
            </>
          ) : null}
        </Group>
      )}
      <div aria-live="polite">
        {test.isError ? <Failed error={test.error} retry={() => test.mutate({ id: connection.id })} /> : null}
        <Capabilities capabilities={test.data?.capabilities ?? credential.capabilities} />
      </div>
      <Confirm
        opened={removing}
        close={removal.close}
        title="Remove credential"
        verb="Remove credential"
        danger
        act={async () => {
          await api.connection.removeCredential({ id: connection.id })
          notifyDone({ message: 'Removed the credential from the keychain' })
        }}
      >
        It is deleted from the keychain and cannot be restored; paste the admin key again to sync. Data that was read so
        far stays in the register.
      </Confirm>
    </PanelSection>
  )
}

/** One line when everything is readable, else the state of each source. */
function Capabilities({ capabilities }: Pick<Connection['credential'], 'capabilities'>): ReactElement | null {
  if (capabilities.length === 0) return null
  if (capabilities.every(({ state }) => state === 'readable')) {
    return (
      <p>
        <Status tone="good" plain>
          {`It can read all ${capabilities.length} sources`}
        </Status>
      </p>
    )
  }
  return <CapabilityTable capabilities={capabilities} />
}

interface SetCredentialProps {
  readonly connection: Connection
  readonly close: () => void
}

function SetCredential({ connection, close }: SetCredentialProps): ReactElement {
  const [text, setText] = useState('')
  // The address as it is shown now: a change meanwhile must not send the credential elsewhere.
  const [baseUrl] = useState(connection.baseUrl)
  const set = useMutation(
    query.connection.setCredential.mutationOptions({
      // The input contains a secret; it is removed from the window's memory with the form.
      gcTime: 0,
      onSuccess: () => {
        setText('')
        notifyDone({ message: 'Stored the credential' })
        close()
      },
    }),
  )
  const ready = text.trim() !== '' && credentialProblem(connection.provider, text) === null
  return (
    <form
      className="c-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) set.mutate({ id: connection.id, credential: text.trim(), baseUrl })
      }}
    >
      <CredentialField provider={connection.provider} value={text} onChange={setText} />
      <p className="c-sub">
        It is sent to <span className="c-mono">{originFor(connection.provider, baseUrl ?? '')}</span> alone.
      </p>
      {set.isError ? <Failed error={set.error} /> : null}
      <Group gap="xs">
        <Button type="submit" loading={set.isPending} disabled={!ready}>
          Store credential
        </Button>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}

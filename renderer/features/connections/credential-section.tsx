import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { Connection } from '../../../shared/contract/connections.ts'
import { api, query } from '../../data/api.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { PanelSection } from '../../ui/panel/panel-section.tsx'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { CapabilityTable } from './connect/sources.tsx'
import { credentialWords } from '../../entities/connection-summary.ts'
import { nameSecretPlace } from '../../entities/secret-place.ts'
import { useInfo } from '../../data/use-info.ts'

const CHECK_WORDS = { ok: 'accepted', refused: 'refused', unreachable: 'the provider was not reached' } as const

interface CredentialSectionProps {
  readonly connection: Connection
  /** Opens the dialog that sets or replaces it. */
  readonly replace: () => void
}

/** The credential of a connection: its state, set, test, replace, remove. Its value is never shown. */
export function CredentialSection({ connection, replace }: CredentialSectionProps): ReactElement {
  const { credential } = connection
  const words = credentialWords(credential)
  const place = nameSecretPlace(useInfo()?.keychain)
  const [removing, removal] = useDisclosure(false)
  const test = useMutation(query.connection.test.mutationOptions())
  return (
    <PanelSection title="Credential">
      <p>
        <Status tone={words.tone}>{words.word}</Status> <span className="c-mono">{words.detail}</span>
        {credential.setAt === null ? null : (
          <span className="c-sub">
            Set <When at={credential.setAt} />
            {credential.testedAt === null || credential.check === null ? (
              ', not tested'
            ) : (
              <>
                {`, ${CHECK_WORDS[credential.check]} `}
                <When at={credential.testedAt} />
              </>
            )}
          </span>
        )}
      </p>
      <ReadBy connection={connection} />
      <Group gap="xs">
        {credential.state === 'none' ? <Button onClick={replace}>Set credential</Button> : null}
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
            <Button variant="default" onClick={replace}>
              Replace key
            </Button>
            <Button variant="default" onClick={removal.open}>
              Remove
            </Button>
          </>
        ) : null}
      </Group>
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
          notifyDone({ message: `Removed the credential from ${place}` })
        }}
      >
        It is deleted from {place} and cannot be restored; paste the admin key again to sync. Data that was read so far
        stays in the register.
      </Confirm>
    </PanelSection>
  )
}

/** In a team: whose devices have a credential of the connection. */
function ReadBy({
  connection: { credential, readBy },
}: Pick<CredentialSectionProps, 'connection'>): ReactElement | null {
  if (readBy === null || credential.state === 'not-needed') return null
  const names = readBy.map(({ member, own }) => (own ? `${visibleText(member)} (this device)` : visibleText(member)))
  return (
    <p className="c-sub">
      {names.length === 0
        ? 'No device of the team has a credential, so no device reads it.'
        : `Read by ${names.join(', ')}`}
    </p>
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

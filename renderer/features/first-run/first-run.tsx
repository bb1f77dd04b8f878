import { Button, Group } from '@mantine/core'
import { IconBuildingPlus, IconTelescope } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Client } from '../../../shared/contract/clients.ts'
import { CALLED_PROVIDER_IDS, providerName } from '../../../shared/domain/providers/providers.ts'
import { api } from '../../data/api.ts'
import { SAMPLE } from '../../../shared/domain/sample.ts'
import { openSample } from '../../data/sample.ts'
import { Failed } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { ClientForm } from '../clients/client-form.tsx'
import { clientInput, NEW_CLIENT } from '../clients/client-values.ts'
import { ConnectFlow } from '../connections/connect/connect-flow.tsx'
import { RecoveryCode } from '../settings/recovery-code.tsx'
import { RecoveryAbout } from '../settings/recovery-dialog.tsx'
import { JoinForm } from '../team/join-form.tsx'
import { Threshold } from './threshold.tsx'

interface FirstRunProps {
  readonly recoveryShown: boolean
  /** The path in the window that opens afterwards. */
  readonly done: (to: string) => void
}

/** A client stays in the steps after it was added. */
type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'client' }
  | { readonly at: 'join' }
  | { readonly at: 'connect' | 'code'; readonly client: Client }

/** The first run: the sample; a team; or the first client, its first connection, and then the recovery code. */
export function FirstRun({ recoveryShown, done }: FirstRunProps): ReactElement {
  const [step, setStep] = useState<Step>({ at: 'choose' })
  // The state at the start: showing the code changes it while the step is still on screen.
  const [shownBefore] = useState(recoveryShown)
  if (step.at === 'choose') {
    return <Choose addClient={() => setStep({ at: 'client' })} join={() => setStep({ at: 'join' })} />
  }
  if (step.at === 'join') {
    return (
      <Threshold title="Join a team">
        <JoinForm joined={() => done('/team')} close={() => setStep({ at: 'choose' })} />
      </Threshold>
    )
  }
  if (step.at === 'client') {
    return (
      <Threshold
        title="Add your first client"
        lead="A client is an organization whose access you manage: a customer’s, or your own."
        steps={<Stepper at={1} />}
      >
        <ClientForm
          initial={NEW_CLIENT}
          verb="Add client"
          save={(values) => api.client.add(clientInput(values))}
          saved={(client) => setStep({ at: 'connect', client })}
          cancel={() => setStep({ at: 'choose' })}
        />
      </Threshold>
    )
  }
  const { client } = step
  const openToday = (): void => done('/')
  if (step.at === 'code') {
    return (
      <Threshold title="Save the recovery code" steps={<Stepper at={3} />}>
        <RecoveryAbout />
        <RecoveryCode first done={openToday} />
        <Group gap={8}>
          <Button variant="subtle" onClick={openToday}>
            Later
          </Button>
        </Group>
      </Threshold>
    )
  }
  const saveCode = (): void => setStep({ at: 'code', client })
  return (
    <Threshold title={`Connect ${visibleText(client.name)}`} steps={<Stepper at={2} />}>
      <ConnectFlow
        clients={[client]}
        replaced={null}
        close={shownBefore ? openToday : saveCode}
        closeLabel="Later"
        next={shownBefore ? { label: 'Open Today', go: openToday } : { label: 'Save recovery code', go: saveCode }}
        openToday={shownBefore ? undefined : openToday}
        instead={
          <Group gap={8}>
            <Button variant="subtle" onClick={() => done(`/files?client=${client.slug}&view=import`)}>
              Import a file instead
            </Button>
          </Group>
        }
      />
    </Threshold>
  )
}

/** `OpenAI, Anthropic, or OpenRouter`. */
const PROVIDERS = new Intl.ListFormat('en', { type: 'disjunction' }).format(CALLED_PROVIDER_IDS.map(providerName))

interface ChooseProps {
  readonly addClient: () => void
  readonly join: () => void
}

function Choose({ addClient, join }: ChooseProps): ReactElement {
  const sample = useMutation({ mutationFn: openSample })
  return (
    <Threshold
      title="Castellan"
      lead="See who has access to every client’s AI accounts, which keys are due, and prove it was reviewed."
    >
      <div className="c-choices">
        <button type="button" className="c-choice" onClick={() => sample.mutate()} disabled={sample.isPending}>
          <IconTelescope size={26} stroke={1.4} aria-hidden />
          <strong>Explore the sample agency</strong>
          <span>
            {`${SAMPLE.clients} invented clients on ${SAMPLE.providers} providers, ${SAMPLE.people} people, ${SAMPLE.keys} keys: one client in order, four with work to do. Separate from your data. Exit any time.`}
          </span>
          <em>{sample.isPending ? 'Opening the sample…' : 'Look around first'}</em>
        </button>
        <button type="button" className="c-choice" onClick={addClient} disabled={sample.isPending}>
          <IconBuildingPlus size={26} stroke={1.4} aria-hidden />
          <strong>Add your first client</strong>
          <span>{`Name it, and connect its ${PROVIDERS} organization.`}</span>
          <em>Get started</em>
        </button>
      </div>
      <Group gap={8}>
        <Button variant="subtle" onClick={join}>
          Join a team that invited you
        </Button>
      </Group>
      {sample.isError ? <Failed error={sample.error} retry={() => sample.mutate()} /> : null}
    </Threshold>
  )
}

const STEPS = ['Client', 'Connect', 'Recovery code'] as const

/** Which step of the first run is shown: `1 Client › 2 Connect › 3 Recovery code`. */
function Stepper({ at }: { readonly at: 1 | 2 | 3 }): ReactElement {
  return (
    <ol className="c-steps" aria-label="Steps">
      {STEPS.map((label, index) => (
        <li
          key={label}
          aria-current={index + 1 === at ? 'step' : undefined}
          data-state={index + 1 < at ? 'done' : index + 1 === at ? 'now' : 'later'}
        >
          {`${index + 1} ${label}`}
        </li>
      ))}
    </ol>
  )
}

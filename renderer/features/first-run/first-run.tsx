import { Button } from '@mantine/core'
import { IconArrowRight, IconBuildingPlus, IconTelescope } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Client } from '../../../shared/contract/clients.ts'
import { api } from '../../data/api.ts'
import { SAMPLE } from '../../../shared/domain/sample.ts'
import { openSample } from '../../data/sample.ts'
import { Named } from '../../ui/named.tsx'
import { Failed } from '../../ui/states.tsx'
import { ClientForm } from '../clients/client-form.tsx'
import { clientInput, NEW_CLIENT } from '../clients/client-values.ts'
import { RecoveryCode } from '../settings/recovery-code.tsx'
import { RecoveryAbout } from '../settings/recovery-dialog.tsx'
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
  | { readonly at: 'code' | 'connect'; readonly client: Client }

/** The first run: the sample, or the first client, the recovery code, and the first connection. */
export function FirstRun({ recoveryShown, done }: FirstRunProps): ReactElement {
  const [step, setStep] = useState<Step>({ at: 'choose' })
  // The state at the start: showing the code changes it while the step is still on screen.
  const [shownBefore] = useState(recoveryShown)
  if (step.at === 'choose') return <Choose addClient={() => setStep({ at: 'client' })} />
  if (step.at === 'client') {
    return (
      <Threshold
        title="Add your first client"
        lead="A client is an organization whose access you manage: a customer’s, or your own."
      >
        <ClientForm
          initial={NEW_CLIENT}
          verb="Add client"
          save={(values) => api.client.add(clientInput(values))}
          saved={(client) => setStep({ at: shownBefore ? 'connect' : 'code', client })}
          cancel={() => setStep({ at: 'choose' })}
        />
      </Threshold>
    )
  }
  if (step.at === 'code') {
    return (
      <Threshold title="Save the recovery code">
        <RecoveryAbout />
        <RecoveryCode first done={() => setStep({ at: 'connect', client: step.client })} />
      </Threshold>
    )
  }
  return <Connect client={step.client} done={done} />
}

function Connect({ client, done }: Pick<FirstRunProps, 'done'> & { readonly client: Client }): ReactElement {
  return (
    <Threshold title="Add a connection">
      <p className="c-prose">
        <Named text={client.name} /> was added. Connect its OpenAI, Anthropic or OpenRouter organization with an admin
        key, which is stored in the keychain and never shown again. You can import a register or a CSV file instead.
      </p>
      <div className="c-first-actions">
        <Button
          rightSection={<IconArrowRight size={14} aria-hidden />}
          onClick={() => done(`/connections?client=${client.slug}&add=true`)}
        >
          Add connection
        </Button>
        <Button variant="default" onClick={() => done(`/files?client=${client.slug}&view=import`)}>
          Import file
        </Button>
        <Button variant="subtle" onClick={() => done('/')}>
          Later
        </Button>
      </div>
    </Threshold>
  )
}

function Choose({ addClient }: { readonly addClient: () => void }): ReactElement {
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
            {`${SAMPLE.clients} invented clients on ${SAMPLE.providers} providers, ${SAMPLE.people} people, ${SAMPLE.keys} keys: one client in order, five with work to do. Separate from your data. Exit any time.`}
          </span>
          <em>{sample.isPending ? 'Opening the sample…' : 'Look around first'}</em>
        </button>
        <button type="button" className="c-choice" onClick={addClient} disabled={sample.isPending}>
          <IconBuildingPlus size={26} stroke={1.4} aria-hidden />
          <strong>Add your first client</strong>
          <span>Name it, save your recovery code, and connect a provider or import a file.</span>
          <em>Get started</em>
        </button>
      </div>
      {sample.isError ? <Failed error={sample.error} retry={() => sample.mutate()} /> : null}
    </Threshold>
  )
}

import { Select } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { ChangedMeanwhile, useKept } from '../../ui/kept.tsx'
import { Answer } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { PolicyForm } from './policy-form.tsx'

/** The option for the agency: no slug is empty. */
const AGENCY = ''

/** How keys are named, how long they are valid, when to remind: for the agency, and what a client changes of it. */
export function PolicySection(): ReactElement {
  const { client: scope } = useScope()
  const clients = useClients()
  const [chosen, setChosen] = useState<string | null>(null)
  const whose = scope ?? chosen ?? AGENCY
  const client = whose === AGENCY ? undefined : whose
  const policy = useQuery(query.policy.get.queryOptions({ input: { client } }))
  return (
    <>
      <Select
        label="Policy of"
        className="c-setting"
        allowDeselect={false}
        readOnly={scope !== undefined}
        description={scope === undefined ? undefined : 'Limited to the selected client'}
        value={whose}
        onChange={setChosen}
        data={[
          { value: AGENCY, label: 'The agency (all clients)' },
          ...clients.map((each) => ({ value: each.slug, label: visibleText(each.name) })),
        ]}
      />
      <Answer of={policy} what="the policy" rows={6}>
        {(data) => <KeptPolicy key={whose} client={client} read={data} />}
      </Answer>
    </>
  )
}

interface KeptPolicyProps {
  readonly client: string | undefined
  readonly read: Outputs['policy']['get']
}

function KeptPolicy({ client, read }: KeptPolicyProps): ReactElement {
  const kept = useKept(read, JSON.stringify(read))
  const { shown, token, setTyped } = kept
  return (
    <>
      <ChangedMeanwhile
        of={kept}
        words="This policy was changed meanwhile. What you typed is kept; saving it replaces that change."
      />
      <PolicyForm
        key={token}
        client={client}
        agency={shown.policy}
        stored={client === undefined ? shown.policy : shown.override}
        setTyped={setTyped}
      />
    </>
  )
}

import { Select } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { Editing } from '../../ui/editing.tsx'
import { visibleText } from '../../ui/text.ts'
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
      <Editing
        key={whose}
        of={query.policy.get.queryOptions({ input: { client } })}
        find={(read) => read}
        what="the policy"
        saving="all fields"
        rows={6}
      >
        {(edited) => <PolicyForm client={client} edited={edited} />}
      </Editing>
    </>
  )
}

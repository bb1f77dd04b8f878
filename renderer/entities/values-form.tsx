import { Autocomplete, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { RemediationValues } from '../../shared/contract/remediation.ts'
import { PanelForm } from './panel-form.tsx'
import { parseMicros, type Offer } from './offers.ts'
import { roleCapability, roleWords } from '../../shared/domain/providers/roles.ts'
import { roleScope } from '../../shared/domain/remediation/remediation.ts'
import { roleLabel } from '../../shared/domain/role.ts'
import { RoleTable, WhichRole } from './role-table.tsx'

interface ValuesFormProps {
  readonly offer: Offer
  readonly busy: boolean
  readonly close: () => void
  readonly put: (values: RemediationValues) => void
  readonly verb?: string
}

/** The values of a proposal that a person has to enter: a role, a name, an amount. */
export function ValuesForm({ offer, busy, close, put, verb = 'Add to remediation' }: ValuesFormProps): ReactElement {
  const {
    action,
    connection: { provider },
    needs,
    values,
  } = offer
  const scope = roleScope(action)
  const [role, setRole] = useState(values.role ?? '')
  const [name, setName] = useState(values.name ?? '')
  const [amount, setAmount] = useState('')
  const can = roleCapability(provider, scope, role)
  const micros = parseMicros(amount)
  const submit = (): void => {
    if (needs.includes('amountMicros') && micros === null) return
    put({
      ...(needs.includes('role') ? { role: role.trim() } : {}),
      ...(needs.includes('name') ? { name: name.trim() } : {}),
      ...(needs.includes('amountMicros') && micros !== null ? { amountMicros: micros } : {}),
    })
  }
  return (
    <PanelForm label={offer.says} verb={verb} busy={busy} error={null} onSubmit={submit} close={close}>
      {needs.includes('role') ? (
        <>
          <Autocomplete
            label="Role"
            description={
              can === null ? 'The provider’s name of the role' : `${roleLabel(role.trim().toLowerCase())}: ${can}`
            }
            data={[...roleWords(provider, scope)]}
            value={role}
            onChange={setRole}
            required
            maxLength={200}
          />
          <RoleTable provider={provider} scope={scope} chosen={role} />
          <WhichRole />
        </>
      ) : null}
      {needs.includes('name') ? (
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
        />
      ) : null}
      {needs.includes('amountMicros') ? (
        <TextInput
          label="Amount a month, in US dollars"
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          error={amount !== '' && micros === null ? 'Enter an amount such as 500 or 1250.50' : null}
          inputMode="decimal"
          required
          maxLength={20}
        />
      ) : null}
    </PanelForm>
  )
}

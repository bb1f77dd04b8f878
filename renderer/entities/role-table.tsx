import { Collapse, Table, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useId, type ReactElement } from 'react'

import { roleCapabilities } from '../../shared/domain/providers/roles.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { roleLabel, type RoleScope } from '../../shared/domain/role.ts'
import { ROLES_TOPIC } from '../data/help-topics.ts'
import { openHelp } from '../ui/help/asked.ts'

interface RoleTableProps {
  readonly provider: string
  readonly scope: RoleScope
  /** The role that is chosen, which is marked. */
  readonly chosen?: string
}

/**
 * Beside a field in which a role is chosen: what each role of the provider may do, folded until it is asked for, and the
 * questions of the guide that lead to the role that is enough.
 */
export function RoleTable({ provider, scope, chosen = '' }: RoleTableProps): ReactElement {
  const [opened, { toggle }] = useDisclosure(false)
  const id = useId()
  const roles = roleCapabilities(provider, scope)
  const where = scope === 'organization' ? 'the organization' : 'a project'
  return (
    <div>
      {roles.length === 0 ? null : (
        <>
          <UnstyledButton className="c-link" aria-expanded={opened} aria-controls={id} onClick={toggle}>
            {`What each role of ${providerName(provider)} in ${where} may do`}
          </UnstyledButton>
          <Collapse expanded={opened} id={id}>
            <Table className="c-table">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Role</Table.Th>
                  <Table.Th>May do</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {roles.map(({ role, can }) => (
                  <Table.Tr key={role} {...(role === chosen.trim().toLowerCase() ? { 'aria-current': true } : {})}>
                    <Table.Td>{roleLabel(role)}</Table.Td>
                    <Table.Td>{can}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Collapse>
        </>
      )}
      <WhichRole />
    </div>
  )
}

/** A line that opens the questions of the guide. */
export function WhichRole(): ReactElement {
  return (
    <UnstyledButton className="c-link" data-help={ROLES_TOPIC} onClick={() => openHelp(ROLES_TOPIC)}>
      Which role is enough?
    </UnstyledButton>
  )
}

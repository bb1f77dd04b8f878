import { Collapse, Table, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { use, useId, type ReactElement } from 'react'

import { roleCapabilities } from '../../shared/domain/providers/roles.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { roleLabel, type RoleScope } from '../../shared/domain/role.ts'
import { ROLES_TOPIC } from '../data/help-topics.ts'
import { openHelp } from '../ui/help/asked.ts'
import { InDialog } from '../ui/in-dialog.ts'

interface RoleTableProps {
  readonly provider: string
  readonly scope: RoleScope
  /** The role that is chosen, which is marked. */
  readonly chosen?: string
}

/**
 * Beside a field in which a role is chosen: what each role of the provider may do, folded until it is asked for. Nothing where
 * that is not published.
 */
export function RoleTable({ provider, scope, chosen = '' }: RoleTableProps): ReactElement | null {
  const [opened, { toggle }] = useDisclosure(false)
  const id = useId()
  const roles = roleCapabilities(provider, scope)
  const where = scope === 'organization' ? 'the organization' : 'a project'
  if (roles.length === 0) return null
  return (
    <div>
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
    </div>
  )
}

/** A line that opens the questions of the guide, which lead to the role that is enough; not in a dialog, which is over the help. */
export function WhichRole(): ReactElement | null {
  if (use(InDialog)) return null
  return (
    <UnstyledButton className="c-link" data-help={ROLES_TOPIC} onClick={() => openHelp(ROLES_TOPIC)}>
      Which role is enough?
    </UnstyledButton>
  )
}

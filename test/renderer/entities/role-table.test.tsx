import { MantineProvider } from '@mantine/core'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'

import type { Offer } from '../../../renderer/entities/offers.ts'
import { RoleTable } from '../../../renderer/entities/role-table.tsx'
import { ValuesForm } from '../../../renderer/entities/values-form.tsx'
import { JobRoles } from '../../../renderer/features/plans/job-roles.tsx'
import { roleCapabilities } from '../../../shared/domain/providers/roles.ts'
import { PROVIDER_IDS, providerFacts } from '../../../shared/domain/providers/providers.ts'

const drawn = (element: ReactElement): string => renderToStaticMarkup(<MantineProvider>{element}</MantineProvider>)

function form(action: Offer['action'], role: string): string {
  const offer = {
    action,
    says: 'Change the role',
    connection: { id: 1, label: 'Acme', provider: 'openai', organizationId: null },
    needs: ['role'],
    values: { role },
  } as unknown as Offer
  return drawn(<ValuesForm offer={offer} busy={false} close={() => undefined} put={() => undefined} />)
}

describe('what a role may do', () => {
  it('is listed for each provider that publishes it, and the questions of the guide are always linked', () => {
    for (const provider of PROVIDER_IDS) {
      for (const scope of ['organization', 'project'] as const) {
        const html = drawn(<RoleTable provider={provider} scope={scope} />)
        const can = Object.entries(providerFacts(provider).roles[scope].can ?? {})
        expect(roleCapabilities(provider, scope).map((row) => [row.role, row.can])).toEqual(can)
        expect(html.includes('may do</button>')).toBe(can.length > 0)
        expect(html).toContain('data-help="roles#which-role-is-enough"')
      }
    }
  })

  it('is beside the role of a remediation, of the organization or of a project by its action', () => {
    expect(form('member-role', ' Reader ')).toContain('Reader: the ordinary member')
    expect(form('member-role', 'custom')).toContain('The provider’s name of the role')
    for (const action of ['project-member-role', 'project-member-add'] as const) {
      expect(form(action, 'viewer')).toContain('Viewer: looks at the project; calls no models')
      expect(form(action, '')).toContain('What each role of OpenAI in a project may do')
    }
  })

  it('is beside the job of a plan, in the words of each provider', () => {
    const job = { name: 'Developer', level: 'member', projects: ['Shop'], note: null } as const
    const html = drawn(<JobRoles providers={['openai', 'anthropic']} job={job} />)
    expect(html).toContain('OpenAI: Reader')
    expect(html).toContain('In its projects: Member')
    expect(html).toContain('calls models and makes own keys in the project')
    expect(html).toContain('Anthropic: ')
  })
})

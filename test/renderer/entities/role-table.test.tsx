import { MantineProvider } from '@mantine/core'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'

import type { Offer } from '../../../renderer/entities/offers.ts'
import { RoleTable, WhichRole } from '../../../renderer/entities/role-table.tsx'
import { ValuesForm } from '../../../renderer/entities/values-form.tsx'
import { JobRoles } from '../../../renderer/features/plans/job-roles.tsx'
import { InDialog } from '../../../renderer/ui/in-dialog.ts'
import { emptyPlan } from '../../../shared/domain/plans/standard.ts'
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
  it('is listed for each provider that publishes it', () => {
    for (const provider of PROVIDER_IDS) {
      for (const scope of ['organization', 'project'] as const) {
        const html = drawn(<RoleTable provider={provider} scope={scope} />)
        const can = Object.entries(providerFacts(provider).roles[scope].can ?? {})
        expect(roleCapabilities(provider, scope).map((row) => [row.role, row.can])).toEqual(can)
        expect(html.includes('may do</button>')).toBe(can.length > 0)
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

  it('has a link to the questions of the guide, but not in a dialog, over which the help cannot be used', () => {
    const LINK = 'data-help="provider-roles#which-role-is-enough"'
    expect(form('member-role', '')).toContain(LINK)
    expect(drawn(<WhichRole />)).toContain(LINK)
    expect(
      drawn(
        <InDialog value>
          <WhichRole />
        </InDialog>,
      ),
    ).not.toContain(LINK)
  })

  it('is beside the job of a plan, in the words of each provider', () => {
    const organization = { reason: null, limit: null }
    const plan = {
      ...emptyPlan('Acme'),
      organizations: [
        { ...organization, name: 'Web', provider: 'openai' },
        { ...organization, name: 'Lab', provider: 'anthropic' },
        { ...organization, name: 'Editors', provider: 'cursor-team' },
      ],
      projects: [
        { name: 'Shop', organization: 'Web', team: null, application: null, environments: [], limit: null, keys: [] },
      ],
    } as const
    const shown = (projects: readonly string[] | 'all'): string =>
      drawn(<JobRoles plan={plan} job={{ name: 'Developer', level: 'member', projects, note: null }} />)
    const own = shown(['Shop'])
    expect(own).toContain('OpenAI: Reader')
    expect(own).toContain('In its projects: Member')
    expect(own).toContain('calls models and makes own keys in the project')
    expect(own).not.toMatch(/Anthropic|Cursor/u)
    // Cursor has no projects, so no role in them.
    const everywhere = shown('all')
    expect(everywhere).toContain('Anthropic: ')
    expect(everywhere).toContain('Cursor: Member')
    expect(everywhere.match(/In its projects/gu)).toHaveLength(2)
    expect(shown([])).toContain('Anthropic: ')
    expect(shown([])).not.toContain('In its projects')
  })
})

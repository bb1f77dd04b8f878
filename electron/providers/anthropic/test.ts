import type { OrganizationFact } from '../../../shared/domain/facts.ts'
import { CallFailure } from '../kit/errors.ts'
import { getIds, openProbe, type TestReport } from '../kit/probe.ts'
import { openOrganization } from './client.ts'
import { isKey } from './federation.ts'
import { mayHaveGroups } from './groups.ts'
import { anthropicLists } from './lists.ts'
import { groupReading } from './normalise/group.ts'
import { organizationReading } from './normalise/organization.ts'
import { serviceAccountReading } from './normalise/service-account.ts'
import { workspaceReading } from './normalise/workspace.ts'
import type { Access } from '../kit/calls.ts'

const NO_WORKSPACE = 'There is no active workspace to try it on.'

/** Names what an Anthropic credential can read and the organization that it opens. */
export async function testAnthropic(access: Access, signal: AbortSignal): Promise<TestReport> {
  signal.throwIfAborted()
  const api = await openOrganization(access)
  const lists = anthropicLists(api)
  const probe = openProbe('anthropic', access, signal)
  let organization: OrganizationFact | null = null
  let workspace: string | null = null
  let account: string | null = null
  let group: string | null = null
  await probe.together([
    () =>
      probe.single('organization', async () => {
        const row = await probe.calls.json((options) => api.stable.retrieve(options))
        organization = organizationIn(row)
        if (organization === null) throw new CallFailure('malformed', 'it names no organization')
      }),
    async () => {
      workspace = getIds(await probe.list('projects', lists.workspaces(false)), workspaceReading)[0] ?? null
    },
    () => probe.list('users', lists.users()),
    () => probe.list('invites', lists.invites()),
    () => probe.list('keys', lists.keys()),
    () => probe.list('rate-limits', lists.rateLimits()),
    () => probe.list('spend-limits', lists.spendLimits()),
    ...(mayHaveGroups(access)
      ? [
          async () => {
            group = getIds(await probe.list('groups', lists.groups()), groupId)[0] ?? null
          },
          () => probe.list('roles', lists.roles()),
        ]
      : []),
    ...(isKey(access)
      ? []
      : [
          async () => {
            account =
              getIds(await probe.list('service-accounts', lists.serviceAccounts()), serviceAccountReading)[0] ?? null
          },
          () => probe.list('identity-providers', lists.issuers()),
          () => probe.list('federation-rules', lists.federationRules()),
        ]),
  ])
  await probe.together([
    ...probe.of(workspace, probe.whyNothing('projects', NO_WORKSPACE), [
      ['project-users', lists.members],
      ['project-rate-limits', lists.workspaceRateLimits],
    ]),
    // Most organizations have neither groups nor service accounts: then there is nothing that a credential could lack.
    ...(group === null ? [] : probe.of(group, '', [['group-users', lists.groupMembers]])),
    ...(account === null ? [] : probe.of(account, '', [['service-account-projects', lists.accountWorkspaces]])),
  ])
  const { capabilities, fault } = probe
  return { organization: getName(organization), capabilities, fault }
}

const groupId = (row: unknown): { readonly id: string | null } => groupReading(row, () => undefined)

function organizationIn(row: unknown): OrganizationFact | null {
  return organizationReading(row).facts.find((fact) => fact.type === 'organization') ?? null
}

function getName(organization: OrganizationFact | null): TestReport['organization'] {
  return organization === null ? null : { externalId: organization.externalId, name: organization.name }
}

import { notRead, reads, type Coverage } from '../kit/coverage.ts'

const of = (resource: string, ...verbs: readonly string[]): readonly string[] =>
  verbs.map((verb) => `organization.${resource}.${verb}`)

const ofBeta = (resource: string, ...verbs: readonly string[]): readonly string[] =>
  verbs.map((verb) => `beta.organization.${resource}.${verb}`)

/** API reference: an admin key is not accepted. */
const NEEDS_OAUTH = 'Anthropic answers it to OAuth tokens with the scope org:admin alone, never to a key.'

const NEEDS_ENTERPRISE =
  'Anthropic offers it to Claude Enterprise organizations alone, to an Enterprise key or an OAuth token.'

const NEEDS_ENTERPRISE_KEY =
  'Anthropic offers it to Claude Enterprise organizations alone, to an Enterprise key with the scope read:analytics.'

/**
 * The offer of Anthropic's admin API: `client.organization` of its official client, and `client.beta.organization`
 * where it offers more. A method of the beta part that the stable part has too is decided with it. Methods with a path
 * are in the API reference but in no client.
 */
export const ANTHROPIC_COVERAGE: Coverage = {
  basis: [
    '@anthropic-ai/sdk 1.13.0 (npm, 23 Nov 2026), client.organization and client.beta.organization',
    'Anthropic’s API reference for the usage, cost and compliance reports that the client lacks (Nov 2026)',
  ],
  offers: [
    reads(
      'Organization',
      { calls: ['organization.retrieve'], sources: ['organization'] },
      'which organization the credential opens',
    ),
    reads(
      'Workspaces',
      {
        calls: of('workspaces', 'list'),
        same: of('workspaces', 'retrieve'),
        sources: ['projects'],
        partial: 'Without include_archived and include_default, those workspaces are left out: they are asked for.',
      },
      'which workspaces exist, and which are archived',
    ),
    reads(
      'Users',
      { calls: of('users', 'list'), same: of('users', 'retrieve'), sources: ['users'] },
      'who belongs to the organization',
    ),
    reads(
      'Invites',
      { calls: of('invites', 'list'), same: of('invites', 'retrieve'), sources: ['invites'] },
      'who was invited and may still accept',
    ),
    reads(
      'Members of workspaces',
      {
        calls: of('workspaces.members', 'list'),
        same: of('workspaces.members', 'retrieve'),
        sources: ['project-users'],
      },
      'who is a member of a workspace',
    ),
    reads(
      'API keys',
      { calls: of('apiKeys', 'list'), same: of('apiKeys', 'retrieve'), sources: ['keys'] },
      'which keys call models, and who made them',
    ),
    reads(
      'Service accounts',
      {
        calls: of('serviceAccounts', 'list'),
        same: of('serviceAccounts', 'retrieve'),
        sources: ['service-accounts'],
        needs: NEEDS_OAUTH,
      },
      'which programs have an identity of their own, and whether one administers the organization',
    ),
    reads(
      'Workspaces of service accounts',
      {
        calls: of('serviceAccounts.workspaces', 'list'),
        same: of('workspaces.serviceAccounts', 'list', 'retrieve'),
        sources: ['service-account-projects'],
        needs: NEEDS_OAUTH,
      },
      'in which workspaces a service account acts, and with which role',
    ),
    reads(
      'Federation issuers',
      {
        calls: of('federation.issuers', 'list'),
        same: of('federation.issuers', 'retrieve'),
        sources: ['identity-providers'],
        needs: NEEDS_OAUTH,
      },
      'whose tokens the organization accepts in place of a key',
    ),
    reads(
      'Federation rules',
      {
        calls: of('federation.rules', 'list'),
        same: [...of('federation.rules', 'retrieve'), ...of('federation.rules.workspaces', 'list')],
        sources: ['federation-rules'],
        needs: NEEDS_OAUTH,
      },
      'which workloads act as a service account without a key',
    ),
    reads(
      'Groups of Claude Enterprise',
      {
        calls: of('rbacGroups', 'list'),
        same: of('rbacGroups', 'retrieve'),
        sources: ['groups'],
        needs: NEEDS_ENTERPRISE,
      },
      'which groups an Enterprise organization has',
    ),
    reads(
      'Members of groups',
      { calls: of('rbacGroups.members', 'list'), sources: ['group-users'], needs: NEEDS_ENTERPRISE },
      'whom a role of a group reaches',
    ),
    reads(
      'Roles of groups, and what they permit',
      {
        calls: [...of('rbacRoles', 'list'), ...of('rbacRoles.permissions', 'list')],
        same: of('rbacRoles', 'retrieve'),
        sources: ['roles', 'group-roles'],
        needs: NEEDS_ENTERPRISE,
      },
      'who holds a role of an Enterprise organization through a group',
    ),
    reads(
      'Rate limits of the organization',
      { calls: of('rateLimits', 'list'), sources: ['rate-limits'] },
      'how much the organization may send',
    ),
    reads(
      'Rate limits of workspaces',
      { calls: of('workspaces.rateLimits', 'list'), sources: ['project-rate-limits'] },
      'how much a workspace may send',
    ),
    reads(
      'Spend limits',
      { calls: ofBeta('spendLimits', 'list'), same: ofBeta('spendLimits', 'retrieve'), sources: ['spend-limits'] },
      'at which amount the organization or a workspace is stopped',
    ),
    reads(
      'Costs',
      { calls: [...ofBeta('analytics.cost', 'list'), 'GET /v1/organizations/cost_report'], reports: ['cost'] },
      'what was billed',
    ),
    reads(
      'Usage',
      {
        calls: [...ofBeta('analytics.usage', 'list'), 'GET /v1/organizations/usage_report/messages'],
        reports: ['messages'],
      },
      'who sent how many requests and tokens',
    ),
    reads(
      'Activity feed',
      {
        calls: ['GET /v1/compliance/activities', ...of('complianceSettings', 'retrieve')],
        sources: ['audit-log'],
        needs:
          'Anthropic answers it to admin keys and compliance access keys with the scope read:compliance_activities, which keys have that were created after the feed was turned on.',
      },
      'who made or changed a key, role or limit, and whether anything existed only between two syncs',
    ),
    reads(
      'Claude Code usage by person',
      {
        calls: ['GET /v1/organizations/usage_report/claude_code'],
        sources: ['user-activity'],
        needs:
          'It is asked for where an organization has a Claude Code workspace, of the last 7 days. Its tokens and costs are in the reports of usage and cost; sessions, lines and commits are not kept.',
      },
      'when a person last used Claude Code',
    ),
    reads(
      'Activity of Claude Enterprise members',
      { calls: of('analytics.users', 'list'), sources: ['user-activity'], needs: NEEDS_ENTERPRISE_KEY },
      'when a member of an Enterprise organization last used it',
    ),
    reads(
      'Effective spend limits of members',
      { calls: of('spendLimits.effective', 'list'), sources: ['member-spend-limits'], needs: NEEDS_ENTERPRISE },
      'at which amount a member of an Enterprise organization is stopped',
    ),
    notRead(
      'Requests of members for a higher spend limit',
      of('spendLimits.increaseRequests', 'list', 'retrieve'),
      'they change nothing until someone grants them; then the limit of the member has the amount.',
      'who asked for more',
    ),
    notRead(
      'Activity of Claude Enterprise by project, connector, plugin, skill and artifact',
      [
        ...of('analytics.summaries', 'list'),
        ...of('analytics.apps.chat.projects', 'list'),
        ...of('analytics.connectors', 'list'),
        ...of('analytics.plugins', 'list'),
        ...of('analytics.skills', 'list'),
        ...of('analytics.artifacts', 'list'),
      ],
      'it is about work that was done with Claude, and gives no one access.',
      'how much each feature was used',
    ),
    notRead(
      'Earlier Enterprise reports of usage and cost',
      [
        ...ofBeta('analytics.usageReport', 'list'),
        ...ofBeta('analytics.userUsageReport', 'list'),
        ...ofBeta('analytics.costReport', 'list'),
        ...ofBeta('analytics.userCostReport', 'list'),
      ],
      'Anthropic marks them as legacy; the reports of usage and cost that are read replace them.',
      'nothing that the reports of usage and cost do not show',
    ),
    notRead(
      'Encryption keys and storage of the customer',
      [...of('externalKeys', 'list', 'retrieve'), ...ofBeta('externalStorage', 'list', 'retrieve')],
      'they decide where data is stored and who encrypts it, and give no one access.',
      'where data is stored, and with whose key it is encrypted',
    ),
    notRead(
      'Webhooks and telemetry destinations',
      [
        ...ofBeta('webhooks', 'list', 'retrieve'),
        ...ofBeta('telemetryDestinations', 'list', 'retrieve'),
        ...ofBeta('telemetryDestinations.workspaces', 'list'),
      ],
      'they send data out, and give no one access to the organization.',
      'where events and telemetry are sent',
    ),
    notRead(
      'Plugins and their marketplaces',
      [
        ...ofBeta('plugins', 'list', 'retrieve'),
        ...ofBeta('plugins.versions', 'list', 'retrieve', 'download'),
        ...ofBeta('plugins.installationSettings', 'list'),
        ...ofBeta('plugins.shares', 'list'),
        ...ofBeta('pluginMarketplaces', 'list', 'retrieve'),
      ],
      'they are programs that members run, and give no one access to the organization.',
      'which plugins members may install',
    ),
    notRead(
      'Managed settings of Claude Code',
      [
        ...ofBeta('claudeCode.managedSettings.configuration', 'retrieve'),
        ...ofBeta('claudeCode.managedSettings.rbacGroups', 'list', 'retrieve'),
        ...ofBeta('claudeCode.managedSettings.rbacGroupDefault', 'retrieve'),
      ],
      'they configure a tool, and give no one access to the organization.',
      'what Claude Code may do on the machines of members',
    ),
    notRead(
      'Claude in Slack',
      [
        ...ofBeta('claudeTag.slackChannels', 'list', 'retrieve'),
        ...ofBeta('claudeTag.slackWorkspaces', 'list', 'retrieve'),
        ...ofBeta('claudeTag.bundles', 'list', 'retrieve'),
        ...ofBeta('claudeTag.bundles.targets', 'list', 'retrieve'),
      ],
      'the API never returns what a bundle grants.',
      'which Slack channels reach Claude, and with which connectors',
    ),
  ],
}

import { OPENAI_USAGE_REPORTS } from '../../../shared/domain/usage/fact.ts'
import { notRead, reads, type Coverage } from '../kit/coverage.ts'

const of = (resource: string, ...verbs: readonly string[]): readonly string[] =>
  verbs.map((verb) => `organization.${resource}.${verb}`)

/** The offer of OpenAI's admin API: `client.admin` of its official client. */
export const OPENAI_COVERAGE: Coverage = {
  basis: ['openai 7.57.0 (npm, 13 Nov 2026), client.admin'],
  offers: [
    reads(
      'Projects',
      { calls: of('projects', 'list'), same: of('projects', 'retrieve'), sources: ['projects'] },
      'which projects exist, and which are archived',
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
      'Roles of the organization',
      { calls: of('roles', 'list'), same: of('roles', 'retrieve'), sources: ['roles'] },
      'which roles the organization has made, and what they permit',
    ),
    reads(
      'Roles assigned to users',
      { calls: of('users.roles', 'list'), same: of('users.roles', 'retrieve'), sources: ['user-roles'] },
      'who holds a role on the organization beside the one in the list of users',
    ),
    reads(
      'Groups',
      { calls: of('groups', 'list'), same: of('groups', 'retrieve'), sources: ['groups'] },
      'which groups exist',
    ),
    reads(
      'Members of groups',
      { calls: of('groups.users', 'list'), same: of('groups.users', 'retrieve'), sources: ['group-users'] },
      'whom a role of a group reaches',
    ),
    reads(
      'Roles assigned to groups',
      { calls: of('groups.roles', 'list'), same: of('groups.roles', 'retrieve'), sources: ['group-roles'] },
      'who holds a role on the organization through a group',
    ),
    reads(
      'Users of projects',
      { calls: of('projects.users', 'list'), same: of('projects.users', 'retrieve'), sources: ['project-users'] },
      'who is a member of a project',
    ),
    reads(
      'Service accounts',
      {
        calls: of('projects.serviceAccounts', 'list'),
        same: of('projects.serviceAccounts', 'retrieve'),
        sources: ['project-service-accounts'],
      },
      'which programs hold access to a project',
    ),
    reads(
      'Roles of projects',
      { calls: of('projects.roles', 'list'), same: of('projects.roles', 'retrieve'), sources: ['project-roles'] },
      'which roles a project offers, and what they permit',
    ),
    reads(
      'Project roles assigned to users and service accounts',
      {
        calls: of('projects.users.roles', 'list'),
        same: of('projects.users.roles', 'retrieve'),
        sources: ['project-user-roles'],
      },
      'who holds a role in a project beside the one in the list of its users',
    ),
    reads(
      'Groups of projects',
      { calls: of('projects.groups', 'list'), same: of('projects.groups', 'retrieve'), sources: ['project-groups'] },
      'who reaches a project through a group',
    ),
    reads(
      'Project roles assigned to groups',
      {
        calls: of('projects.groups.roles', 'list'),
        same: of('projects.groups.roles', 'retrieve'),
        sources: ['project-group-roles'],
      },
      'which role a group gives in a project',
    ),
    reads(
      'Keys of projects',
      {
        calls: of('projects.apiKeys', 'list'),
        same: of('projects.apiKeys', 'retrieve'),
        sources: ['project-keys'],
        partial:
          'Without owner_project_access=any, keys of owners who have lost the project are left out: it is asked for.',
      },
      'which keys call models, who owns them and when they were used',
    ),
    reads(
      'Admin keys',
      { calls: of('adminAPIKeys', 'list'), same: of('adminAPIKeys', 'retrieve'), sources: ['admin-keys'] },
      'which keys administer the organization',
    ),
    reads(
      'Identity providers of workloads',
      {
        calls: of('workloadIdentityProviders', 'list'),
        same: of('workloadIdentityProviders', 'retrieve'),
        sources: ['identity-providers'],
      },
      'whose tokens the organization accepts in place of a key',
    ),
    reads(
      'Federation rules',
      {
        calls: of('workloadIdentityProviders.federationRules', 'list'),
        same: of('workloadIdentityProviders.federationRules', 'retrieve'),
        sources: ['federation-rules'],
      },
      'which workloads act as a service account without a key',
    ),
    reads(
      'Certificates',
      { calls: of('certificates', 'list'), same: of('certificates', 'retrieve'), sources: ['certificates'] },
      'which certificates open the API, and when they expire',
    ),
    reads(
      'Certificates of projects',
      { calls: of('projects.certificates', 'list'), sources: ['project-certificates'] },
      'in which projects a certificate is active',
    ),
    reads(
      'Rate limits of projects',
      { calls: of('projects.rateLimits', 'listRateLimits'), sources: ['project-rate-limits'] },
      'how much a project may send in a minute or a day',
    ),
    reads(
      'Spend limit of the organization',
      { calls: of('spendLimit', 'retrieve'), sources: ['spend-limits'] },
      'at which amount the organization is stopped',
    ),
    reads(
      'Spend limits of projects',
      { calls: of('projects.spendLimit', 'retrieve'), sources: ['project-spend-limits'] },
      'at which amount a project is stopped',
    ),
    reads(
      'Spend alerts of the organization',
      { calls: of('spendAlerts', 'list'), same: of('spendAlerts', 'retrieve'), sources: ['spend-alerts'] },
      'at which amount of the organization people are warned',
    ),
    reads(
      'Spend alerts of projects',
      {
        calls: of('projects.spendAlerts', 'list'),
        same: of('projects.spendAlerts', 'retrieve'),
        sources: ['project-spend-alerts'],
      },
      'at which amount of a project people are warned',
    ),
    reads(
      'Data retention of the organization',
      { calls: of('dataRetention', 'retrieve'), sources: ['settings'] },
      'how long the provider keeps prompts and answers',
    ),
    reads(
      'Data retention, permitted models and hosted tools of projects',
      {
        calls: [
          ...of('projects.dataRetention', 'retrieve'),
          ...of('projects.modelPermissions', 'retrieve'),
          ...of('projects.hostedToolPermissions', 'retrieve'),
        ],
        sources: ['project-settings'],
      },
      'which models and tools a project may call, and how long its data is kept',
    ),
    reads('Costs', { calls: of('usage', 'costs'), reports: ['cost'] }, 'what was billed'),
    reads(
      'Usage',
      {
        calls: of(
          'usage',
          'completions',
          'embeddings',
          'moderations',
          'images',
          'audioSpeeches',
          'audioTranscriptions',
          'decisions',
          'vectorStores',
          'codeInterpreterSessions',
          'fileSearchCalls',
          'webSearchCalls',
        ),
        reports: OPENAI_USAGE_REPORTS,
      },
      'who sent how many requests and tokens',
    ),
    reads(
      'Audit log',
      { calls: of('auditLogs', 'list'), sources: ['audit-log'] },
      'who made or changed a key, role or limit, and whether anything existed only between two syncs',
    ),
    notRead(
      'Service tier of projects',
      of('projects.serviceTierSettings', 'retrieve'),
      'it sets speed and price, and gives no one access.',
      'at which tier a project is served',
    ),
    notRead(
      'Encryption keys and storage of the customer',
      [...of('externalKeys', 'list', 'retrieve'), ...of('externalStorage', 'list', 'retrieve')],
      'they decide where data is stored and who encrypts it, and give no one access.',
      'where data is stored, and with whose key it is encrypted',
    ),
  ],
}

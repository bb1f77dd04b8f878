import { OPENAI_FEDERATION } from './federation.ts'
import type { Fate, KeyToJudge, ProviderFacts, Removal } from './facts.ts'

/**
 * Roles: RBAC guide and admin API reference. An organization `reader` is the ordinary member, who has roles in
 * projects, and is shown as a reader, as the vendor calls it. An organization owner is owner of every project. Bound on
 * projects: help pages. Snippet: settings of the vendor's clients, and the headers and variables that they read.
 */
export const OPENAI = {
  id: 'openai',
  name: 'OpenAI',
  projectWord: 'project',
  readsFile: false,
  defaultBaseUrl: 'https://api.openai.com/v1',
  adminPrefix: 'sk-admin-',
  credentialWords: 'An admin key (sk-admin-…)',
  keyGuide: {
    keyWord: 'admin key',
    maker: 'an owner of the organization',
    page: 'platform.openai.com/settings/organization/admin-keys',
    steps: [
      'Sign in as an owner, and choose the organization at the top left.',
      'Open Settings, Organization, Admin keys.',
      'Create an admin key: a name that shows its purpose, and the permission Read only.',
      'Copy the key. It is shown once and begins with sk-admin-.',
    ],
    permission: 'Read only is enough to sync and to read usage. A key that may write is only needed for changes.',
    unfit:
      'Project keys (sk-proj-…) and service-account keys (sk-svcacct-…) call models and cannot read the organization.',
  },
  alsoAdministers: [],
  publicPart: null,
  credentials: ['openai-admin', 'openai-project', 'openai-account'],
  roles: {
    organization: {
      levels: { owner: 'owner', admin: 'admin', member: 'member', reader: 'reader' },
      words: { owner: 'owner', member: 'reader' },
      can: {
        owner: 'full control: members, projects, keys, billing, settings, and the deletion of the organization',
        reader: 'the ordinary member: nothing in the organization, and what its roles in projects allow',
      },
    },
    project: {
      levels: { owner: 'owner', member: 'member', viewer: 'reader', none: 'other' },
      words: { owner: 'owner', member: 'member', reader: 'viewer' },
      can: {
        owner: 'members, service accounts, keys of others, limits and settings of the project',
        member: 'calls models and makes own keys in the project',
        viewer: 'looks at the project; calls no models',
        none: 'nothing by itself, until a role is assigned',
      },
    },
  },
  impliedProjectRoles: { owner: 'owner' },
  setsMemberRole: true,
  invitesIntoProjects: true,
  reportsPersonUse: true,
  reportsUseInPart: false,
  listsAdminKeys: true,
  projectKeysNameMaker: false,
  keyWithoutProject: 'project',
  canDisableKey: false,
  keyFate,
  mostProjects: 2000,
  defaultProjectName: 'Default project',
  defaultProjectTakesAccounts: false,
  hasAlerts: true,
  listsProjectLimits: false,
  limitIds: [],
  essentialSources: ['projects', 'users'],
  federation: OPENAI_FEDERATION,
  snippet: {
    library: { python: 'openai', typescript: 'openai', name: 'OpenAI' },
    keyVariable: 'OPENAI_API_KEY',
    baseUrlVariable: 'OPENAI_BASE_URL',
    modelsPath: '/models',
    keyHeader: 'Authorization: Bearer ',
    headers: [],
    selects: [
      { what: 'organization', header: 'OpenAI-Organization', variable: 'OPENAI_ORG_ID' },
      { what: 'project', header: 'OpenAI-Project', variable: 'OPENAI_PROJECT_ID' },
    ],
  },
} as const satisfies ProviderFacts

/**
 * - A person's key may do no more than its owner may ("still subject to the owner's effective permissions", API
 * reference,
 *   update project API key), and the list marks keys whose owner lost the project while they are still enabled
 *   (`owner_project_access`, list project API keys).
 * - A service account's keys belong to the account (API reference, delete service account and its keys).
 * - Admin keys: nothing is published on the removal of their owner.
 * - Archived project: nothing in it can be used, and it cannot be restored (API reference, archive project).
 */
function keyFate({ kind, ownerAccess }: KeyToJudge, removal: Exclude<Removal, 'key'>): Fate {
  if (removal === 'project') {
    return { effect: 'dies', because: 'OpenAI: nothing in an archived project can be used, and it stays archived.' }
  }
  if (removal === 'service-account') {
    return { effect: 'dies', because: 'OpenAI: the keys of a service account are deleted with it.' }
  }
  if (kind === 'admin') {
    return {
      effect: 'unknown',
      because: 'OpenAI does not document what happens to an admin key whose owner is removed.',
    }
  }
  if (kind === 'unknown') {
    return {
      effect: 'unknown',
      because: 'It is not known whether it is an admin key or a project’s, since a list was not read.',
    }
  }
  if (ownerAccess === 'inactive') {
    return {
      effect: 'unknown',
      because:
        'It is not known whether it still works: its owner has lost the project already, and OpenAI lists it as enabled.',
    }
  }
  return {
    effect: 'dies',
    because:
      'OpenAI: a person’s key may do no more than its owner may. It stays listed, and works again if they come back.',
  }
}

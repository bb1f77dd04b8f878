import { ANTHROPIC_FEDERATION } from './federation.ts'
import type { Fate, KeyToJudge, ProviderFacts, Removal } from './facts.ts'

/**
 * Credentials: the Admin API accepts an admin key, an OAuth token with the scope `org:admin`, and a personal or
 * service-account key with admin scope. Roles: administration API and workspaces guide; admins are workspace admins
 * everywhere, and billing members hold `workspace_billing` everywhere. Keys of a workspace: administration API, "What
 * happens to API keys when removing a user?". Bound on workspaces: help pages. A key selects its workspace by itself.
 */
export const ANTHROPIC = {
  id: 'anthropic',
  name: 'Anthropic',
  projectWord: 'workspace',
  readsFile: false,
  defaultBaseUrl: 'https://api.anthropic.com',
  adminPrefix: 'sk-ant-admin01-',
  credentialWords: 'An admin key (sk-ant-admin01-…), an OAuth token with org:admin, or a key with admin scope',
  keyGuide: {
    keyWord: 'admin key',
    maker: 'a member with the role admin',
    page: 'platform.claude.com/settings/admin-keys',
    steps: [
      'Sign in to the Claude Console as an admin of the organization.',
      'Open Settings, Admin keys.',
      'Create an admin key with a name that shows its purpose.',
      'Copy the key. It is shown once and begins with sk-ant-admin01-.',
    ],
    permission:
      'An admin key has one permission. With access Read only, Castellan sends no request that changes anything.',
    unfit:
      'Keys that only call models (most of sk-ant-api…) cannot read the organization. Individual accounts have no admin API.',
  },
  alsoAdministers: [
    [
      'sk-ant-oat01-',
      'This is an OAuth token. It needs the scope org:admin, and it expires: set a new one then, or use an admin key.',
    ],
    [
      'sk-ant-api01-',
      'This is a Claude Enterprise key. It reads only what Claude Enterprise offers: test the connection to see what.',
    ],
    [
      'sk-ant-api',
      'This key may only call models. It reads the organization where it has admin scope: test the connection to see.',
    ],
    ['sk-ant-', 'Castellan does not know this form of credential. Test the connection to see what it reads.'],
  ],
  publicPart: /^sk-ant-[a-z]{3,8}\d{2}-/u,
  credentials: ['anthropic-admin', 'anthropic-oauth', 'anthropic'],
  roles: {
    organization: {
      levels: {
        primary_owner: 'owner',
        owner: 'owner',
        admin: 'admin',
        membership_admin: 'admin',
        developer: 'member',
        restricted_developer: 'member',
        claude_code_user: 'member',
        managed: 'member',
        billing: 'billing',
        user: 'reader',
      },
      words: { admin: 'admin', member: 'developer', billing: 'billing', reader: 'user', other: 'user' },
      can: {
        primary_owner: 'full control of an Enterprise organization; one person holds it',
        owner: 'full control of an Enterprise organization',
        admin: 'full control: members, workspaces, keys, billing and settings',
        membership_admin: 'members and groups of an Enterprise organization',
        developer: 'calls models and manages keys; no members and no billing',
        restricted_developer: 'calls models in its workspaces; manages no keys',
        claude_code_user: 'Claude Code alone',
        managed: 'what its groups allow',
        billing: 'invoices, payment and usage; no keys',
        user: 'the Workbench alone; no keys',
      },
    },
    project: {
      levels: {
        workspace_admin: 'admin',
        workspace_developer: 'member',
        workspace_restricted_developer: 'member',
        workspace_billing: 'billing',
        workspace_user: 'reader',
      },
      words: {
        admin: 'workspace_admin',
        member: 'workspace_developer',
        billing: 'workspace_billing',
        reader: 'workspace_user',
        other: 'workspace_user',
      },
      can: {
        workspace_admin: 'members, keys and settings of the workspace',
        workspace_developer: 'calls models and manages keys in the workspace',
        workspace_restricted_developer: 'calls models in the workspace; manages no keys',
        workspace_billing: 'usage and cost of the workspace; no keys',
        workspace_user: 'the Workbench in the workspace alone',
      },
    },
  },
  impliedProjectRoles: {
    primary_owner: 'workspace_admin',
    owner: 'workspace_admin',
    admin: 'workspace_admin',
    billing: 'workspace_billing',
  },
  setsMemberRole: true,
  signOutSource: 'groups',
  invitesIntoProjects: false,
  reportsPersonUse: false,
  reportsUseInPart: true,
  listsAdminKeys: false,
  projectKeysNameMaker: true,
  keyWithoutProject: 'organization',
  canDisableKey: true,
  keyFate,
  mostProjects: 100,
  defaultProjectName: 'Default',
  defaultProjectTakesAccounts: true,
  hasAlerts: false,
  listsProjectLimits: true,
  limitIds: [
    ['spend:tier', 'tier'],
    ['spend:tier:%', 'tier'],
  ],
  essentialSources: ['organization', 'projects', 'users'],
  federation: ANTHROPIC_FEDERATION,
  snippet: {
    library: { python: 'anthropic', typescript: '@anthropic-ai/sdk', name: 'Anthropic' },
    keyVariable: 'ANTHROPIC_API_KEY',
    baseUrlVariable: 'ANTHROPIC_BASE_URL',
    modelsPath: '/v1/models',
    keyHeader: 'x-api-key: ',
    headers: ['anthropic-version: 2023-06-01'],
    selects: [],
  },
} as const satisfies ProviderFacts

/**
 * - Workspace key: it belongs to the organization and stays as it is when its creator is removed (administration API).
 * A
 *   key of the organization is bound to the person or service account that it acts as (API reference, `principal` and
 *   `scope` of an API key).
 * - Key that Claude Code made at a sign-in: it stops working when its owner is removed (workspaces guide).
 * - Archived workspace: every key in it is revoked immediately, permanently (workspaces guide).
 */
function keyFate({ kind, ownerKind, tool }: KeyToJudge, removal: Exclude<Removal, 'key'>): Fate {
  if (removal === 'project') {
    return { effect: 'dies', because: 'Anthropic: archiving a workspace permanently revokes every key in it.' }
  }
  if (typeof tool === 'string') {
    return { effect: 'dies', because: `Anthropic: a key of ${tool} ends when its owner leaves the workspace.` }
  }
  if (kind === 'organization') {
    return { effect: 'dies', because: 'Anthropic: a key of the organization acts as its owner.' }
  }
  if (kind === 'admin') {
    return {
      effect: 'unknown',
      because: 'Anthropic does not document what happens to an admin key whose creator is removed.',
    }
  }
  if (ownerKind === 'service-account') {
    return { effect: 'unknown', because: 'Anthropic: whether the key acts as the service account is not recorded.' }
  }
  return { effect: 'stays', because: 'Anthropic: a workspace key belongs to the workspace and outlives its creator.' }
}

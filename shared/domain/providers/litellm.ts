import type { ProviderFacts } from './facts.ts'

/**
 * A LiteLLM proxy of a client's own (docs.litellm.ai, access control). Teams are its projects. An admin of the proxy
 * administers every team; an admin of one of its organizations the teams of that one, which the adapter reads. A key of a
 * team without a user belongs to a service account of the team.
 */
export const LITELLM = {
  id: 'litellm',
  name: 'LiteLLM',
  projectWord: 'team',
  readsFile: false,
  defaultBaseUrl: 'http://localhost:4000',
  // Keys of the proxy have the prefix of many vendors; the keys that are known to be another's are refused.
  adminPrefix: 'sk-',
  credentialWords: 'The master key of the proxy, or a key of one of its admins (sk-…)',
  keyGuide: {
    keyWord: 'master key',
    maker: 'the operator of the proxy',
    page: 'docs.litellm.ai/docs/proxy/virtual_keys',
    steps: [
      'Find the address of the proxy, such as https://litellm.example.com, and write it under Base URL.',
      'Sign in to the proxy’s window (its address with /ui) as a proxy admin.',
      'Create a virtual key for a user with the role proxy_admin_viewer, or use the master key of the configuration.',
      'Copy the key. It is shown once and begins with sk-.',
    ],
    permission:
      'The key of a proxy_admin_viewer is enough to read users, teams, keys and spend. LiteLLM shows the admins of organizations and deposited credentials to a proxy_admin alone. With access Read only, Castellan sends no request that changes anything.',
    unfit:
      'A virtual key that calls models, of an ordinary user, of an admin of an organization or without a user sees only some rows: its lists end as denied.',
  },
  alsoAdministers: [],
  publicPart: null,
  credentials: ['secret-key'],
  roles: {
    organization: {
      levels: {
        proxy_admin: 'owner',
        proxy_admin_viewer: 'reader',
        org_admin: 'admin',
        internal_user: 'member',
        internal_user_viewer: 'reader',
      },
      words: { owner: 'proxy_admin', member: 'internal_user', reader: 'internal_user_viewer' },
    },
    project: {
      levels: { admin: 'admin', org_admin: 'admin', user: 'member' },
      words: { admin: 'admin', member: 'user' },
    },
  },
  impliedProjectRoles: { proxy_admin: 'admin' },
  setsMemberRole: false,
  invitesIntoProjects: false,
  reportsPersonUse: false,
  reportsUseInPart: false,
  listsAdminKeys: true,
  projectKeysNameMaker: false,
  keyWithoutProject: 'project',
  canDisableKey: true,
  keyFate: null,
  mostProjects: null,
  defaultProjectName: null,
  defaultProjectTakesAccounts: true,
  hasAlerts: false,
  listsProjectLimits: true,
  limitIds: [
    ['spend:key:%', 'key'],
    ['rate:key:%', 'key'],
  ],
  essentialSources: ['users', 'projects', 'keys'],
  snippet: null,
} as const satisfies ProviderFacts

import type { ProviderFacts } from './facts.ts'

/**
 * Roles and keys: management API, whose keys name their creator (`creator_user_id`). It lists members and does not
 * change them, publishes nothing about roles that the organization carries into workspaces, and has one role below its
 * admins. The library of its snippets is OpenAI's; a key selects its workspace by itself.
 */
export const OPENROUTER = {
  id: 'openrouter',
  name: 'OpenRouter',
  projectWord: 'workspace',
  readsFile: false,
  defaultBaseUrl: 'https://openrouter.ai/api/v1',
  // Keys that only call models have the same prefix; a test of the connection distinguishes them.
  adminPrefix: 'sk-or-v1-',
  credentialWords: 'A management key (sk-or-v1-…)',
  keyGuide: {
    keyWord: 'management key',
    maker: 'an admin of the organization',
    page: 'openrouter.ai/settings/management-keys',
    steps: [
      'Sign in as an admin, and choose the organization.',
      'Open Settings, Management keys (formerly Provisioning keys).',
      'Create a management key with a name that shows its purpose.',
      'Copy the key. It is shown once and begins with sk-or-v1-.',
    ],
    permission:
      'A management key has one permission. With access Read only, Castellan sends no request that changes anything.',
    unfit:
      'Keys that call models begin with the same sk-or-v1-, and cannot read the organization; connecting shows which it is.',
  },
  alsoAdministers: [],
  publicPart: null,
  credentials: ['openrouter'],
  roles: {
    organization: {
      levels: { 'org:admin': 'admin', 'org:member': 'member' },
      words: { admin: 'org:admin', member: 'org:member' },
    },
    project: {
      levels: { admin: 'admin', member: 'member' },
      words: { admin: 'admin', member: 'member' },
    },
  },
  impliedProjectRoles: {},
  setsMemberRole: false,
  invitesIntoProjects: false,
  reportsPersonUse: false,
  reportsUseInPart: false,
  listsAdminKeys: false,
  projectKeysNameMaker: true,
  keyWithoutProject: 'project',
  canDisableKey: true,
  keyFate: null,
  mostProjects: null,
  defaultProjectName: null,
  defaultProjectTakesAccounts: true,
  hasAlerts: false,
  listsProjectLimits: false,
  limitIds: [['spend:key:%', 'key']],
  essentialSources: ['organization'],
  snippet: {
    library: { python: 'openai', typescript: 'openai', name: 'OpenAI' },
    keyVariable: 'OPENROUTER_API_KEY',
    baseUrlVariable: null,
    modelsPath: '/models',
    keyHeader: 'Authorization: Bearer ',
    headers: [],
    selects: [],
  },
} as const satisfies ProviderFacts

import type { ProviderFacts } from './facts.ts'

/**
 * Seats of a Cursor team (Admin API, team members). An unpaid owner (`free-owner`) administers the team without a seat.
 * There are no projects; keys of the team are not listed.
 */
export const CURSOR_TEAM = {
  id: 'cursor-team',
  name: 'Cursor',
  projectWord: 'project',
  readsFile: false,
  defaultBaseUrl: 'https://api.cursor.com',
  adminPrefix: 'key_',
  credentialWords: 'An Admin API key (key_…)',
  keyGuide: {
    keyWord: 'Admin API key',
    maker: 'an admin of the team',
    page: 'cursor.com/dashboard',
    steps: [
      'Sign in to the dashboard of Cursor as an admin of the team.',
      'Open Settings, Advanced, Admin API keys.',
      'Create an API key with a name that shows its purpose.',
      'Copy the key. It is shown once and begins with key_.',
    ],
    permission:
      'An Admin API key has one permission. Castellan sends no request that changes a member or a spend limit.',
    unfit: 'A key of a user (for agents) and the key of another team cannot read the members.',
  },
  alsoAdministers: [
    ['crsr_', 'This may be a key of a user, which cannot read the members: test the connection to see.'],
  ],
  publicPart: null,
  credentials: ['cursor', 'cursor-newer'],
  roles: {
    organization: {
      levels: { owner: 'owner', 'free-owner': 'owner', admin: 'admin', member: 'member' },
      words: { owner: 'owner', admin: 'admin', member: 'member' },
    },
    project: { levels: {}, words: { member: 'member' } },
  },
  impliedProjectRoles: {},
  setsMemberRole: false,
  invitesIntoProjects: false,
  reportsPersonUse: false,
  sellsSeats: true,
  reportsUseInPart: false,
  listsAdminKeys: false,
  projectKeysNameMaker: false,
  keyWithoutProject: 'project',
  canDisableKey: false,
  keyFate: null,
  mostProjects: null,
  defaultProjectName: null,
  defaultProjectTakesAccounts: false,
  hasAlerts: false,
  listsProjectLimits: false,
  limitIds: [],
  essentialSources: ['users'],
  snippet: null,
} as const satisfies ProviderFacts

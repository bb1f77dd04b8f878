import type { ProviderFacts } from './facts.ts'

/**
 * Seats of GitHub Copilot: who may use it at the organization's cost (REST API, Copilot user management). A seat has one
 * role, by the plan; those of GitHub itself give nothing here. There are no projects and no keys.
 */
export const GITHUB_COPILOT = {
  id: 'github-copilot',
  name: 'GitHub Copilot',
  projectWord: 'project',
  readsFile: false,
  defaultBaseUrl: 'https://api.github.com',
  adminPrefix: 'github_pat_',
  credentialWords: 'A fine-grained token (github_pat_…) or a classic one (ghp_…)',
  keyGuide: {
    keyWord: 'fine-grained token',
    maker: 'an owner of the organization',
    page: 'github.com/settings/personal-access-tokens',
    steps: [
      'Sign in to GitHub as an owner of the organization.',
      'Open Settings, Developer settings, Personal access tokens, Fine-grained tokens.',
      'Generate a token: a name that shows its purpose, the organization as its resource owner, and an expiry.',
      'Among the permissions of the organization, choose GitHub Copilot Business, Read-only, and Members, Read-only.',
      'Copy the token. It is shown once and begins with github_pat_.',
    ],
    permission: 'Read-only is enough: Castellan sends no request that changes a seat.',
    unfit: 'A token of another organization, or one without these permissions, cannot read the seats.',
  },
  alsoAdministers: [
    [
      'ghp_',
      'This is a classic token. It needs the scope manage_billing:copilot or read:org, and may do more than read seats: prefer a fine-grained one.',
    ],
    ['ghs_', 'This is a token of an installed app. It expires within the hour: set a new one for each sync.'],
  ],
  publicPart: null,
  credentials: ['github-fine', 'github', 'github-app'],
  roles: {
    organization: {
      levels: { 'business seat': 'member', 'enterprise seat': 'member', seat: 'member' },
      words: { member: 'seat' },
    },
    project: { levels: {}, words: { member: 'seat' } },
  },
  impliedProjectRoles: {},
  setsMemberRole: false,
  invitesIntoProjects: false,
  reportsPersonUse: true,
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
  essentialSources: ['organization', 'users'],
  snippet: null,
} as const satisfies ProviderFacts

import type { ProviderFacts } from './facts.ts'

/** The role words of any platform: a file can give their levels itself; else common words are recognized. */
const ROLES = {
  levels: {},
  words: { owner: 'owner', admin: 'admin', member: 'member', billing: 'billing', reader: 'reader' },
} as const

/** Any platform: the connection reads a file that a person or a program makes from it (`docs/file-provider.md`). */
export const FILE = {
  id: 'file',
  name: 'File',
  projectWord: 'project',
  readsFile: true,
  defaultBaseUrl: '',
  adminPrefix: '',
  credentialWords: '',
  keyGuide: null,
  alsoAdministers: [],
  publicPart: null,
  credentials: null,
  roles: { organization: ROLES, project: ROLES },
  impliedProjectRoles: {},
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
  limitIds: [],
  essentialSources: [],
  snippet: null,
} as const satisfies ProviderFacts

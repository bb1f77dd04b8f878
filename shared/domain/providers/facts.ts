import type { KeyKind } from '../facts.ts'
import type { Level, RoleScope } from '../role.ts'
import type { TokenShapeId } from '../secrets/token-shapes.ts'
import type { SourceName } from '../source.ts'
import type { FederationForm } from './federation.ts'

/** The facts about one provider: data and pure functions. The code that calls it is in `electron/providers/<id>`. */
export interface ProviderFacts {
  readonly id: string
  /** As the vendor writes it. */
  readonly name: string
  /** The vendor's word for a project. */
  readonly projectWord: string
  /** True if a connection reads a file instead of calling an API: it then has neither a credential nor an address. */
  readonly readsFile: boolean
  /** Empty if a file is read. */
  readonly defaultBaseUrl: string

  /** Prefix of an admin key; empty if a file is read. */
  readonly adminPrefix: string
  /** The name of its credential where the window or the terminal asks for one. */
  readonly credentialWords: string
  /** How a person gets that credential in the vendor's console; null if a file is read. */
  readonly keyGuide: KeyGuide | null
  /**
   * Other forms of credential that may administer an organization, each with a note, longest first. Only the provider
   * can decide whether one does: the test of a connection asks it.
   */
  readonly alsoAdministers: readonly (readonly [prefix: string, warning: string])[]
  /** Everything in such a form before its secret, if that is more than the prefix; null if it never is. */
  readonly publicPart: RegExp | null
  /** The shapes of all its credentials, so that each is recognized, refused in texts and cut from them; null if a file is read. */
  readonly credentials: readonly [TokenShapeId, ...TokenShapeId[]] | null

  readonly roles: Readonly<Record<RoleScope, ProviderRoles>>
  /** The project role that an organization role carries into every project, by role word. */
  readonly impliedProjectRoles: Readonly<Record<string, string>>
  /** True if the API changes the role of a member of the organization. */
  readonly setsMemberRole: boolean
  /** The source that only organizations have whose members the API signs out; absent where it signs no one out. */
  readonly signOutSource?: SourceName
  /** True if an invite names projects: ordinary and strong roles alone. Others are given once it is accepted. */
  readonly invitesIntoProjects: boolean
  /** True if the provider's API reports when a person last used it. Use of a key is in the key itself. */
  readonly reportsPersonUse: boolean
  /** Its members have seats that are paid for, and call no API. */
  readonly sellsSeats?: boolean
  /** True if it reports only some of a person's use, so that no one is unused for want of a report. */
  readonly reportsUseInPart: boolean
  /** True if the keys that administer the organization are in a list, so that it is known which of them were used. */
  readonly listsAdminKeys: boolean

  /** True if a key of a project belongs to the project, so that the person whom the API names is only its creator. */
  readonly projectKeysNameMaker: boolean
  /** The kind of a key without a project, about which a file contains nothing more. */
  readonly keyWithoutProject: KeyKind
  /** True if a key can be disabled and enabled again, by its API or its console. */
  readonly canDisableKey: boolean
  /** The effect on a key of the removal of its owner or its project, by published rules; null if none is published. */
  readonly keyFate: ((key: KeyToJudge, removal: Exclude<Removal, 'key'>) => Fate) | null

  /** The limit of projects unless the vendor raises it; null if no limit is published. */
  readonly mostProjects: number | null
  /** The name of the default project of every organization; null if the name does not identify it. */
  readonly defaultProjectName: string | null
  readonly defaultProjectTakesAccounts: boolean

  /** True if there are alerts on spending in addition to limits. */
  readonly hasAlerts: boolean
  /** True if the organization's one list of spend limits contains those of its projects. */
  readonly listsProjectLimits: boolean
  /**
   * The kinds of limits without a place, by the form of the ids that its adapter gives them, as a pattern of SQL's
   * LIKE.
   */
  readonly limitIds: readonly (readonly [form: string, of: 'key' | 'tier'])[]
  /** Lists that every organization has: a response without one of them came from elsewhere. */
  readonly essentialSources: readonly SourceName[]

  /** Null for a provider without a known client library. */
  readonly snippet: SnippetForm | null
  /** How workloads call it without a key; left out where it accepts none. */
  readonly federation?: FederationForm
}

/** How a person gets the credential of a connection. `docs/quick-start-<id>.md` has the same. */
export interface KeyGuide {
  /** The vendor's name for it: `admin key`. */
  readonly keyWord: string
  /** Who may create it. */
  readonly maker: string
  /** The page of the console. */
  readonly page: string
  /** The steps there, in order. */
  readonly steps: readonly string[]
  readonly permission: string
  /** The misfit, and its reason. */
  readonly unfit: string
}

export interface ProviderRoles {
  /** Role words to levels, in the order of the vendor's list. */
  readonly levels: Readonly<Record<string, Level>>
  /**
   * Levels to role words; a level without one becomes another, as `roleFor` decides. That of `member` is the ordinary
   * role, which is enough to call the API.
   */
  readonly words: Readonly<Partial<Record<Level, string>> & Record<'member', string>>
  /** The rights of each role, by its word, in half a sentence; `docs/provider-roles.md` has them too. */
  readonly can?: Readonly<Record<string, string>>
}

/** A removal at the provider. `member`: a person's place in the organization. `project`: it is archived. */
export type Removal = 'member' | 'service-account' | 'key' | 'project'

/** The effect on a thing of a removal at the provider, most pressing first. */
export const IMPACT_EFFECTS = ['dies', 'unknown', 'stays'] as const
export type ImpactEffect = (typeof IMPACT_EFFECTS)[number]

export interface KeyToJudge {
  readonly provider: string
  readonly kind: KeyKind
  /** The tool that made it for its owner, such as Claude Code. */
  readonly tool?: string | null
  readonly ownerKind: 'user' | 'service-account' | null
  /** OpenAI: whether the owner still reaches the project. */
  readonly ownerAccess: 'active' | 'inactive' | null
}

export interface Fate {
  readonly effect: ImpactEffect
  /** The rule in a sentence, with the provider's name. */
  readonly because: string
}

/** How a program with the vendor's client library, or curl, selects an organization and a project. */
export interface SnippetForm {
  readonly library: { readonly python: string; readonly typescript: string; readonly name: string }
  /** The environment variable that holds a key; the library reads it by default. */
  readonly keyVariable: string
  /** Null if the library is another vendor's, so that the address is always given. */
  readonly baseUrlVariable: string | null
  /** Path of the list of models, below the base URL. */
  readonly modelsPath: string
  /** Header of a call, up to the key. */
  readonly keyHeader: string
  readonly headers: readonly string[]
  /** The selectors of organization and project: a setting, a header and a variable; empty if the key selects them. */
  readonly selects: readonly {
    readonly what: 'organization' | 'project'
    readonly header: string
    readonly variable: string
  }[]
}

import { capitalize } from '../capitalize.ts'
import type { KeyKind, OwnerKind, OwnerState } from '../facts.ts'
import { findProvider, providersWith } from './providers.ts'

/**
 * The holder of a key: whose access it is. `none` if the provider reports that it has no owner, `unknown` if it does not
 * report the owner.
 */
export const KEY_HOLDERS = ['person', 'service-account', 'workspace', 'organization', 'none', 'unknown'] as const

export type KeyHolder = (typeof KEY_HOLDERS)[number]

export interface HeldKey {
  readonly provider: string
  readonly kind: KeyKind
  /** The tool that made it for its owner, such as Claude Code. */
  readonly tool?: string | null | undefined
  readonly ownerState: OwnerState
  readonly ownerKind: OwnerKind | null
}

/**
 * The holder of a key by the provider's rules. The creator of a workspace's key is its provenance, not its owner; but a
 * key that a tool made for a person there is that person's.
 */
export function findKeyHolder({ provider, kind, tool, ownerState, ownerKind }: HeldKey): KeyHolder {
  if (kind === 'admin') return 'organization'
  if (ownerKind === 'service-account') return 'service-account'
  const namesMaker = findProvider(provider)?.projectKeysNameMaker === true
  if (kind === 'project' && namesMaker && (tool ?? null) === null) return 'workspace'
  if (ownerState === 'none') return 'none'
  return ownerKind === 'user' ? 'person' : 'unknown'
}

/** The providers whose keys of a project belong to the project, and name only their creator. */
export const MAKER_NAMED: readonly string[] = providersWith('projectKeysNameMaker')

/** The owner of a key as far as it is known; of a key of a workspace, its creator. */
export interface AnswerableOwner {
  readonly state: OwnerState
  readonly name: string | null
  readonly email: string | null
  /** True if they are still in the connection; null if no list that was read shows it. */
  readonly present: boolean | null
}

/**
 * Who answers for a key, and whether they are still there: the same in every list and document.
 *
 * @example `Ana Ruiz (removed)`, `Workspace, made by Ana Ruiz`, `No owner`, `Not reported`
 */
export function holderWords(key: { readonly holder: KeyHolder; readonly owner: AnswerableOwner }): string {
  const { holder, owner } = key
  const name = ownerName(owner)
  if (holder === 'workspace') return name === '' ? 'Workspace' : `Workspace, made by ${name}`
  if (owner.state === 'none') return 'No owner'
  return owner.state === 'unknown' ? 'Not reported' : name
}

/** Empty where no one is known. */
function ownerName({ state, name, email, present }: AnswerableOwner): string {
  if (state !== 'known') return ''
  const who = name?.trim() || email?.trim() || 'No name'
  return present === false ? `${who}${REMOVED}` : who
}

const REMOVED = ' (removed)'

/** The state of a key's owner, in one word for a file. */
export const OWNER_WORDS = ['known', 'removed', 'none', 'not-reported'] as const

export function ownerWord({
  state,
  present,
}: Pick<AnswerableOwner, 'state' | 'present'>): (typeof OWNER_WORDS)[number] {
  if (state !== 'known') return state === 'none' ? 'none' : 'not-reported'
  return present === false ? 'removed' : 'known'
}

/** The material of the Purpose of a key in a register. */
export interface PurposeOfKey {
  readonly purpose: string
  readonly holder: KeyHolder
  /** The tool that made it; empty or left out if none did. */
  readonly tool?: string | undefined
  /** The vendor of a credential that is deposited at a gateway; empty or left out for any other. */
  readonly vendor?: string | undefined
  readonly owner: AnswerableOwner
}

/**
 * The Purpose of a key in a register: what the key is for, and who answers for it if that is not a service account.
 *
 * @example describePurpose({ purpose: 'batch', holder: 'person', owner: { name: 'Ann', … } }) // 'batch (personal key of Ann)'
 */
export function describePurpose(key: PurposeOfKey): string {
  const whose = describeHolder(key)
  if (whose === '') return key.purpose
  return key.purpose === '' ? capitalize(whose) : `${key.purpose} (${whose})`
}

function describeHolder({ holder, tool = '', vendor = '', owner }: PurposeOfKey): string {
  if (vendor !== '') return `deposited key of ${vendor}`
  if (holder === 'service-account') return owner.present === false ? 'key of a service account that was removed' : ''
  const name = ownerName(owner)
  if (holder === 'organization') return name === '' ? 'admin key' : `admin key of ${name}`
  if (holder === 'workspace') return name === '' ? 'workspace key' : `workspace key made by ${name}`
  if (holder === 'person') return `${tool === '' ? 'personal key' : `${tool} key`} of ${name}`
  return holder === 'none' ? 'key without owner' : 'key whose owner is not reported'
}

/** The part of a text of `describePurpose` about the holder, alone or in brackets after the purpose. */
const WHOSE =
  /^(?:(?<kind>personal|workspace|admin) key(?: (?:of|made by) (?<owner>.+?)(?: \(removed\))?)?|(?<none>key without owner)|key whose owner is not reported)$/isu
const BEHIND_PURPOSE =
  /^(?<purpose>.+?) \((?<whose>(?:personal|workspace|admin) key.*|key without owner|key whose owner is not reported)\)$/isu

export interface ParsedPurpose {
  readonly purpose: string
  readonly holder: Exclude<KeyHolder, 'service-account'>
  /** Empty if it is not known; of a key of a workspace, its creator. */
  readonly owner: string
}

const PARSED = { personal: 'person', workspace: 'workspace', admin: 'organization' } as const

/**
 * Reads `describePurpose` back, for keys that no tool made; null for a text without a holder.
 *
 * @example parsePurpose('batch (personal key of Ann)') // { purpose: 'batch', holder: 'person', owner: 'Ann' }
 */
export function parsePurpose(text: string): ParsedPurpose | null {
  const behind = BEHIND_PURPOSE.exec(text)?.groups
  const whose = WHOSE.exec(behind?.['whose'] ?? text)?.groups
  if (whose === undefined) return null
  const kind = whose['kind']?.toLowerCase() as keyof typeof PARSED | undefined
  return {
    purpose: behind?.['purpose'] ?? '',
    holder: kind === undefined ? (whose['none'] === undefined ? 'unknown' : 'none') : PARSED[kind],
    owner: whose['owner'] ?? '',
  }
}

/** The text of `describePurpose` whether its owner was removed or not. */
export function whetherRemovedOrNot(purpose: string): string {
  return purpose.replaceAll(REMOVED, '')
}

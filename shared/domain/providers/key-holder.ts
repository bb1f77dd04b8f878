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

/**
 * The Purpose of a key in a register: what the key is for, and its holder if that is not a service account.
 *
 * @example describePurpose({ purpose: 'batch', holder: 'person', owner: 'Ann' }) // 'batch (personal key of Ann)'
 */
export function describePurpose(key: {
  readonly purpose: string
  readonly holder: KeyHolder
  /** The tool that made it; empty or left out if none did. */
  readonly tool?: string | undefined
  /** The vendor of a credential that is deposited at a gateway; empty or left out for any other. */
  readonly vendor?: string | undefined
  /** The name of the owner; empty if it is not known. */
  readonly owner: string
}): string {
  const whose = describeHolder(key)
  if (whose === '') return key.purpose
  return key.purpose === '' ? capitalize(whose) : `${key.purpose} (${whose})`
}

function describeHolder({ holder, tool = '', vendor = '', owner }: Parameters<typeof describePurpose>[0]): string {
  if (vendor !== '') return `deposited key of ${vendor}`
  if (holder === 'organization') return 'admin key'
  if (holder === 'workspace') return 'workspace key'
  if (holder === 'none') return 'key without owner'
  const kind = tool === '' ? 'personal key' : `${tool} key`
  return holder === 'person' ? `${kind}${owner === '' ? '' : ` of ${owner}`}` : ''
}

/** The part of a text of `describePurpose` about the holder, alone or in brackets after the purpose. */
const WHOSE = /^(?:personal key(?: of (?<owner>.+))?|(?<other>workspace|admin) key|key (?<none>without owner))$/isu
const BEHIND_PURPOSE = /^(?<purpose>.+?) \((?<whose>(?:personal|workspace|admin) key.*|key without owner)\)$/isu

export interface ParsedPurpose {
  readonly purpose: string
  readonly holder: Exclude<KeyHolder, 'service-account' | 'unknown'>
  /** Empty if it is not known. */
  readonly owner: string
}

/**
 * Reads `describePurpose` back, for keys that no tool made; null for a text without a holder.
 *
 * @example parsePurpose('batch (personal key of Ann)') // { purpose: 'batch', holder: 'person', owner: 'Ann' }
 */
export function parsePurpose(text: string): ParsedPurpose | null {
  const behind = BEHIND_PURPOSE.exec(text)?.groups
  const whose = WHOSE.exec(behind?.['whose'] ?? text)?.groups
  if (whose === undefined) return null
  const other = whose['other']?.toLowerCase()
  const named = other === undefined ? 'person' : other === 'admin' ? 'organization' : 'workspace'
  return {
    purpose: behind?.['purpose'] ?? '',
    holder: whose['none'] === undefined ? named : 'none',
    owner: whose['owner'] ?? '',
  }
}

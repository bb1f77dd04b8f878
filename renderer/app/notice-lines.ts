import type { Notice } from '../../shared/contract/app.ts'
import { capitalize } from '../../shared/domain/capitalize.ts'
import type { Tone } from '../ui/status.tsx'

/** The notices of one cause, as one line. */
export interface NoticeLine {
  /** The cause, which a person may dismiss for the session. */
  readonly cause: string
  readonly tone: Tone
  readonly title: string
  readonly detail: string
  readonly notices: readonly Notice[]
}

type Kind = Notice['kind']

const TONES: Readonly<Record<Kind, Tone>> = {
  'register-lost-rows': 'bad',
  network: 'bad',
  'journal-end-missing': 'warn',
  'no-keychain': 'warn',
  'register-key-in-file': 'warn',
  'signing-key-in-file': 'warn',
  'team-keys-in-file': 'warn',
  keychain: 'warn',
  preferences: 'warn',
  'read-only': 'info',
  'recovery-not-shown': 'info',
}

/** Most urgent first. */
const ORDER = Object.keys(TONES) as readonly Kind[]

/** The things that are not in a keychain, in the order in which the sentence names them. */
const KEPT: readonly (readonly [Kind, string])[] = [
  ['register-key-in-file', 'the register key'],
  ['signing-key-in-file', 'the signing key'],
  ['team-keys-in-file', 'the device key of the team'],
]

/** Merges the notices of one cause, most urgent first: a missing keychain has up to four, and is one line. */
export function mergeNotices(notices: readonly Notice[]): readonly NoticeLine[] {
  const ofKeychain = notices.filter(({ kind }) => kind === 'no-keychain' || KEPT.some(([kept]) => kept === kind))
  const isMissing = ofKeychain.some(({ kind }) => kind === 'no-keychain') && ofKeychain.length > 1
  return notices
    .filter((notice) => !isMissing || notice.kind === 'no-keychain' || !ofKeychain.includes(notice))
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .map((notice) => {
      const merged = isMissing && notice.kind === 'no-keychain'
      return {
        cause: notice.kind,
        tone: TONES[notice.kind],
        title: merged ? 'No keychain' : notice.title,
        detail: merged ? keychainWords(ofKeychain) : notice.detail,
        notices: merged ? ofKeychain : [notice],
      }
    })
}

function keychainWords(notices: readonly Notice[]): string {
  const inFiles = KEPT.filter(([kind]) => notices.some((notice) => notice.kind === kind)).map(([, name]) => name)
  const names = new Intl.ListFormat('en').format(inFiles)
  return `${capitalize(names)} ${inFiles.length === 1 ? 'is kept in a file' : 'are kept in files'}, API keys for this session only.`
}

import { type SealedText, seal, unseal } from '../../secrets/sealed.ts'
import type { Session } from './session.ts'

/** How long a new secret is held until a person takes it. */
export const SECRET_MS = 10 * 60_000

interface HeldSecret {
  readonly value: string
  readonly name: string
  readonly timer: NodeJS.Timeout
  /** Milliseconds since the epoch. */
  readonly until: number
}

/** New secrets by the uid of their change, for as long as a profile is open. They are never written to disk. */
const held = new WeakMap<Session, Map<string, HeldSecret>>()

export function holdSecret(
  session: Session,
  uid: string,
  secret: { readonly value: string; readonly name: string },
): void {
  const own = held.get(session) ?? new Map<string, HeldSecret>()
  held.set(session, own)
  hold(own, uid, { ...secret, until: Date.now() + SECRET_MS })
}

function hold(own: Map<string, HeldSecret>, uid: string, secret: Omit<HeldSecret, 'timer'>): void {
  const timer = setTimeout(() => own.delete(uid), secret.until - Date.now()).unref()
  own.set(uid, { ...secret, timer })
}

/** `uids`: all that name the change. */
export function holdsSecret(session: Session, uids: readonly string[]): boolean {
  return uids.some((uid) => held.get(session)?.has(uid) === true)
}

/** Returns the secret and forgets it; null when it is not held (any more). */
export function takeSecret(
  session: Session,
  uids: readonly string[],
): { readonly value: string; readonly name: string } | null {
  const own = held.get(session)
  const uid = uids.find((each) => own?.has(each) === true)
  const secret = uid === undefined ? undefined : own?.get(uid)
  if (own === undefined || uid === undefined || secret === undefined) return null
  clearTimeout(secret.timer)
  own.delete(uid)
  return { value: secret.value, name: secret.name }
}

/**
 * Takes the secrets of a session that is about to be closed, encrypted under a key. The returned function passes them
 * to the session that opens the same profile with that key; secrets that expired meanwhile are forgotten.
 */
export function sealSecrets(session: Session, key: Uint8Array): (to: Session, key: Uint8Array) => void {
  const sealed = new Map<string, { readonly until: number; readonly secret: SealedText }>()
  for (const [uid, { value, name, until, timer }] of held.get(session) ?? []) {
    clearTimeout(timer)
    sealed.set(uid, { until, secret: seal(key, JSON.stringify({ value, name })) })
  }
  held.delete(session)
  return (to, key) => {
    const own = new Map<string, HeldSecret>()
    for (const [uid, { until, secret }] of sealed) {
      const text = unseal(key, secret)
      if (text === null || until <= Date.now()) continue
      hold(own, uid, { ...(JSON.parse(text) as { readonly value: string; readonly name: string }), until })
    }
    held.set(to, own)
  }
}

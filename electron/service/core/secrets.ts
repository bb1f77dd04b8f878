import { type Sealed, seal, unseal } from '../../secrets/sealed.ts'
import type { Session } from './session.ts'

/** How long a new secret is held until a person takes it. */
export const SECRET_MS = 10 * 60_000

interface Held {
  readonly value: string
  readonly name: string
  readonly timer: NodeJS.Timeout
  /** Milliseconds since the epoch. */
  readonly until: number
}

/** New secrets by change, for as long as a profile is open. They are never written to disk. */
const held = new WeakMap<Session, Map<number, Held>>()

export function holdSecret(
  session: Session,
  remediationId: number,
  secret: { readonly value: string; readonly name: string },
): void {
  const own = held.get(session) ?? new Map<number, Held>()
  held.set(session, own)
  hold(own, remediationId, { ...secret, until: Date.now() + SECRET_MS })
}

function hold(own: Map<number, Held>, remediationId: number, secret: Omit<Held, 'timer'>): void {
  const timer = setTimeout(() => own.delete(remediationId), secret.until - Date.now()).unref()
  own.set(remediationId, { ...secret, timer })
}

export function holdsSecret(session: Session, remediationId: number): boolean {
  return held.get(session)?.has(remediationId) ?? false
}

/** Returns the secret and forgets it; null when it is not held (any more). */
export function takeSecret(
  session: Session,
  remediationId: number,
): { readonly value: string; readonly name: string } | null {
  const own = held.get(session)
  const secret = own?.get(remediationId)
  if (own === undefined || secret === undefined) return null
  clearTimeout(secret.timer)
  own.delete(remediationId)
  return { value: secret.value, name: secret.name }
}

/**
 * Takes the secrets of a session that is about to be closed, encrypted under a key. The returned function passes them
 * to the session that opens the same profile with that key; secrets that expired meanwhile are forgotten.
 */
export function sealSecrets(session: Session, key: Uint8Array): (to: Session, key: Uint8Array) => void {
  const sealed = new Map<number, { readonly until: number; readonly secret: Sealed }>()
  for (const [remediationId, { value, name, until, timer }] of held.get(session) ?? []) {
    clearTimeout(timer)
    sealed.set(remediationId, { until, secret: seal(key, JSON.stringify({ value, name })) })
  }
  held.delete(session)
  return (to, key) => {
    const own = new Map<number, Held>()
    for (const [remediationId, { until, secret }] of sealed) {
      const text = unseal(key, secret)
      if (text === null || until <= Date.now()) continue
      hold(own, remediationId, { ...(JSON.parse(text) as { readonly value: string; readonly name: string }), until })
    }
    held.set(to, own)
  }
}

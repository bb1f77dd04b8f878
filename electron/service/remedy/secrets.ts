import type { Session } from '../session.ts'

/** How long a new secret is held for somebody to take it. */
export const SECRET_MS = 10 * 60_000

interface Held {
  readonly value: string
  readonly name: string
  readonly timer: NodeJS.Timeout
}

/** New secrets by remedy, for as long as a profile is open. They are written nowhere. */
const held = new WeakMap<Session, Map<number, Held>>()

export function holdSecret(
  session: Session,
  remedyId: number,
  secret: { readonly value: string; readonly name: string },
): void {
  const own = held.get(session) ?? new Map<number, Held>()
  held.set(session, own)
  const timer = setTimeout(() => own.delete(remedyId), SECRET_MS).unref()
  own.set(remedyId, { value: secret.value, name: secret.name, timer })
}

export function holdsSecret(session: Session, remedyId: number): boolean {
  return held.get(session)?.has(remedyId) ?? false
}

/** Gives the secret and forgets it; null when it is not held (any more). */
export function takeSecret(
  session: Session,
  remedyId: number,
): { readonly value: string; readonly name: string } | null {
  const own = held.get(session)
  const secret = own?.get(remedyId)
  if (own === undefined || secret === undefined) return null
  clearTimeout(secret.timer)
  own.delete(remedyId)
  return { value: secret.value, name: secret.name }
}

/** An event of OpenAI's audit log as it is on the wire. */
export interface FakeEvent {
  readonly id: string
  /** Unix seconds. */
  readonly effective_at: number
  readonly type: string
  readonly [more: string]: unknown
}

/** What every log holds unless a test gives it events: someone signed in a moment ago. */
const SIGN_IN = {
  type: 'login.succeeded',
  actor: { type: 'session', session: { user: { id: 'user-signed-in', email: 'signed.in@example.com' } } },
}

/** The events of a stretch of time, newest first, as both providers list them. */
export function eventsBetween<T>(
  events: readonly T[],
  at: (event: T) => number,
  { from, to }: { readonly from: number; readonly to: number },
): readonly T[] {
  return events.filter((event) => at(event) >= from && at(event) <= to).toSorted((a, b) => at(b) - at(a))
}

/** A log in which nothing but a sign-in is recorded. */
export function quietLog(to: number): readonly FakeEvent[] {
  return [{ ...SIGN_IN, id: 'audit_log-signed-in', effective_at: to }]
}

/** Who acts in a session of the window. */
export function byUser(id: string, email: string): Readonly<Record<string, unknown>> {
  return { type: 'session', session: { user: { id, email }, ip_address: '192.0.2.34' } }
}

/** Who acts by an admin key. */
export function byKey(id: string): Readonly<Record<string, unknown>> {
  return { type: 'api_key', api_key: { id, type: 'user', user: { id: 'user-of-key', email: 'owner@example.com' } } }
}

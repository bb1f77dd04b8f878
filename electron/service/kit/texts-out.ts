import { withoutSecrets } from '../../../shared/domain/secrets/cut-secrets.ts'
import { unsearchedTexts } from './unsearched.ts'

/**
 * Cuts secrets from every text of an operation's answer, except where the schema may hold one. Returns the value itself
 * where nothing was cut.
 */
export function cutAnswer<T>(schema: unknown, answer: T): T {
  const unsearched = unsearchedTexts(schema)
  if (unsearched.size === 0) return changeTexts(answer, (text) => withoutSecrets(text))
  return changed(answer, '', (text, path) => (unsearched.has(path) ? text : withoutSecrets(text))) as T
}

/** A value with each of its texts changed; the same value where none was. */
export function changeTexts<T>(value: T, change: (text: string) => string): T {
  return changed(value, null, change) as T
}

/** `path`: null where it is not needed, since it takes longer than all else. */
function changed(value: unknown, path: string | null, change: (text: string, path: string) => string): unknown {
  if (typeof value === 'string') return change(value, path ?? '')
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) {
    let own: unknown[] | null = null
    for (let at = 0; at < value.length; at += 1) {
      const inner = changed(value[at], path, change)
      if (inner === value[at]) continue
      own ??= [...(value as unknown[])]
      own[at] = inner
    }
    return own ?? value
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  let own: Record<string, unknown> | null = null
  for (const name in value) {
    const before = (value as Record<string, unknown>)[name]
    const inner = changed(before, path === null ? null : path === '' ? name : `${path}.${name}`, change)
    if (inner === before) continue
    own ??= { ...value }
    own[name] = inner
  }
  return own ?? value
}

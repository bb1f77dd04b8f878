import { withoutSecrets } from '../../../shared/domain/secrets/cut-secrets.ts'
import { unsearchedTexts } from './unsearched.ts'

/**
 * What an operation answers, as it may leave the service: of every text but those whose schema may hold a secret only what is not one. The
 * same value where nothing was cut.
 */
export function cutAnswer<T>(schema: unknown, answer: T): T {
  const unsearched = unsearchedTexts(schema)
  return cutValue(answer, unsearched.size === 0 ? null : { unsearched, path: '' }) as T
}

interface Place {
  readonly unsearched: ReadonlySet<string>
  readonly path: string
}

/** `place`: null where every text is searched. */
function cutValue(value: unknown, place: Place | null): unknown {
  if (typeof value === 'string') return place?.unsearched.has(place.path) === true ? value : withoutSecrets(value)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) {
    let cut: unknown[] | null = null
    for (let at = 0; at < value.length; at += 1) {
      const inner = cutValue(value[at], place)
      if (inner === value[at]) continue
      cut ??= [...(value as unknown[])]
      cut[at] = inner
    }
    return cut ?? value
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  let cut: Record<string, unknown> | null = null
  for (const name in value) {
    const own = (value as Record<string, unknown>)[name]
    const inner = cutValue(own, place && { ...place, path: place.path === '' ? name : `${place.path}.${name}` })
    if (inner === own) continue
    cut ??= { ...value }
    cut[name] = inner
  }
  return cut ?? value
}

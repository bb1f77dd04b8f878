import type { Reader } from '../db/handles.ts'

export function clientId(reader: Reader, slug: string): number | null {
  return reader.value<number>('SELECT id FROM client WHERE slug = ?', [slug]) ?? null
}

export function clientSlugs(reader: Reader): ReadonlySet<string> {
  return new Set(reader.column<string>('SELECT slug FROM client'))
}

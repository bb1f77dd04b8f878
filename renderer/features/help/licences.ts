export interface Licence {
  /** Name, version and kind of licence, such as `zod - 4.6.7 (MIT)`. */
  readonly heading: string
  readonly text: string
}

/** Parses the licence text of the build: Castellan's own licence, then a section for each package. */
export function parseLicences(text: string): { readonly own: string; readonly packages: readonly Licence[] } {
  const [own = '', ...parts] = text.split(/^={80}\n(.+)\n={80}$/mu)
  const packages = parts.flatMap((heading, at) =>
    at % 2 === 0 ? [{ heading, text: (parts[at + 1] ?? '').trim() }] : [],
  )
  return { own: own.trim(), packages }
}

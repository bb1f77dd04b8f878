/** Whether any of these search params narrows the list. */
export function filteredBy<Search>(search: Search, names: readonly (keyof Search)[]): boolean {
  return names.some((name) => search[name] !== undefined)
}

/** The change of a search that takes back these filters. */
export function cleared<const Name extends string>(names: readonly Name[]): { readonly [N in Name]: undefined } {
  return Object.fromEntries(names.map((name) => [name, undefined])) as { readonly [N in Name]: undefined }
}

/** A search text as it stands in the address: an empty one does not. */
export function textOrNone(text: string): string | undefined {
  return text === '' ? undefined : text
}

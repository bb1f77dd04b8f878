/** Names are the same when they differ only in case or in white space at their edges. */
export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b)
}

/** The lookup key of a name. */
export function nameKey(name: string): string {
  return name.trim().normalize('NFC').toLowerCase()
}

/** Things with their names, numbered where two have the same one. */
export function distinct<T>(things: readonly T[], getName: (thing: T) => string): (readonly [T, string])[] {
  const taken = new Set<string>()
  return things.map((thing) => {
    const wanted = getName(thing).trim()
    let name = wanted
    for (let n = 2; taken.has(nameKey(name)); n += 1) name = `${wanted} ${n}`
    taken.add(nameKey(name))
    return [thing, name] as const
  })
}

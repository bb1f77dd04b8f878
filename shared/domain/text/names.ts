/** Names are the same when they differ only in case or in white space at their edges. */
export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b)
}

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

/** Letters of other scripts, and digits, that are drawn like a Latin letter. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    ['АВЕЅІЈКМНОРСТУХЗҺԚԜаеѕіјкмнорстухһԛԝԁӏ', 'ABESIJKMHOPCTYX3HQWaesijkmhopctyxhqwdl'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανιορκτυχ', 'ABEZHIKMNOPTYXaviopktux'],
    ['01ıſ', 'olis'],
  ].flatMap(([letters = '', latin = '']) =>
    Array.from(letters).map((letter, at) => [letter, latin[at] ?? letter] as const),
  ),
)

/**
 * True if people may take one name for the other: they differ only in case, accents, spaces, punctuation, invisible
 * characters, or letters that are drawn alike.
 *
 * @example confusable('Acme Corp', 'ACME-Cοrp.') // true: the o is Greek
 */
export function confusable(a: string, b: string): boolean {
  return skeleton(a) === skeleton(b)
}

function skeleton(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll(/./gu, (letter) => LOOKALIKES.get(letter) ?? letter)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain === '' ? nameKey(name) : plain
}

/** What is read of a profile: https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  /** Microseconds. */
  readonly timeDeltas: readonly number[]
}

interface Call {
  readonly name: string
  /** Milliseconds of its own, and with what it called. */
  own: number
  all: number
  readonly calls: Map<string, Call>
}

/** The calls of a profile as indented lines, the longest first. */
export function toFlame(profile: Profile, percent: number): readonly string[] {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const own = new Map<number, number>()
  for (const [at, id] of profile.samples.entries()) {
    own.set(id, (own.get(id) ?? 0) + (profile.timeDeltas[at] ?? 0) / 1000)
  }
  const root = newCall('all')
  const add = (id: number, into: Call): number => {
    const node = nodes.get(id)
    if (node === undefined) return 0
    const { functionName, url, lineNumber } = node.callFrame
    const name = `${functionName === '' ? '(anonymous)' : functionName}${toPlace(url, lineNumber)}`
    const call = into.calls.get(name) ?? newCall(name)
    into.calls.set(name, call)
    const mine = own.get(id) ?? 0
    const all = (node.children ?? []).reduce((sum, child) => sum + add(child, call), mine)
    call.own += mine
    call.all += all
    return all
  }
  const top = profile.nodes[0]
  for (const child of top?.children ?? []) root.all += add(child, root)
  const least = (root.all * percent) / 100
  const lines: string[] = []
  const print = (call: Call, depth: number, above: string): void => {
    const shown = [...call.calls.values()].filter(({ all }) => all >= least).toSorted((a, b) => b.all - a.all)
    const [only] = shown
    // Nothing branches off, and little is spent here: the next call is the line.
    if (only !== undefined && shown.length === 1 && call.own < least) {
      print(only, depth, `${above}${call.name} › `)
      return
    }
    const share = ((call.all / root.all) * 100).toFixed(0)
    lines.push(
      `${'  '.repeat(depth)}${share} % ${call.all.toFixed(0)} ms (${call.own.toFixed(0)}) ${toShort(above)}${call.name}`,
    )
    for (const each of shown) print(each, depth + 1, '')
  }
  for (const call of [...root.calls.values()].filter(({ all }) => all >= least).toSorted((a, b) => b.all - a.all)) {
    print(call, 0, '')
  }
  return lines
}

function newCall(name: string): Call {
  return { name, own: 0, all: 0, calls: new Map() }
}

function toPlace(url: string, lineNumber: number): string {
  if (url === '') return ''
  return ` ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`
}

/** Of a long chain the first and the last call. */
function toShort(chain: string): string {
  const parts = chain.split(' › ').filter((part) => part !== '')
  if (parts.length < 3) return chain
  return `${parts[0]} › … › ${parts.at(-1)} › `
}

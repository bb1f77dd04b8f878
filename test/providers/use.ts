import type { FakeRequest } from './http.ts'

/** What was used on one day by one key for one model, as a fake provider holds it at its finest. */
export interface FakeUse {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly project: string | null
  readonly key: string | null
  readonly user: string | null
  readonly model: string
  readonly requests: number
  /** Tokens of the input in all, those among them that came from a cache, and those of the output. */
  readonly input: number
  readonly cached: number
  readonly output: number
  /** Thousandths of a cent, so that sums are exact. */
  readonly milliCents: number
}

export type UseDimension = 'project' | 'key' | 'user' | 'model'

export interface UseGroup extends Omit<FakeUse, UseDimension> {
  readonly project: string | null
  readonly key: string | null
  readonly user: string | null
  readonly model: string | null
}

/** Adds uses up by the day and the dimensions asked for; the others are null. In the order of their days. */
export function grouped(uses: readonly FakeUse[], by: readonly UseDimension[]): UseGroup[] {
  const groups = new Map<string, UseGroup>()
  for (const use of uses) {
    const reported = (dimension: UseDimension): string | null => (by.includes(dimension) ? use[dimension] : null)
    const place = {
      day: use.day,
      project: reported('project'),
      key: reported('key'),
      user: reported('user'),
      model: reported('model'),
    }
    const id = JSON.stringify(place)
    const before = groups.get(id)
    groups.set(id, {
      ...place,
      requests: use.requests + (before?.requests ?? 0),
      input: use.input + (before?.input ?? 0),
      cached: use.cached + (before?.cached ?? 0),
      output: use.output + (before?.output ?? 0),
      milliCents: use.milliCents + (before?.milliCents ?? 0),
    })
  }
  return [...groups.values()].toSorted((a, b) => a.day.localeCompare(b.day))
}

/** The days from one until before another, both `YYYY-MM-DD`. */
export function getDays(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = Date.parse(from); at < Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** What a request asks to be grouped by, in the provider's words; null when one of them is refused. */
export function getGroups(
  request: FakeRequest,
  words: Readonly<Record<string, UseDimension | null>>,
  refused: readonly string[],
): UseDimension[] | null {
  const asked = request.query.getAll('group_by[]')
  if (asked.some((word) => refused.includes(word) || !(word in words))) return null
  return asked.map((word) => words[word] ?? null).filter((dimension) => dimension !== null)
}

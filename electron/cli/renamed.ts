import type { Command } from 'commander'

/** Earlier names of commands, and others that people try, with the present names. A plural and a noun alone need no line here. */
export const EARLIER: Readonly<Record<string, string>> = {
  advice: 'recommendation list',
  blast: 'impact',
  limit: 'budget list',
  overview: 'today',
  people: 'person list',
  reminders: 'today',
  remedy: 'remediation list',
  status: 'today',
  'access accounts': 'service-account list',
  'access certificates': 'certificate list',
  'access federation': 'federation list',
  'access restrictions': 'restriction list',
  'budget anomalies': 'anomaly list',
  'client show': 'show',
  'connection show': 'show',
  'events logs': 'event coverage',
  'findings groups': 'finding count',
  'findings rules': 'finding rule list',
  'key show': 'show',
  'limit clear': 'budget clear',
  'limit rates': 'rate-limit list',
  'limit set': 'budget set',
  'person decide': 'person duplicate decide',
  'person matches': 'person duplicate list',
  'person show': 'show',
  'plan versions': 'plan version list',
  'project show': 'show',
  'remediation show': 'show',
  'report history': 'report list',
  'review items': 'review item list',
  'review show': 'show',
  'sync history': 'sync list',
  'team approvals': 'team approval',
  'team members': 'team member list',
  'usage imports': 'usage import list',
  'usage prices': 'usage price',
  'usage undo': 'usage import undo',
}

interface Renamed {
  readonly said: string
  readonly now: string
}

/** The present name of an earlier command; null for any other words. */
export function findEarlier([verb = '', command = '']: readonly string[]): Renamed | null {
  const said = [`${verb} ${command}`, verb].find((name) => Object.hasOwn(EARLIER, name))
  return said === undefined ? null : { said, now: EARLIER[said] ?? '' }
}

/** The noun of a plural: `keys` is of `key`, `policies` of `policy`. */
export function findNoun(word: string, nouns: readonly string[]): string | undefined {
  return nouns.find((noun) => word === `${noun}s` || (noun.endsWith('y') && word === `${noun.slice(0, -1)}ies`))
}

/** The present name of a plural and the word after it: `keys` is `key list`, `findings show` is `finding show`. */
export function renamePlural(plural: string, next: string, noun: Command): Renamed {
  const has = (name: string): boolean => noun.commands.some((command) => command.name() === name)
  if (has(next)) return { said: `${plural} ${next}`, now: `${noun.name()} ${next}` }
  return { said: plural, now: has('list') ? `${noun.name()} list` : noun.name() }
}

import type { Command } from './command.ts'
import type { Run } from './run.ts'
import { shown } from './text/shown.ts'

/** Options that filter a list, by their names in the code. */
export const NARROWING: ReadonlySet<string> = new Set([
  'account',
  'certainty',
  'changed',
  'closure',
  'contact',
  'decision',
  'departed',
  'environment',
  'external',
  'flag',
  'flagged',
  'kind',
  'level',
  'pin',
  'platform',
  'privileged',
  'rotation',
  'rule',
  'search',
  'severity',
  'state',
  'status',
  'sure',
  'undecided',
  'view',
])

/** The filter options of a command, as the command line wrote them. */
export function narrowingOptions(command: Command): readonly string[] {
  return command.options
    .filter(
      (option) =>
        NARROWING.has(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
    )
    .map((option) => {
      const value: unknown = command.getOptionValue(option.attributeName())
      return typeof value === 'boolean'
        ? (option.long ?? '')
        : `${option.long ?? ''} ${shown([value].flat().join(' '))}`
    })
}

/** The message for a list without rows: that there is nothing, or that nothing matches the filters. */
export function getEmpty({ narrowedBy }: Run, words: string): string {
  return narrowedBy.length === 0 ? words : `Nothing matches ${narrowedBy.join(' ')}. Leave it out to list everything.`
}

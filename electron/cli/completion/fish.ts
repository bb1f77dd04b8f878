import type { CommandModel } from '../kit/command-model.ts'
import { shortenDescription, toTables } from './walk.ts'

/** Completion for fish 3 and later, with descriptions. */
export function fishCompletion(program: CommandModel): string {
  const { commands, options, values } = toTables(program)
  const lines = [
    ...commands.flatMap(([path, subs]) =>
      subs.map(({ name, description }) => `${at(path)} -f -a ${name} -d ${quoted(shortenDescription(description))}`),
    ),
    ...options.flatMap(([path, list]) =>
      list.map(({ long, description, takesValue, choices }) => {
        const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(' '))}` : takesValue ? ' -r' : ''
        return `${at(path)} -l ${long.slice(2)}${value} -d ${quoted(shortenDescription(description))}`
      }),
    ),
  ]
  return `# Completion of castellan for fish. Load it: castellan completion fish | source
function __castellan_subcommands
    switch "$argv[1]"
${commands.map(([path, subs]) => `        case '${path}'\n            string split ' ' '${subs.map(({ name }) => name).join(' ')}'`).join('\n')}
    end
end
function __castellan_takes_value
    contains -- "$argv[1]" ${values.map(([option]) => `'${option}'`).join(' ')}
end
function __castellan_at
    set -l path ''
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip -eq 1
            set skip 0
        else if string match -q -- '-*' "$word"
            __castellan_takes_value (string trim "$path $word"); and set skip 1
        else if contains -- "$word" (__castellan_subcommands "$path")
            set path (string trim "$path $word")
        end
    end
    test "$path" = "$argv[1]"
end
${lines.join('\n')}
`
}

function at(path: string): string {
  return `complete -c castellan -n ${quoted(`__castellan_at '${path}'`)}`
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

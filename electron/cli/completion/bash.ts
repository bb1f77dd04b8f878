import type { CommandModel } from '../kit/command-model.ts'
import { toTables } from './walk.ts'

/** Completion for bash 4 and later. Our words contain only letters, digits and hyphens, so they need no quoting. */
export function bashCompletion(program: CommandModel): string {
  const { commands, options, values } = toTables(program)
  return `# Completion of castellan for bash. Load it: source <(castellan completion bash)
_castellan_commands() {
  case "$1" in
${commands.map(([path, subs]) => `    '${path}') echo '${subs.map(({ name }) => name).join(' ')}' ;;`).join('\n')}
  esac
}
_castellan_options() {
  case "$1" in
${options.map(([path, list]) => `    '${path}') echo '${list.map(({ long }) => long).join(' ')}' ;;`).join('\n')}
  esac
}
# Returns 1 for an option that takes no value.
_castellan_values() {
  case "$1" in
${values.map(([option, choices]) => `    '${option}') echo '${choices.join(' ')}' ;;`).join('\n')}
    *) return 1 ;;
  esac
}
_castellan() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" path='' word last='' words i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [[ -n $last ]]; then last=''; continue; fi
    if [[ $word == -* ]]; then
      if _castellan_values "\${path:+$path }$word" > /dev/null; then last="\${path:+$path }$word"; fi
    elif [[ " $(_castellan_commands "$path") " == *" $word "* ]]; then
      path="\${path:+$path }$word"
    fi
  done
  if [[ -n $last ]]; then words="$(_castellan_values "$last")"
  elif [[ $cur == -* ]]; then words="$(_castellan_options "$path")"
  else words="$(_castellan_commands "$path")"; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _castellan castellan
`
}

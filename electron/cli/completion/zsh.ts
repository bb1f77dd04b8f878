import type { CommandModel } from '../kit/command-model.ts'
import { shortenDescription, toTables } from './walk.ts'

export function zshCompletion(program: CommandModel): string {
  const { commands, options, values } = toTables(program)
  const entry = (name: string, description: string): string => quoted(`${name}:${shortenDescription(description)}`)
  return `#compdef castellan
# Completion of castellan for zsh. Load it: source <(castellan completion zsh), or save it as _castellan in a folder of fpath.
_castellan_commands() {
  case "$1" in
${commands.map(([path, subs]) => `    '${path}') reply=(${subs.map(({ name, description }) => entry(name, description)).join(' ')}) ;;`).join('\n')}
    *) reply=() ;;
  esac
}
_castellan_options() {
  case "$1" in
${options.map(([path, list]) => `    '${path}') reply=(${list.map(({ long, description }) => entry(long, description)).join(' ')}) ;;`).join('\n')}
    *) reply=() ;;
  esac
}
# Returns 1 for an option that takes no value.
_castellan_values() {
  case "$1" in
${values.map(([option, choices]) => `    '${option}') reply=(${choices.map(quoted).join(' ')}) ;;`).join('\n')}
    *) return 1 ;;
  esac
}
_castellan() {
  local at='' word last='' i
  local -a reply
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    if [[ -n $last ]]; then last=''; continue; fi
    if [[ $word == -* ]]; then
      if _castellan_values "\${at:+$at }$word"; then last="\${at:+$at }$word"; fi
    else
      _castellan_commands "$at"
      if [[ -n \${reply[(r)$word:*]} ]]; then at="\${at:+$at }$word"; fi
    fi
  done
  if [[ -n $last ]]; then
    _castellan_values "$last"
    if (( \${#reply} )); then compadd -a reply; else _files; fi
  elif [[ \${words[CURRENT]} == -* ]]; then
    _castellan_options "$at"
    _describe option reply
  else
    _castellan_commands "$at"
    if (( \${#reply} )); then _describe command reply; else _files; fi
  fi
}
if [[ \${funcstack[1]} == _castellan ]]; then _castellan "$@"; else compdef _castellan castellan; fi
`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

import type { CommandModel } from '../kit/command-model.ts'
import { shortenDescription, toTables } from './walk.ts'

/** Completion for PowerShell 5 and later, with descriptions. */
export function powershellCompletion(program: CommandModel): string {
  const { commands, options, values } = toTables(program)
  const row = (path: string, entries: readonly (readonly [string, string])[]): string =>
    // The leading comma keeps PowerShell from flattening a list of one pair.
    `    ${quoted(path)} = @(,${entries.map(([name, brief]) => `@(${quoted(name)}, ${quoted(shortenDescription(brief) || name)})`).join(', ,')})`
  const table = (rows: readonly string[]): string => rows.join('\n')
  return `# Completion of castellan for PowerShell. Load it: castellan completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName castellan -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $commands = @{
${table(
  commands.map(([path, subs]) =>
    row(
      path,
      subs.map(({ name, description }) => [name, description]),
    ),
  ),
)}
  }
  $options = @{
${table(
  options.map(([path, list]) =>
    row(
      path,
      list.map(({ long, description }) => [long, description]),
    ),
  ),
)}
  }
  $values = @{
${values.map(([option, choices]) => `    ${quoted(option)} = @(${choices.map(quoted).join(', ')})`).join('\n')}
  }
  $path = ''
  $last = ''
  $before = $commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition }
  foreach ($element in $before) {
    $word = $element.Extent.Text
    if ($last) { $last = ''; continue }
    $next = ("$path $word").Trim()
    if ($word.StartsWith('-')) { if ($values.ContainsKey($next)) { $last = $next } }
    elseif ($commands.ContainsKey($path) -and ($commands[$path] | Where-Object { $_[0] -eq $word })) { $path = $next }
  }
  if ($last) { $found = $values[$last] | ForEach-Object { ,@($_, $_) } }
  elseif ($wordToComplete.StartsWith('-')) { $found = $options[$path] }
  else { $found = $commands[$path] }
  $found | Where-Object { $_ -and $_[0].StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
  }
}
`
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['‘’‚‛]/gu, "''")}'`
}

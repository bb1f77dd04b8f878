/** Where a line of a description is broken. */
const WIDTH = 78

/**
 * The file `control` of a Debian package (Debian Policy, chapter 5). The description is a line that states what it is, and after it
 * the text. Throws for a value with a line break, which would begin a field of its own.
 * @param {Omit<ReturnType<typeof import('./arguments.mjs').parseFpmArguments>, 'paths' | 'scripts' | 'output'>} asked
 * @param {number} size of the installed files, in KiB
 */
export function writeControl(asked, size) {
  const { name, version, architecture, maintainer, homepage, section, priority, depends, recommends } = asked
  const [synopsis = '', ...text] = String(asked.description).split('\n')
  const fields = {
    Package: name,
    Version: version,
    Architecture: architecture,
    Maintainer: maintainer,
    'Installed-Size': String(size),
    Depends: depends.join(', '),
    Recommends: recommends.join(', '),
    Section: section,
    Priority: priority,
    Homepage: homepage,
  }
  const lines = Object.entries(fields).flatMap(([field, value]) => {
    if (value === undefined) throw new Error(`The Debian package has no ${field}.`)
    if (/[\r\n]/u.test(value))
      throw new Error(`The ${field} of the Debian package has a line break: ${JSON.stringify(value)}`)
    return value === '' ? [] : [`${field}: ${value}`]
  })
  const paragraphs = text.map((line) => line.trim()).filter((line) => line !== '')
  const description = paragraphs.map((paragraph) => fold(paragraph)).join('\n .\n')
  return `${lines.join('\n')}\nDescription: ${synopsis.trim()}\n${description}${description === '' ? '' : '\n'}`
}

/** A paragraph as lines that begin with a space. */
function fold(paragraph) {
  const lines = ['']
  for (const word of paragraph.split(/\s+/u)) {
    const last = lines.at(-1)
    if (last !== '' && last.length + word.length + 2 > WIDTH) lines.push(` ${word}`)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.join('\n')
}

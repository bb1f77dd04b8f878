import { parseArgs } from 'node:util'

const text = /** @type {const} */ ({ type: 'string' })

/**
 * Parses electron-builder's request of fpm, the program that makes Debian packages, by fpm's own options. Paths are pairs of a
 * source and its place in the package. Throws for an option or a form that is not known here, since a newer electron-builder
 * may mean something by it that the package would lack.
 * @param {string[]} args
 */
export function parseFpmArguments(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      s: text,
      t: text,
      force: { type: 'boolean' },
      depends: { ...text, short: 'd', multiple: true },
      'deb-recommends': { ...text, multiple: true },
      'deb-compression': text,
      'deb-priority': text,
      architecture: text,
      'after-install': text,
      'after-remove': text,
      description: text,
      version: text,
      package: text,
      name: text,
      maintainer: text,
      vendor: text,
      url: text,
      category: text,
      license: text,
    },
  })
  if (values.t !== 'deb') throw new Error(`Only Debian packages are made here, and “${values.t}” was asked for.`)
  return {
    name: values.name,
    version: values.version,
    architecture: values.architecture,
    maintainer: values.maintainer,
    homepage: values.url,
    description: values.description,
    section: values.category ?? 'misc',
    priority: values['deb-priority'] ?? 'optional',
    depends: values.depends ?? [],
    recommends: values['deb-recommends'] ?? [],
    scripts: { postinst: values['after-install'], postrm: values['after-remove'] },
    compression: values['deb-compression'] ?? 'xz',
    output: values.package,
    paths: positionals.map((each) => {
      const at = each.lastIndexOf('=')
      if (at < 0) throw new Error(`fpm was given “${each}”, which names no place in the package.`)
      return [each.slice(0, at), each.slice(at + 1)]
    }),
  }
}

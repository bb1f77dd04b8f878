/** How each function begins: as the guard, with names of the system alone, so that no object of a login is called in its place. */
export const HEAD = 'SECURITY DEFINER SET search_path = pg_catalog, pg_temp'

/** A function in PL/pgSQL. Names are those of columns where they are both. `more`: settings of its own. */
export const define = (signature: string, body: string, more = ''): string =>
  `CREATE FUNCTION castellan.${signature} LANGUAGE plpgsql VOLATILE ${HEAD} ${more} AS $castellan$
#variable_conflict use_column
${body.trim()} $castellan$;`

/** Who did the event `alias`, by the best name that is known, as SQL: the address before the name, or the other way round. */
export function actorNameOf(alias: string, first: 'address' | 'name' = 'address'): string {
  const address = `${alias}.actor_email,`
  return `coalesce(${first === 'address' ? address : ''}
  (SELECT p.name FROM account_last_row p WHERE p.connection_id = ${alias}.connection_id AND p.external_id = ${alias}.actor_x),
  (SELECT 'the key ' || k.name FROM key_last_row k WHERE k.connection_id = ${alias}.connection_id AND k.external_id = ${alias}.actor_x),
  ${first === 'name' ? address : ''} ${alias}.actor_x)`
}

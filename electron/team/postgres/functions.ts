import { define, HEAD } from './define.ts'

const QUERIES = `
CREATE FUNCTION castellan.owns() RETURNS boolean LANGUAGE sql STABLE ${HEAD} AS $castellan$
  SELECT EXISTS (SELECT FROM castellan.login WHERE login = session_user AND owner) $castellan$;
CREATE FUNCTION castellan.mine(_least int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 100 ${HEAD} AS $castellan$
  SELECT log FROM castellan.may WHERE login = session_user AND level >= _least $castellan$;
-- The role of a login, if it is one of this team.
CREATE FUNCTION castellan.find_role(_login name) RETURNS oid LANGUAGE sql STABLE ${HEAD} AS $castellan$
  SELECT m.member FROM pg_auth_members m WHERE m.member = (SELECT oid FROM pg_roles WHERE rolname = _login)
    AND m.roleid = (SELECT oid FROM pg_roles WHERE rolname = '@device@') LIMIT 1 $castellan$;
-- The newest approval of a change by another member that no sending has used. The devices ask the same; this answers early.
CREATE FUNCTION castellan.find_approval(_log uuid, _change uuid) RETURNS bigint LANGUAGE sql STABLE ${HEAD} AS $castellan$
  SELECT max(a.at) FROM castellan.batch a JOIN castellan.batch c ON (c.log, c.change, c.class) = (a.log, a.change, 'added')
  WHERE a.log = _log AND a.change = _change AND a.class = 'approved' AND a.member IS DISTINCT FROM c.member
    AND a.placed_at > clock_timestamp() - interval '24 hours'
    AND NOT EXISTS (SELECT FROM castellan.batch s WHERE s.log = _log AND s.class = 'sending' AND s.uses = a.at) $castellan$;`

/** The login that calls. An old snapshot has old rights, so no other isolation is let in. */
const ME = define(
  'me() RETURNS castellan.login',
  String.raw`
DECLARE mine castellan.login; BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'A transaction of another kind than read committed.' USING ERRCODE = 'CA002'; END IF;
  SELECT * INTO mine FROM castellan.login WHERE login = session_user;
  IF NOT FOUND THEN
    INSERT INTO castellan.login (login, device, member, owner)
      SELECT r.rolname, (d ->> 'device')::uuid, (d ->> 'member')::uuid, (d ->> 'owner')::boolean
      FROM pg_roles r CROSS JOIN LATERAL (SELECT shobj_description(r.oid, 'pg_authid')::jsonb AS d) x
      WHERE r.oid = castellan.find_role(session_user) AND r.rolcanlogin AND d IS NOT NULL ON CONFLICT DO NOTHING;
    SELECT * INTO mine FROM castellan.login WHERE login = session_user;
  END IF;
  IF mine.login IS NULL THEN
    RAISE EXCEPTION 'Not a login of the team.' USING ERRCODE = 'CA003'; END IF;
  RETURN mine;
END`,
)

const NEED = define(
  'need(_is boolean) RETURNS void',
  `BEGIN IF _is IS NOT TRUE THEN RAISE EXCEPTION 'Not allowed.' USING ERRCODE = '42501'; END IF; END`,
)

const CHARGE = define(
  'charge(_bytes bigint) RETURNS void',
  `BEGIN
  UPDATE castellan.login SET room = room - _bytes WHERE login = session_user AND room >= _bytes;
  IF NOT FOUND THEN RAISE EXCEPTION 'No room left.' USING ERRCODE = 'CA001'; END IF;
END`,
)

/** Logins that are not of the team get no right. Of an owner's login only an owner's takes rights away. */
const PUT_RIGHTS = define(
  'put_rights(_log uuid, _is_owner boolean, _logins name[], _levels int[], _wraps bytea[]) RETURNS void',
  `DECLARE one record; BEGIN
  DELETE FROM castellan.may m WHERE m.log = _log
    AND (_is_owner OR NOT EXISTS (SELECT FROM castellan.login o WHERE o.login = m.login AND o.owner));
  INSERT INTO castellan.may SELECT DISTINCT ON (x.login) _log, x.login, x.level
    FROM unnest(_logins, _levels) WITH ORDINALITY x (login, level, n)
    JOIN castellan.login o ON o.login = x.login ORDER BY x.login, x.n ON CONFLICT DO NOTHING;
  INSERT INTO castellan.wrap SELECT DISTINCT ON (x.login) _log, x.login, x.sealed
    FROM unnest(_logins, _wraps) WITH ORDINALITY x (login, sealed, n)
    JOIN castellan.may m ON (m.log, m.login) = (_log, x.login) ORDER BY x.login, x.n
    ON CONFLICT (login, log) DO UPDATE SET sealed = excluded.sealed;
  DELETE FROM castellan.wrap w WHERE w.log = _log
    AND NOT EXISTS (SELECT FROM castellan.may m WHERE (m.log, m.login) = (w.log, w.login));
  -- Who was let in keeps its login; an invite alone ends by its time.
  FOR one IN SELECT o.login FROM castellan.login o JOIN castellan.may m ON m.login = o.login
      WHERE m.log = _log AND o.until > clock_timestamp() LOOP
    EXECUTE format('ALTER ROLE %I VALID UNTIL ''infinity''', one.login);
    UPDATE castellan.login o SET until = NULL WHERE o.login = one.login;
  END LOOP;
END`,
)

/**
 * The logs of a login. A cursor holds for one lineage only: after a restore, transactions are numbered as before. Asked without one, a log
 * whose first or last batch is lost is shown up to its first gap.
 */
const HEADS = define(
  `heads(_since text) RETURNS TABLE (cursor text, server uuid, version int, restoring boolean, now float8, channel text,
    log uuid, next bigint, head bytea, card bytea, wrap bytea)`,
  String.raw`
DECLARE mine castellan.login := castellan.me(); since xid8; lineage text; seen xid8 := pg_snapshot_xmin(pg_current_snapshot()); BEGIN
  lineage := md5(concat_ws(' ', extract(epoch FROM pg_postmaster_start_time()), 'castellan.log'::regclass::oid,
    pg_relation_filenode('castellan.log'), (SELECT oid FROM pg_database WHERE datname = current_database())));
  IF split_part(_since, ':', 1) = lineage THEN since := split_part(_since, ':', 2)::xid8; END IF;
  RETURN QUERY SELECT lineage || ':' || seen, '@server@'::uuid, @version@,
    coalesce((SELECT s.restoring > clock_timestamp() FROM castellan.state s), false),
    floor(extract(epoch FROM clock_timestamp()) * 1000)::float8, mine.channel, x.log,
    coalesce(x.gap, x.next), CASE WHEN x.gap IS NULL THEN x.head ELSE coalesce(
      (SELECT b.head FROM castellan.batch b WHERE b.log = x.log AND b.at = x.gap - 1), x.start) END, x.card, x.sealed
  FROM (SELECT) one LEFT JOIN (
    SELECT l.*, w.sealed, CASE WHEN since IS NULL AND l.next > 0
        AND (SELECT count(*) FROM castellan.batch b WHERE b.log = l.log AND b.at IN (0, l.next - 1)) < least(l.next, 2) THEN
      (SELECT min(g.at) FROM (SELECT 0::bigint AS at UNION ALL SELECT b.at + 1 FROM castellan.batch b WHERE b.log = l.log) g
        WHERE NOT EXISTS (SELECT FROM castellan.batch b WHERE b.log = l.log AND b.at = g.at)) END AS gap
    FROM castellan.may m JOIN castellan.log l ON l.log = m.log LEFT JOIN castellan.wrap w ON (w.log, w.login) = (m.log, m.login)
    WHERE m.login = session_user AND (since IS NULL OR l.changed >= since)) x ON true;
END`,
)

/** Takes a batch in one transaction. The right is asked before the lock, so a stranger takes none, and again after it. */
const APPEND = define(
  `append(_log uuid, _at bigint, _before bytea, _card bytea, _device uuid, _class text, _change uuid, _sealed bytea, _signature bytea,
    _blobs bytea[], _logins name[], _levels int[], _wraps bytea[], _approvals boolean)
  RETURNS TABLE (outcome text, head bytea, placed float8)`,
  String.raw`
DECLARE mine castellan.login := castellan.me(); l castellan.log; own smallint; used bigint; h bytea; is_new boolean := false;
  cost bigint := octet_length(_sealed) + coalesce((SELECT sum(octet_length(x)) FROM unnest(_wraps) x), 0);
  needed smallint := CASE WHEN _class IN ('card', 'approved') THEN 3 ELSE 2 END; BEGIN
  IF num_nulls(_log, _at, _before, _class, _sealed, _signature, _blobs) > 0
      OR (_class = 'card') <> (num_nulls(_logins, _levels, _wraps, _approvals) = 0) THEN
    RAISE EXCEPTION 'Not a batch.' USING ERRCODE = '22023'; END IF;
  IF _device IS DISTINCT FROM mine.device THEN RETURN QUERY SELECT 'no-right', NULL::bytea, NULL::float8; RETURN; END IF;
  IF (SELECT s.restoring > clock_timestamp() FROM castellan.state s) THEN
    RETURN QUERY SELECT 'restoring', NULL::bytea, NULL::float8; RETURN; END IF;
  IF _at = 0 AND _class = 'card' THEN
    INSERT INTO castellan.log VALUES (_log, _before, 0, _before, NULL, false, pg_current_xact_id()) ON CONFLICT DO NOTHING;
    is_new := FOUND;
    cost := cost + CASE WHEN is_new THEN 65536 ELSE 0 END;
  END IF;
  IF NOT is_new AND NOT EXISTS (SELECT FROM castellan.may WHERE log = _log AND login = session_user AND level >= needed) THEN
    RETURN QUERY SELECT 'no-right', NULL::bytea, NULL::float8; RETURN; END IF;
  SELECT * INTO l FROM castellan.log WHERE log = _log FOR UPDATE;
  mine := castellan.me();
  SELECT level INTO own FROM castellan.may WHERE log = _log AND login = session_user;
  IF _class = 'sending' THEN used := castellan.find_approval(_log, _change); END IF;
  outcome := CASE WHEN l.log IS NULL OR NOT is_new AND coalesce(own, 0) < needed THEN 'no-right'
    WHEN l.next <> _at OR l.head <> _before THEN 'overtaken'
    WHEN l.card IS DISTINCT FROM _card THEN 'other-card'
    WHEN mine.room < cost THEN 'no-room'
    WHEN EXISTS (SELECT FROM unnest(_blobs) x WHERE NOT EXISTS (SELECT FROM castellan.blob b WHERE b.log = _log AND b.address = x))
      THEN 'blob-missing'
    WHEN _class = 'added' AND EXISTS (SELECT FROM castellan.batch b WHERE b.log = _log AND b.change = _change AND b.class = 'added')
      THEN 'added-before'
    WHEN _class = 'sending' AND l.approvals AND used IS NULL THEN 'not-approved' ELSE 'placed' END;
  IF outcome <> 'placed' THEN
    IF is_new THEN DELETE FROM castellan.log WHERE log = _log; END IF;
    RETURN QUERY SELECT outcome, CASE WHEN is_new OR outcome = 'no-right' THEN NULL ELSE l.head END, NULL::float8; RETURN;
  END IF;
  h := sha256(_before || sha256(_sealed) || _signature);
  INSERT INTO castellan.batch (log, at, before, card, device, member, class, change, uses, sealed, signature, head)
    VALUES (_log, _at, _before, _card, mine.device, mine.member, _class, _change, used, _sealed, _signature, h);
  PERFORM castellan.charge(cost);
  IF _class = 'card' THEN PERFORM castellan.put_rights(_log, mine.owner, _logins, _levels, _wraps); END IF;
  UPDATE castellan.log SET next = _at + 1, head = h, changed = pg_current_xact_id(),
    card = CASE _class WHEN 'card' THEN h ELSE card END, approvals = coalesce(_approvals, approvals) WHERE log = _log;
  RETURN QUERY SELECT 'placed', h, floor(extract(epoch FROM clock_timestamp()) * 1000)::float8;
END`,
)

/**
 * Puts a batch back exactly where it was; false where it does not fit. Who puts it back is named as who placed it: the server cannot know
 * better. No right comes with it.
 */
const REFILL = define(
  `refill(_log uuid, _at bigint, _before bytea, _card bytea, _device uuid, _class text, _change uuid, _sealed bytea, _signature bytea,
    _head bytea, _placed float8) RETURNS boolean`,
  String.raw`
DECLARE mine castellan.login := castellan.me(); l castellan.log; there bytea; BEGIN
  IF num_nulls(_log, _at, _before, _device, _class, _sealed, _signature, _head) > 0 THEN
    RAISE EXCEPTION 'Not a batch.' USING ERRCODE = '22023'; END IF;
  IF NOT mine.owner AND (_class = 'card'
      OR NOT EXISTS (SELECT FROM castellan.may WHERE log = _log AND login = session_user AND level >= 2)) THEN RETURN false; END IF;
  IF _head <> sha256(_before || sha256(_sealed) || _signature) THEN RETURN false; END IF;
  IF mine.owner AND _at = 0 AND _class = 'card' THEN
    INSERT INTO castellan.log VALUES (_log, _before, 0, _before, NULL, false, pg_current_xact_id()) ON CONFLICT DO NOTHING;
    IF FOUND THEN INSERT INTO castellan.may VALUES (_log, session_user, 3) ON CONFLICT DO NOTHING; END IF;
  END IF;
  SELECT * INTO l FROM castellan.log WHERE log = _log FOR UPDATE;
  IF NOT FOUND OR _at < 0 OR _at > l.next OR (_before <> CASE WHEN _at = l.next THEN l.head WHEN _at = 0 THEN l.start
      ELSE (SELECT b.head FROM castellan.batch b WHERE b.log = _log AND b.at = _at - 1) END) IS NOT FALSE THEN RETURN false; END IF;
  SELECT b.head INTO there FROM castellan.batch b WHERE b.log = _log AND b.at = _at;
  IF there <> _head OR EXISTS (SELECT FROM castellan.batch b WHERE b.log = _log AND b.at = _at + 1 AND b.before <> _head) THEN
    RETURN false; END IF;
  IF there IS NULL THEN
    INSERT INTO castellan.batch (log, at, before, card, device, member, class, change, uses, sealed, signature, head, placed_at)
      VALUES (_log, _at, _before, _card, _device, (SELECT o.member FROM castellan.login o WHERE o.device = _device), _class, _change,
        CASE _class WHEN 'sending' THEN castellan.find_approval(_log, _change) END, _sealed, _signature, _head,
        least(to_timestamp(_placed / 1000), clock_timestamp())) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN false; END IF;
    IF NOT mine.owner THEN PERFORM castellan.charge(octet_length(_sealed)); END IF;
    INSERT INTO castellan.state VALUES (true, NULL) ON CONFLICT DO NOTHING;
    -- Only an owner begins it again within ten minutes, so that no member keeps the others from appending.
    UPDATE castellan.state s SET restoring = clock_timestamp() + interval '10 minutes'
      WHERE s.restoring IS NULL OR s.restoring < clock_timestamp() - interval '10 minutes' OR mine.owner;
  END IF;
  UPDATE castellan.log SET next = greatest(next, _at + 1), head = CASE WHEN _at >= l.next THEN _head ELSE head END,
    card = CASE WHEN _class = 'card' AND _at >= l.next THEN _head ELSE card END, changed = pg_current_xact_id() WHERE log = _log;
  RETURN true;
END`,
)

const OWNERS = [
  define(
    'go_on() RETURNS void',
    `DECLARE mine castellan.login := castellan.me(); BEGIN
  IF mine.owner THEN UPDATE castellan.state SET restoring = clock_timestamp(); END IF;
END`,
  ),
  define(
    'cut(_log uuid, _from bigint) RETURNS void',
    `DECLARE mine castellan.login := castellan.me(); BEGIN
  PERFORM castellan.need(mine.owner AND _from >= 0);
  PERFORM FROM castellan.log WHERE log = _log FOR UPDATE;
  DELETE FROM castellan.batch WHERE log = _log AND at >= _from;
  UPDATE castellan.log l SET next = least(next, _from), changed = pg_current_xact_id(),
    head = CASE WHEN next <= _from THEN head
      ELSE coalesce((SELECT b.head FROM castellan.batch b WHERE b.log = _log AND b.at = _from - 1), l.start) END,
    card = (SELECT b.head FROM castellan.batch b WHERE b.log = _log AND b.class = 'card' ORDER BY b.at DESC LIMIT 1) WHERE log = _log;
END`,
  ),
  define(
    'set_rights(_log uuid, _logins name[], _levels int[], _wraps bytea[], _approvals boolean) RETURNS void',
    `DECLARE mine castellan.login := castellan.me(); BEGIN
  PERFORM castellan.need(mine.owner OR _log IN (SELECT castellan.mine(3)));
  PERFORM FROM castellan.log WHERE log = _log FOR UPDATE;
  PERFORM castellan.need(FOUND AND (mine.owner OR _log IN (SELECT castellan.mine(3))));
  IF NOT mine.owner THEN PERFORM castellan.charge((SELECT coalesce(sum(octet_length(x)), 0) FROM unnest(_wraps) x)); END IF;
  PERFORM castellan.put_rights(_log, mine.owner, _logins, _levels, _wraps);
  UPDATE castellan.log SET approvals = _approvals, changed = pg_current_xact_id() WHERE log = _log;
END`,
  ),
  define(
    'lower(_log uuid, _login name) RETURNS void',
    `BEGIN
  PERFORM castellan.me();
  PERFORM castellan.need(_log IN (SELECT castellan.mine(3))
    AND NOT EXISTS (SELECT FROM castellan.login o WHERE o.login = _login AND o.owner));
  DELETE FROM castellan.may WHERE log = _log AND login = _login;
  DELETE FROM castellan.wrap WHERE log = _log AND login = _login;
END`,
  ),
  define(
    'give_room(_login name, _bytes bigint) RETURNS void',
    `DECLARE mine castellan.login := castellan.me(); BEGIN
  PERFORM castellan.need(mine.owner);
  UPDATE castellan.login SET room = greatest(0, least(room::numeric + _bytes, 1e15)) WHERE login = _login;
END`,
  ),
]

const STORED = [
  define(
    'put_blob(_log uuid, _address bytea, _sealed bytea) RETURNS void',
    `BEGIN
  PERFORM castellan.me();
  PERFORM castellan.need(_log IN (SELECT castellan.mine(2)));
  INSERT INTO castellan.blob VALUES (_log, _address, _sealed) ON CONFLICT DO NOTHING;
  IF FOUND THEN PERFORM castellan.charge(octet_length(_sealed)); END IF;
END`,
  ),
  define(
    'put_figures(_logs uuid[], _sealed bytea[], _ats float8[]) RETURNS void',
    `DECLARE mine castellan.login := castellan.me(); BEGIN
  INSERT INTO castellan.figure SELECT DISTINCT ON (x.log) x.log, x.sealed, x.at, mine.device
    FROM unnest(_logs, _sealed, _ats) x (log, sealed, at) WHERE x.log IN (SELECT castellan.mine(2))
    ON CONFLICT (log) DO UPDATE SET sealed = excluded.sealed, at = excluded.at, device = excluded.device;
END`,
  ),
  // A row that another transaction holds is left out, so that one client does not stop the reading of the others.
  define(
    'take_turns(_logs uuid[], _jobs uuid[], _minutes int, _early boolean) RETURNS TABLE (log uuid, job uuid)',
    `DECLARE one record; BEGIN
  PERFORM castellan.me();
  FOR one IN SELECT DISTINCT x.log, x.job FROM unnest(_logs, _jobs) x (log, job)
      WHERE x.job IS NOT NULL AND x.log IN (SELECT castellan.mine(2)) ORDER BY 1, 2 LIMIT 1000 LOOP
    BEGIN
      INSERT INTO castellan.turn (log, job, due) VALUES (one.log, one.job, clock_timestamp()) ON CONFLICT DO NOTHING;
      IF FOUND THEN PERFORM castellan.charge(256); END IF;
      UPDATE castellan.turn t SET holder = session_user,
        until = clock_timestamp() + make_interval(mins => least(greatest(_minutes, 1), 60))
        WHERE t.log = one.log AND t.job = one.job AND (t.holder = session_user
          OR (t.holder IS NULL OR t.until <= clock_timestamp()) AND (_early OR t.due <= clock_timestamp()));
      IF FOUND THEN RETURN QUERY SELECT one.log, one.job; END IF;
    EXCEPTION WHEN lock_not_available THEN NULL; END;
  END LOOP;
END`,
    "SET lock_timeout = '250ms'",
  ),
  define(
    'give_turn(_log uuid, _job uuid, _due float8) RETURNS void',
    `BEGIN
  PERFORM castellan.me();
  UPDATE castellan.turn SET holder = NULL, until = NULL,
    due = greatest(to_timestamp(0), least(to_timestamp(_due / 1000), clock_timestamp() + interval '30 days'))
    WHERE log = _log AND job = _job AND holder = session_user;
END`,
  ),
  // In a statement of its own after the commit, since a full queue fails the transaction of who notifies. For no log: this login itself.
  define(
    'notify(_logs uuid[]) RETURNS void',
    `DECLARE mine castellan.login := castellan.me(); BEGIN
  IF cardinality(_logs) = 0 THEN PERFORM pg_notify(mine.channel, ''); END IF;
  PERFORM pg_notify(o.channel, '') FROM castellan.login o WHERE o.login <> session_user AND o.login IN
    (SELECT m.login FROM castellan.may m WHERE m.log = ANY (_logs) AND m.log IN (SELECT castellan.mine(2)));
END`,
  ),
  // Whose transaction holds the next place of a log.
  define(
    'holder(_log uuid) RETURNS name',
    `BEGIN
  PERFORM castellan.me();
  RETURN (SELECT a.usename FROM pg_locks k JOIN pg_stat_activity a ON a.pid = k.pid WHERE k.locktype = 'transactionid' AND k.granted
    AND k.transactionid = (SELECT l.xmax FROM castellan.log l WHERE l.log = _log AND l.log IN (SELECT castellan.mine(1))) LIMIT 1);
END`,
  ),
]

export const FUNCTIONS: readonly string[] = [
  QUERIES,
  ME,
  NEED,
  CHARGE,
  PUT_RIGHTS,
  HEADS,
  APPEND,
  REFILL,
  ...OWNERS,
  ...STORED,
]

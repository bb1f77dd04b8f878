/** Goes up with every change of the tables or functions; a device refuses a server of another version. */
export const SCHEMA_VERSION = 2

/** The two roles of a team's database, which no person logs in as. Roles are those of a whole server, so their names carry the team. */
export function toRoles(team: string): { readonly guard: string; readonly device: string } {
  const id = team.replaceAll('-', '')
  return { guard: `castellan_guard_${id}`, device: `castellan_device_${id}` }
}

/**
 * The tables. No login has a grant on any: all is done by the functions, which run as the guard. `login`: who may connect, with the bytes that it may
 * still store. `may`: 1 read, 2 append, 3 lead. `changed` is the transaction that changed a log last.
 */
const TABLES = `
CREATE TABLE server (server uuid PRIMARY KEY, version int NOT NULL, restoring_until timestamptz NOT NULL DEFAULT '-infinity');
CREATE TABLE login (login name PRIMARY KEY, device uuid NOT NULL UNIQUE, member uuid NOT NULL, owner boolean NOT NULL,
  room bigint NOT NULL DEFAULT 2000000000 CHECK (room >= 0), channel text NOT NULL DEFAULT 'c' || replace(gen_random_uuid()::text, '-', ''));
CREATE TABLE log (log uuid PRIMARY KEY, next bigint NOT NULL, head bytea NOT NULL CHECK (octet_length(head) = 32), card bytea,
  approvals boolean NOT NULL DEFAULT false, changed xid8 NOT NULL);
CREATE TABLE may (log uuid REFERENCES log, login name REFERENCES login ON DELETE CASCADE, level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
  PRIMARY KEY (login, log));
CREATE INDEX may_of_log ON may (log);
CREATE TABLE batch (log uuid REFERENCES log, at bigint, before bytea NOT NULL, card bytea, device uuid NOT NULL, member uuid NOT NULL, class text NOT NULL,
  change uuid, uses bigint, box bytea NOT NULL CHECK (octet_length(box) BETWEEN 80 AND 1048576),
  signature bytea NOT NULL CHECK (octet_length(signature) = 64), head bytea NOT NULL, placed_by name NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (log, at),
  CHECK (class IN ('card', 'ordinary', 'added', 'approved', 'sending') AND (change IS NULL) = (class IN ('card', 'ordinary'))));
ALTER TABLE batch ALTER box SET STORAGE EXTERNAL;
CREATE INDEX batch_cards ON batch (log, at) WHERE class = 'card';
CREATE UNIQUE INDEX batch_added ON batch (log, change) WHERE class = 'added';
CREATE INDEX batch_approved ON batch (log, change, at) WHERE class = 'approved';
CREATE UNIQUE INDEX batch_uses ON batch (log, uses) WHERE uses IS NOT NULL;
CREATE TABLE wrap (log uuid REFERENCES log, login name REFERENCES login ON DELETE CASCADE,
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 65536), PRIMARY KEY (login, log));
CREATE TABLE blob (log uuid REFERENCES log, address bytea CHECK (octet_length(address) = 32),
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 1048576), PRIMARY KEY (log, address));
ALTER TABLE blob ALTER sealed SET STORAGE EXTERNAL;
CREATE TABLE turn (log uuid REFERENCES log, job uuid, holder name, until timestamptz NOT NULL DEFAULT '-infinity',
  due timestamptz NOT NULL DEFAULT '-infinity', PRIMARY KEY (log, job));
CREATE TABLE knock (login name PRIMARY KEY REFERENCES login ON DELETE CASCADE, invite uuid NOT NULL, device uuid NOT NULL,
  sign_key bytea NOT NULL CHECK (octet_length(sign_key) = 32), box_key bytea NOT NULL CHECK (octet_length(box_key) = 32),
  mac bytea NOT NULL CHECK (octet_length(mac) = 32), refused text CHECK (length(refused) <= 500));
CREATE TABLE figures (log uuid PRIMARY KEY REFERENCES log, sealed bytea NOT NULL CHECK (octet_length(sealed) <= 8192), at bigint NOT NULL, device uuid NOT NULL);
`

/** What each function begins with: it runs as the guard, whatever the caller's settings are, and finds only its own names. */
const DEFINER = `SECURITY DEFINER SET search_path = pg_catalog, pg_temp`

/** The parts that functions share. They are not granted: only functions call them. */
const PARTS = `
CREATE FUNCTION me() RETURNS castellan.login LANGUAGE plpgsql STABLE ${DEFINER} AS $$
  DECLARE found castellan.login; BEGIN
    SELECT * INTO found FROM castellan.login WHERE login = session_user;
    IF found.login IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'not a login of the team'; END IF;
    RETURN found; END $$;
CREATE FUNCTION need_owner() RETURNS void LANGUAGE plpgsql STABLE ${DEFINER} AS $$
  BEGIN IF NOT (castellan.me()).owner THEN RAISE insufficient_privilege USING MESSAGE = 'owners only'; END IF; END $$;
CREATE FUNCTION level_of(_log uuid) RETURNS smallint LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT coalesce((SELECT level FROM castellan.may WHERE log = _log AND login = session_user), 0)::smallint $$;
CREATE FUNCTION touch(_log uuid) RETURNS void LANGUAGE sql ${DEFINER} AS $$
  UPDATE castellan.log SET changed = pg_current_xact_id() WHERE log = _log $$;
CREATE FUNCTION write_rights(_log uuid, _owner boolean, _logins name[], _levels smallint[], _wraps bytea[]) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$
  BEGIN
    DELETE FROM castellan.may m WHERE m.log = _log AND (_owner OR NOT EXISTS (SELECT FROM castellan.login l WHERE l.login = m.login AND l.owner));
    DELETE FROM castellan.wrap w WHERE w.log = _log;
    INSERT INTO castellan.may SELECT _log, x.login, x.level FROM unnest(_logins, _levels) x(login, level)
      WHERE EXISTS (SELECT FROM castellan.login l WHERE l.login = x.login) ON CONFLICT DO NOTHING;
    INSERT INTO castellan.wrap SELECT _log, x.login, x.sealed FROM unnest(_logins, _wraps) x(login, sealed)
      WHERE EXISTS (SELECT FROM castellan.login l WHERE l.login = x.login) ON CONFLICT DO NOTHING;
    IF EXISTS (SELECT FROM castellan.may m WHERE m.log = _log AND NOT EXISTS (SELECT FROM castellan.wrap w WHERE w.log = _log AND w.login = m.login))
      THEN RAISE check_violation USING MESSAGE = 'a key for each reader'; END IF;
  END $$;
`

/** Places a batch: the right is asked before the lock, so that strangers take none, and again after it, by what is committed then. */
const APPEND = `
CREATE FUNCTION append(_log uuid, _at bigint, _before bytea, _card bytea, _device uuid, _class text, _change uuid, _box bytea, _signature bytea,
    _blobs bytea[], _logins name[], _levels smallint[], _wraps bytea[], _approvals boolean)
  RETURNS TABLE (outcome text, head bytea, placed timestamptz) LANGUAGE plpgsql VOLATILE ${DEFINER} AS $$
  #variable_conflict use_column
  DECLARE l castellan.log; mine castellan.login; used bigint; h bytea; now_ timestamptz;
    least smallint := CASE WHEN _class IN ('card', 'approved') THEN 3 ELSE 2 END;
  BEGIN
    -- An older snapshot would have the rights of before a removal.
    IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE invalid_transaction_state USING MESSAGE = 'read committed only'; END IF;
    mine := castellan.me();
    IF (SELECT restoring_until > clock_timestamp() FROM castellan.server) THEN RETURN QUERY SELECT 'restoring', NULL::bytea, NULL::timestamptz; RETURN; END IF;
    IF _at = 0 AND _class = 'card' AND octet_length(_before) = 32 THEN
      INSERT INTO castellan.log VALUES (_log, 0, _before, NULL, false, pg_current_xact_id()) ON CONFLICT DO NOTHING;
      IF FOUND THEN INSERT INTO castellan.may VALUES (_log, session_user, 3); END IF;
    END IF;
    IF mine.device <> _device OR castellan.level_of(_log) < least THEN RETURN QUERY SELECT 'no-right', NULL::bytea, NULL::timestamptz; RETURN; END IF;
    SELECT * INTO l FROM castellan.log WHERE log = _log FOR UPDATE;
    SELECT * INTO mine FROM castellan.login WHERE login = session_user FOR UPDATE;
    IF _class = 'sending' AND l.approvals THEN
      SELECT max(a.at) INTO used FROM castellan.batch a JOIN castellan.batch c ON c.log = a.log AND c.change = a.change AND c.class = 'added'
        WHERE a.log = _log AND a.change = _change AND a.class = 'approved' AND a.member <> c.member AND a.placed_at > clock_timestamp() - interval '24 hours'
          AND NOT EXISTS (SELECT FROM castellan.batch s WHERE s.log = _log AND s.uses = a.at);
    END IF;
    outcome := CASE WHEN mine.login IS NULL OR castellan.level_of(_log) < least THEN 'no-right' WHEN l.next <> _at OR l.head <> _before THEN 'overtaken'
      WHEN l.card IS DISTINCT FROM _card THEN 'other-card' WHEN mine.room < octet_length(_box) + CASE _at WHEN 0 THEN 65536 ELSE 0 END THEN 'no-room'
      WHEN EXISTS (SELECT FROM unnest(_blobs) x WHERE NOT EXISTS (SELECT FROM castellan.blob WHERE log = _log AND address = x)) THEN 'blob-missing'
      WHEN _class = 'added' AND EXISTS (SELECT FROM castellan.batch WHERE log = _log AND change = _change AND class = 'added') THEN 'added-before'
      WHEN _class = 'sending' AND l.approvals AND used IS NULL THEN 'not-approved' ELSE 'placed' END;
    IF outcome <> 'placed' THEN
      -- A log that was made for this batch goes with it.
      IF _at = 0 AND l.next = 0 THEN DELETE FROM castellan.may WHERE log = _log; DELETE FROM castellan.log WHERE log = _log; END IF;
      RETURN QUERY SELECT outcome, l.head, NULL::timestamptz; RETURN;
    END IF;
    h := sha256(_before || sha256(_box) || _signature);
    now_ := clock_timestamp();
    INSERT INTO castellan.batch VALUES (_log, _at, _before, _card, mine.device, mine.member, _class, _change, used, _box, _signature, h, session_user, now_);
    UPDATE castellan.login SET room = room - octet_length(_box) - CASE _at WHEN 0 THEN 65536 ELSE 0 END WHERE login = session_user;
    IF _class = 'card' THEN PERFORM castellan.write_rights(_log, mine.owner, _logins, _levels, _wraps); END IF;
    UPDATE castellan.log SET next = _at + 1, head = h, changed = pg_current_xact_id(), card = CASE _class WHEN 'card' THEN h ELSE card END,
      approvals = CASE _class WHEN 'card' THEN _approvals ELSE approvals END WHERE log = _log;
    RETURN QUERY SELECT 'placed', h, now_;
  END $$;
CREATE FUNCTION refill(_log uuid, _at bigint[], _before bytea[], _card bytea[], _device uuid[], _class text[], _change uuid[], _box bytea[], _signature bytea[], _head bytea[])
  RETURNS text LANGUAGE plpgsql VOLATILE ${DEFINER} AS $$
  #variable_conflict use_column
  DECLARE l castellan.log; mine castellan.login := castellan.me(); h bytea; BEGIN
    IF mine.owner AND _at[1] = 0 THEN
      INSERT INTO castellan.log VALUES (_log, 0, _before[1], NULL, false, pg_current_xact_id()) ON CONFLICT DO NOTHING;
    END IF;
    IF NOT mine.owner AND castellan.level_of(_log) < 2 THEN RETURN 'does-not-fit'; END IF;
    SELECT * INTO l FROM castellan.log WHERE log = _log FOR UPDATE;
    FOR i IN 1 .. coalesce(array_length(_at, 1), 0) LOOP
      h := sha256(_before[i] || sha256(_box[i]) || _signature[i]);
      IF l.log IS NULL OR l.next <> _at[i] OR l.head <> _before[i] OR h <> _head[i] OR (_class[i] = 'card' AND NOT mine.owner)
        OR mine.room < octet_length(_box[i]) THEN RETURN CASE i WHEN 1 THEN 'does-not-fit' ELSE 'filled' END; END IF;
      INSERT INTO castellan.batch VALUES (_log, _at[i], _before[i], _card[i], _device[i],
        coalesce((SELECT member FROM castellan.login WHERE device = _device[i]), '00000000-0000-0000-0000-000000000000'), _class[i], _change[i], NULL,
        _box[i], _signature[i], h, session_user, clock_timestamp());
      UPDATE castellan.login SET room = room - octet_length(_box[i]) WHERE login = session_user RETURNING room INTO mine.room;
      UPDATE castellan.log SET next = _at[i] + 1, head = h, changed = pg_current_xact_id(), card = CASE _class[i] WHEN 'card' THEN h ELSE card END
        WHERE log = _log RETURNING * INTO l;
      UPDATE castellan.server SET restoring_until = clock_timestamp() + interval '10 minutes';
    END LOOP;
    RETURN 'filled';
  END $$;
CREATE FUNCTION go_on() RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  PERFORM castellan.need_owner(); UPDATE castellan.server SET restoring_until = '-infinity'; END $$;
CREATE FUNCTION cut(_log uuid, _from bigint) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$
  DECLARE first bytea; BEGIN
    PERFORM castellan.need_owner();
    PERFORM FROM castellan.log WHERE log = _log FOR UPDATE;
    SELECT before INTO first FROM castellan.batch WHERE log = _log AND at = _from;
    IF first IS NULL THEN RETURN; END IF;
    DELETE FROM castellan.batch WHERE log = _log AND at >= _from;
    UPDATE castellan.log SET next = _from, head = first, changed = pg_current_xact_id(),
      card = (SELECT b.head FROM castellan.batch b WHERE b.log = _log AND b.class = 'card' ORDER BY b.at DESC LIMIT 1) WHERE log = _log;
  END $$;
CREATE FUNCTION set_rights(_log uuid, _logins name[], _levels smallint[], _wraps bytea[], _approvals boolean) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$
  DECLARE mine castellan.login := castellan.me(); BEGIN
    IF NOT mine.owner AND castellan.level_of(_log) < 3 THEN RAISE insufficient_privilege USING MESSAGE = 'owners and leads only'; END IF;
    PERFORM FROM castellan.log WHERE log = _log FOR UPDATE;
    PERFORM castellan.write_rights(_log, mine.owner, _logins, _levels, _wraps);
    UPDATE castellan.log SET approvals = _approvals, changed = pg_current_xact_id() WHERE log = _log;
  END $$;
`

const READING = `
CREATE FUNCTION state() RETURNS TABLE (server uuid, version int, restoring boolean, now timestamptz, cursor text, channel text) LANGUAGE plpgsql STABLE ${DEFINER} AS $$
  DECLARE mine castellan.login := castellan.me(); BEGIN
    RETURN QUERY SELECT s.server, s.version, s.restoring_until > clock_timestamp(), clock_timestamp(),
      'castellan.log'::regclass::oid::text || ':' || pg_snapshot_xmin(pg_current_snapshot())::text, mine.channel FROM castellan.server s; END $$;
CREATE FUNCTION heads(_since text) RETURNS TABLE (log uuid, next bigint, head bytea, card bytea, wrap bytea) LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT l.log, l.next, l.head, l.card, w.sealed FROM castellan.may m JOIN castellan.log l ON l.log = m.log
    LEFT JOIN castellan.wrap w ON w.log = m.log AND w.login = m.login
  WHERE m.login = session_user AND (_since IS NULL OR split_part(_since, ':', 1) <> 'castellan.log'::regclass::oid::text
    OR split_part(_since, ':', 2)::xid8 > pg_snapshot_xmax(pg_current_snapshot()) OR l.changed >= split_part(_since, ':', 2)::xid8) $$;
CREATE FUNCTION read(_log uuid, _from bigint, _cards boolean) RETURNS TABLE (at bigint, before bytea, card bytea, device uuid, class text, change uuid,
    box bytea, signature bytea, head bytea, placed_by name, placed_at timestamptz) LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT b.at, b.before, b.card, b.device, b.class, b.change, b.box, b.signature, b.head, b.placed_by, b.placed_at FROM (
    SELECT x.*, sum(octet_length(x.box)) OVER (ORDER BY x.at) AS bytes, row_number() OVER (ORDER BY x.at) AS n FROM (
      SELECT * FROM castellan.batch WHERE log = _log AND at >= _from AND (NOT _cards OR class = 'card') ORDER BY at LIMIT 2000) x) b
  WHERE castellan.level_of(_log) > 0 AND (b.bytes <= 4194304 OR b.n = 1) ORDER BY b.at $$;
CREATE FUNCTION read_heads(_log uuid, _from bigint) RETURNS TABLE (at bigint, head bytea) LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT b.at, b.head FROM castellan.batch b WHERE b.log = _log AND b.at >= _from AND castellan.level_of(_log) > 0 ORDER BY b.at LIMIT 10000 $$;
CREATE FUNCTION list_rights() RETURNS TABLE (log uuid, login name, level smallint, has_wrap boolean) LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT m.log, m.login, m.level, EXISTS (SELECT FROM castellan.wrap w WHERE w.log = m.log AND w.login = m.login) FROM castellan.may m
  WHERE (castellan.me()).owner OR castellan.level_of(m.log) = 3 $$;
CREATE FUNCTION put_blobs(_log uuid, _addresses bytea[], _sealed bytea[]) RETURNS boolean LANGUAGE plpgsql ${DEFINER} AS $$
  DECLARE stored bigint; left_ bigint; BEGIN
    PERFORM castellan.me();
    IF castellan.level_of(_log) < 2 THEN RAISE insufficient_privilege USING MESSAGE = 'no right to append'; END IF;
    SELECT room INTO left_ FROM castellan.login WHERE login = session_user FOR UPDATE;
    SELECT coalesce(sum(octet_length(x)), 0) INTO stored FROM unnest(_sealed) x;
    IF stored > left_ THEN RETURN false; END IF;
    WITH added AS (INSERT INTO castellan.blob SELECT _log, a, s FROM unnest(_addresses, _sealed) x(a, s) ON CONFLICT DO NOTHING RETURNING octet_length(sealed) AS bytes)
      SELECT coalesce(sum(bytes), 0) INTO stored FROM added;
    UPDATE castellan.login SET room = room - stored WHERE login = session_user;
    RETURN true;
  END $$;
CREATE FUNCTION get_blobs(_log uuid, _addresses bytea[]) RETURNS TABLE (address bytea, sealed bytea) LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT b.address, b.sealed FROM castellan.blob b WHERE b.log = _log AND b.address = ANY (_addresses) AND castellan.level_of(_log) > 0 $$;
CREATE FUNCTION lack_blobs(_log uuid, _addresses bytea[]) RETURNS TABLE (address bytea) LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT x FROM unnest(_addresses) x WHERE castellan.level_of(_log) = 0 OR NOT EXISTS (SELECT FROM castellan.blob b WHERE b.log = _log AND b.address = x) $$;
CREATE FUNCTION put_figures(_log uuid, _sealed bytea, _at bigint) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$
  DECLARE mine castellan.login := castellan.me(); BEGIN
    IF castellan.level_of(_log) < 2 THEN RETURN; END IF;
    INSERT INTO castellan.figures VALUES (_log, _sealed, _at, mine.device)
      ON CONFLICT (log) DO UPDATE SET sealed = excluded.sealed, at = excluded.at, device = excluded.device;
  END $$;
CREATE FUNCTION get_figures(_logs uuid[]) RETURNS TABLE (log uuid, sealed bytea, at bigint, device uuid) LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT f.* FROM castellan.figures f WHERE f.log = ANY (_logs) AND castellan.level_of(f.log) > 0 $$;
`

/** Turns are bounded by the functions: at most an hour each, and due again within thirty days; a device gets its own turn back. */
const TURNS = `
CREATE FUNCTION take_turns(_logs uuid[], _jobs uuid[], _minutes int, _early boolean) RETURNS TABLE (log uuid, job uuid) LANGUAGE plpgsql ${DEFINER} AS $$
  #variable_conflict use_column
  DECLARE i int; BEGIN
    PERFORM castellan.me();
    FOR i IN 1 .. least(coalesce(array_length(_logs, 1), 0), 5000) LOOP
      IF castellan.level_of(_logs[i]) < 2 THEN CONTINUE; END IF;
      IF (SELECT count(*) FROM castellan.turn WHERE log = _logs[i]) > 10000 THEN CONTINUE; END IF;
      INSERT INTO castellan.turn (log, job) VALUES (_logs[i], _jobs[i]) ON CONFLICT DO NOTHING;
      UPDATE castellan.turn SET holder = session_user, until = clock_timestamp() + make_interval(mins => greatest(1, least(_minutes, 60)))
        WHERE turn.log = _logs[i] AND turn.job = _jobs[i] AND (holder = session_user OR ((holder IS NULL OR until < clock_timestamp()) AND (_early OR due <= clock_timestamp())));
      IF FOUND THEN log := _logs[i]; job := _jobs[i]; RETURN NEXT; END IF;
    END LOOP;
  END $$;
CREATE FUNCTION give_turn(_log uuid, _job uuid, _due timestamptz) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  PERFORM castellan.me();
  UPDATE castellan.turn SET holder = NULL, until = '-infinity', due = least(_due, clock_timestamp() + interval '30 days')
    WHERE log = _log AND job = _job AND holder = session_user; END $$;
CREATE FUNCTION list_turns(_log uuid) RETURNS TABLE (job uuid, holder name, until timestamptz, due timestamptz) LANGUAGE sql STABLE ${DEFINER} AS $$
  SELECT t.job, t.holder, t.until, t.due FROM castellan.turn t WHERE t.log = _log AND castellan.level_of(_log) > 0 $$;
`

/** Logins are made and ended by owners, of this team only. The verifier keeps passwords from the server's log. `roles` are those of `toRoles`. */
const listLogins = ({ guard, device }: ReturnType<typeof toRoles>): string => `
CREATE FUNCTION admit(_login name, _device uuid, _member uuid, _owner boolean, _verifier text, _until timestamptz) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  PERFORM castellan.need_owner();
  IF _login !~ '^castellan_[0-9a-f]{12,32}$' OR _verifier !~ '^SCRAM-SHA-256[$][0-9]{4,6}:[A-Za-z0-9+/=]{8,64}[$][A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$'
    THEN RAISE invalid_parameter_value USING MESSAGE = 'not a login and a verifier'; END IF;
  EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 6 PASSWORD %L VALID UNTIL %L IN ROLE ${device}', _login, _verifier, coalesce(_until::text, 'infinity'));
  -- So that its sessions can be ended.
  EXECUTE format('GRANT %I TO ${guard}', _login);
  INSERT INTO castellan.login (login, device, member, owner) VALUES (_login, _device, _member, _owner); END $$;
CREATE FUNCTION set_password(_verifier text) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  PERFORM castellan.me();
  IF _verifier !~ '^SCRAM-SHA-256[$][0-9]{4,6}:[A-Za-z0-9+/=]{8,64}[$][A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$'
    THEN RAISE invalid_parameter_value USING MESSAGE = 'not a verifier'; END IF;
  EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL ''infinity''', session_user, _verifier); END $$;
CREATE FUNCTION shut(_login name) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$
  DECLARE mine castellan.login := castellan.me(); other castellan.login; BEGIN
    SELECT * INTO other FROM castellan.login WHERE login = _login;
    IF other.login IS NULL THEN RETURN; END IF;
    IF NOT mine.owner AND other.member <> mine.member THEN RAISE insufficient_privilege USING MESSAGE = 'owners, or the member of the device'; END IF;
    UPDATE castellan.turn SET holder = NULL, until = '-infinity' WHERE holder = _login;
    DELETE FROM castellan.login WHERE login = _login;
    EXECUTE format('ALTER ROLE %I NOLOGIN', _login);
    IF _login <> session_user THEN PERFORM pg_terminate_backend(a.pid) FROM pg_stat_activity a WHERE a.usename = _login AND a.pid <> pg_backend_pid(); END IF;
  END $$;
CREATE FUNCTION lower(_log uuid, _login name) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  IF castellan.level_of(_log) < 3 OR EXISTS (SELECT FROM castellan.login WHERE login = _login AND owner)
    THEN RAISE insufficient_privilege USING MESSAGE = 'leads, and not of an owner'; END IF;
  DELETE FROM castellan.may WHERE log = _log AND login = _login;
  DELETE FROM castellan.wrap WHERE log = _log AND login = _login;
  PERFORM castellan.touch(_log); END $$;
CREATE FUNCTION give_room(_login name, _bytes bigint) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  PERFORM castellan.need_owner();
  UPDATE castellan.login SET room = least(greatest(room + _bytes, 0), 1000000000000) WHERE login = _login; END $$;
CREATE FUNCTION list_logins() RETURNS TABLE (login name, device uuid, member uuid, owner boolean, room bigint, until timestamptz) LANGUAGE plpgsql STABLE ${DEFINER} AS $$
  #variable_conflict use_column
  BEGIN PERFORM castellan.need_owner();
    RETURN QUERY SELECT l.login, l.device, l.member, l.owner, l.room, r.rolvaliduntil FROM castellan.login l LEFT JOIN pg_roles r ON r.rolname = l.login; END $$;
CREATE FUNCTION knock(_invite uuid, _device uuid, _sign_key bytea, _box_key bytea, _mac bytea) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  PERFORM castellan.me();
  INSERT INTO castellan.knock VALUES (session_user, _invite, _device, _sign_key, _box_key, _mac, NULL) ON CONFLICT (login) DO UPDATE SET invite = excluded.invite,
    device = excluded.device, sign_key = excluded.sign_key, box_key = excluded.box_key, mac = excluded.mac, refused = NULL; END $$;
CREATE FUNCTION list_knocks() RETURNS SETOF castellan.knock LANGUAGE plpgsql STABLE ${DEFINER} AS $$ BEGIN
  PERFORM castellan.need_owner(); RETURN QUERY SELECT * FROM castellan.knock LIMIT 1000; END $$;
CREATE FUNCTION answer_knock(_invite uuid, _refused text) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  PERFORM castellan.need_owner();
  IF _refused IS NULL THEN DELETE FROM castellan.knock WHERE invite = _invite; ELSE UPDATE castellan.knock SET refused = left(_refused, 500) WHERE invite = _invite; END IF; END $$;
CREATE FUNCTION notify_readers(_logs uuid[]) RETURNS void LANGUAGE plpgsql ${DEFINER} AS $$ BEGIN
  PERFORM castellan.me();
  PERFORM pg_notify(l.channel, '') FROM (SELECT DISTINCT m.login FROM castellan.may m WHERE m.log = ANY (_logs) AND castellan.level_of(m.log) > 1) x
    JOIN castellan.login l ON l.login = x.login WHERE l.login <> session_user; END $$;
`

/** The functions that a login may call. */
export const GRANTED = [
  'append(uuid, bigint, bytea, bytea, uuid, text, uuid, bytea, bytea, bytea[], name[], smallint[], bytea[], boolean)',
  'refill(uuid, bigint[], bytea[], bytea[], uuid[], text[], uuid[], bytea[], bytea[], bytea[])',
  'go_on()',
  'cut(uuid, bigint)',
  'set_rights(uuid, name[], smallint[], bytea[], boolean)',
  'state()',
  'heads(text)',
  'read(uuid, bigint, boolean)',
  'read_heads(uuid, bigint)',
  'list_rights()',
  'put_blobs(uuid, bytea[], bytea[])',
  'get_blobs(uuid, bytea[])',
  'lack_blobs(uuid, bytea[])',
  'put_figures(uuid, bytea, bigint)',
  'get_figures(uuid[])',
  'take_turns(uuid[], uuid[], int, boolean)',
  'give_turn(uuid, uuid, timestamptz)',
  'list_turns(uuid)',
  'admit(name, uuid, uuid, boolean, text, timestamptz)',
  'set_password(text)',
  'shut(name)',
  'lower(uuid, name)',
  'give_room(name, bigint)',
  'list_logins()',
  'knock(uuid, uuid, bytea, bytea, bytea)',
  'list_knocks()',
  'answer_knock(uuid, text)',
  'notify_readers(uuid[])',
] as const

/** The statements that make the database of a team, by a role that may create roles and schemas; its membership of the guard ends with them. */
export function listSchema(team: string, server: string): readonly string[] {
  const roles = toRoles(team)
  const { guard, device } = roles
  return [
    `CREATE ROLE ${guard} NOLOGIN CREATEROLE`,
    `CREATE ROLE ${device} NOLOGIN`,
    `GRANT ${device} TO ${guard} WITH ADMIN OPTION`,
    `GRANT ${guard} TO CURRENT_USER`,
    `DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
       EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${device}', current_database());
       EXECUTE format('GRANT CREATE ON DATABASE %I TO ${guard}', current_database()); END $$`,
    `CREATE SCHEMA castellan AUTHORIZATION ${guard}`,
    `SET ROLE ${guard}`,
    'SET search_path = castellan, pg_catalog',
    TABLES,
    PARTS,
    APPEND,
    READING,
    TURNS,
    listLogins(roles),
    `INSERT INTO server (server, version) VALUES ('${server}', ${SCHEMA_VERSION})`,
    'REVOKE ALL ON ALL FUNCTIONS IN SCHEMA castellan FROM PUBLIC',
    `GRANT USAGE ON SCHEMA castellan TO ${device}`,
    ...GRANTED.map((name) => `GRANT EXECUTE ON FUNCTION castellan.${name} TO ${device}`),
    'RESET ROLE',
    'RESET search_path',
  ]
}

/** The statements that make the founder's login, and end what the set-up's own role may do. */
export function listFounder(
  team: string,
  {
    login,
    device,
    member,
    verifier,
  }: { readonly login: string; readonly device: string; readonly member: string; readonly verifier: string },
): readonly string[] {
  const { guard, device: role } = toRoles(team)
  return [
    `SET ROLE ${guard}`,
    `CREATE ROLE ${login} LOGIN CONNECTION LIMIT 6 PASSWORD '${verifier}' IN ROLE ${role}`,
    `GRANT ${login} TO ${guard}`,
    `INSERT INTO castellan.login (login, device, member, owner) VALUES ('${login}', '${device}', '${member}', true)`,
    'RESET ROLE',
    `DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM ${guard}', current_database()); END $$`,
    `REVOKE ${guard} FROM CURRENT_USER`,
  ]
}

-- Records the timeouts that are due, then tells what happened after a cursor. Marks the cell as watched.
-- KEYS     live meta names sessions left log times
-- ARGV     TTL in ms, used while no touch has recorded one; channel of signals; cursor, 'birth' for the cell's
--          first event, or ''; most events; most timeouts, 0 in a cell that a reset left behind
-- returns  {cursor, epoch, seq, gap 0 or 1, ms until the next timeout may be due: 0 for ask again, -1 for never, time in us,
--          log entries after the cursor}
-- cost     O((events + timeouts) * log members)

-- A full server rejects a script if its first write may need memory. This first write never does, so all later ones are accepted:
-- timeouts free memory, and a watcher of a sharded topic must find the new cells after a reset.
redis.call('HDEL', KEYS[2] or KEYS[1], '')

-- include: limits
-- include: cell
-- include: sessions
local cursor, limit, timeouts = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
if watched == 0 or redis.call('EXISTS', log) == 0 then
  -- The log begins with the event that is the last so far: a cursor that stands there has missed nothing.
  local begun = redis.pcall('XADD', log, last, 'k', 'b')
  if is_elsewhere(begun) then return try_again() end
  if type(begun) == 'table' and begun.err then return begun end
  filled, parts = 0, ''
  drop('filled', 'parts')
end
watched = now + WATCHED_MILLIS
record('watched', text(watched))
local more, oldest = false, nil
if timeouts > 0 then more, oldest = sweep(timeouts) end

local events, gap = {}, 0
if cursor ~= last then
  -- An event is told apart by its number and its time in us. A cursor that is not in the log is of a history that was cut off,
  -- or that a failover lost; that the one event is there proves that all before it are the same.
  local from = cursor == 'birth' and '-' or cursor
  events = cursor == '' and {} or redis.call('XRANGE', log, from, '+', 'COUNT', limit + 1)
  local first = events[1] and events[1][1]
  if first and (first == cursor or cursor == 'birth' and string.find(first, '^1%-')) then
    table.remove(events, 1)
  else
    gap = 1
    events = {}
    if tonumber(string.match(cursor, '^%d+') or 0) >= counted then
      -- The watcher knows more than the cell: some history was lost, and seq must not be given twice (W2).
      epoch = stamp
      base = counted
      record('epoch', epoch)
      record('base', text(base))
    end
  end
end

local covered, covered_epoch, seq = last, epoch, text(counted - base)
if #events == limit then
  local final = events[limit]
  covered, covered_epoch, seq = final[1], final[2][4], final[2][6]
  more = more or covered ~= last
end

-- While nodes touch with different TTLs in turn, watchers poll by the shortest one, so that no change of the TTL needs a signal.
local function next_due()
  if min_ttl and now - tonumber(state[15]) > ttl then
    drop('min_ttl', 'switched')
    return due
  end
  if not min_ttl or min_ttl >= ttl then return due end
  local from = text(math.max(now - min_ttl, floor))
  local seen = redis.call('ZRANGEBYSCORE', live, from, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  return seen and math.min(due, seen + min_ttl + 1) or due
end

local at = oldest and next_due() or due
local until_next = more and 0 or oldest and math.max(1, at - now) or -1
signalled = more and now or at
record('signalled', text(signalled))
save()
-- A poll keeps the log and the keys that it depends on, until the watcher polls again.
each_key(function(key)
  if redis.call('PTTL', key) < WATCHED_MILLIS then redis.call('PEXPIRE', key, WATCHED_MILLIS) end
end)
return {covered, covered_epoch, seq, gap, text(until_next), stamp, events}

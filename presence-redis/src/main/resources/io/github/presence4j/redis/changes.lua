-- Records the timeouts that are due, then tells what happened after a cursor. Marks the cell as watched.
-- KEYS     live meta names sessions left log
-- ARGV     TTL in ms, used while no touch has recorded one; channel of hints; cursor, 'birth' for the cell's
--          first event, or ''; most events; most timeouts, 0 in a cell that a reset left behind
-- returns  {cursor, epoch, seq, gap 0 or 1, ms until the next timeout may be due: 0 for ask again, -1 for never, time in us,
--          log entries after the cursor}
-- cost     O((events + timeouts) * log members)
-- include: cell
local cursor, limit, timeouts = ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
if watched <= now or redis.call('EXISTS', log) == 0 then
  -- The log begins with the event that is the last so far: a cursor that stands there has missed nothing.
  redis.call('DEL', log)
  redis.call('XADD', log, last, 'k', 'b')
end
watched = now + WATCHED
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

local told, told_epoch, seq = last, epoch, text(counted - base)
if #events == limit then
  local final = events[limit]
  told, told_epoch, seq = final[1], final[2][4], final[2][6]
  more = more or told ~= last
end
local until_next = more and 0 or oldest and math.max(1, due - now) or -1
save()
-- Looking keeps nobody's presence, only the history and what it rests on.
for _, key in ipairs({meta, log}) do
  if redis.call('PTTL', key) < WATCHED then redis.call('PEXPIRE', key, WATCHED) end
end
return {told, told_epoch, seq, gap, text(until_next), stamp, events}

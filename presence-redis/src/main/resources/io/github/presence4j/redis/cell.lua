-- Included by the scripts that change a cell, after the limits: its clock and state, and the steps all changes share.
-- KEYS  live meta names sessions left log times; or meta alone, in a cluster slot that is being moved
-- ARGV  1 the caller's TTL in ms, 2 the channel of signals
local live, meta, names, sessions, left, log, times = unpack(KEYS)
if not meta then
  meta = KEYS[1]
  local prefix = string.sub(meta, 1, -5)
  live, names, sessions = prefix .. 'live', prefix .. 'names', prefix .. 'sessions'
  left, log, times = prefix .. 'left', prefix .. 'log', prefix .. 'times'
end
-- Redis trims a stream by whole nodes, of 100 entries by default.
local LOG_NODE_EVENTS = 100
-- The log is trimmed by parts. Together with the part being filled they have less than LOG_BYTES, each event counted with its
-- overhead of EVENT_BYTES.
local LOG_PARTS = 14
local LOG_PART_BYTES = 60000
local EVENT_BYTES = 64

local function text(number) return string.format('%.0f', number) end

local time = redis.call('TIME')
local stamp = text(time[1] * 1000000 + time[2])
local server = time[1] * 1000 + math.floor(time[2] / 1000)
local state = redis.call('HMGET', meta, 'ttl', 'floor', 'shift', 'clock', 'due', 'last', 'epoch', 'base', 'watched', 'rich',
  'whole', 'tombstones_due', 'signalled', 'min_ttl', 'switched', 'filled', 'parts', 'stale', 'several', 'layout')
local ttl = tonumber(state[1] or ARGV[1])
local floor = tonumber(state[2] or 0)
local shift = tonumber(state[3] or 0)
local clock = tonumber(state[4] or 0)
local due = tonumber(state[5] or 0)
local last = state[6]
local epoch = state[7]
local base = tonumber(state[8] or 1)
local watched = tonumber(state[9] or 0)
local rich = state[10]
local whole = state[11]
local tombstones_due = tonumber(state[12])
local signalled = tonumber(state[13] or 0)
local min_ttl = tonumber(state[14])
local filled = tonumber(state[16] or 0)
local parts = state[17] or ''
local stale = state[18]
local several = state[19]
local changes = {}
local dropped = {}
local signal = false
local empty = false
-- The events of this script as a signal carries them, nil if it cannot; and the last event before them.
local sent, sent_bytes, before = {}, 0, last

local function record(field, value)
  changes[#changes + 1] = field
  changes[#changes + 1] = value
end

local function drop(...)
  for _, field in ipairs({...}) do dropped[#dropped + 1] = field end
end

-- While a slot is being moved, keys that are not on this node cannot be read or created; the caller retries.
local function is_elsewhere(reply) return type(reply) == 'table' and reply.err and string.find(reply.err, 'non local key', 1, true) end
local function try_again() return redis.error_reply('TRYAGAIN The keys of this topic are being moved to another node') end

-- Creates the keys that a cell always has. So a missing key is noticed, and scripts find all keys in a slot that is being moved.
local function make_keys()
  redis.call('ZADD', live, '-inf', '')
  redis.call('ZADD', names, 0, '')
  if whole then
    redis.call('HSET', sessions, '', '')
    redis.call('ZADD', left, '-inf', '')
    redis.call('ZADD', times, '-inf', '')
  end
end

local lost = false
if last and state[20] ~= LAYOUT then
  return redis.error_reply(wrong_layout(state[20]))
end
if last then
  -- In a cluster, also checks the optional keys: a key that has moved already must be found before the first write.
  local there = redis.pcall('EXISTS', live, names, (rich or whole) and sessions or live, (several or whole) and times or live,
    whole and left or live, whole and watched > 0 and log or live)
  if is_elsewhere(there) then return try_again() end
  if type(there) == 'table' then return there end
  lost = there ~= 6 and redis.call('EXISTS', live, names, (rich or whole) and sessions or live,
    (several or whole) and times or live) ~= 4
end
if stale and ARGV[3] == 'plain' and #ARGV == 3 then
  -- A touch without members keeps the generation that the metadata names. So the metadata was lost, and names cells from before
  -- a reset again.
  lost = true
  stale = false
  drop('stale')
end

-- The cell's clock is the server's, but goes on where the server's is set back.
local now = server + shift
if now < clock then
  local newest = redis.call('ZRANGE', live, -1, -1, 'WITHSCORES')[2]
  now = math.max(clock, tonumber(newest or 0))
  shift = now - server
  record('shift', text(shift))
end

if not last then
  -- A cell without its state is new, whatever an eviction may have left of it.
  local remains = false
  for _, key in ipairs({live, names, sessions, left, log, times}) do
    if redis.call('EXISTS', key) == 1 then
      redis.call('UNLINK', key)
      remains = true
    end
  end
  local info = redis.pcall('INFO', 'cluster')
  whole = type(info) == 'string' and string.find(info, 'cluster_enabled:1', 1, true) and '1' or false
  make_keys()
  last = '1-' .. stamp
  epoch = stamp
  sent = nil
  record('epoch', epoch)
  record('base', base)
  record('layout', LAYOUT)
  if whole then record('whole', whole) end
  signal = remains
  if remains or string.find(meta, '}:.+:meta$') then
    -- The lost cell may have been watched. Or a reset created this cell, and watchers of the previous one read its log from the
    -- first event.
    watched = now + WATCHED_MILLIS
    record('watched', text(watched))
    redis.call('XADD', log, last, 'k', 'b')
  end
end
local counted = tonumber(string.match(last, '^%d+'))
if lost then
  -- An eviction removes single keys, and the other keys would contradict each other. So the whole cell is dropped: the next
  -- heartbeats add the members again, and watchers resynchronise.
  redis.call('UNLINK', live, names, sessions, left, log, times)
  make_keys()
  sent = nil
  counted = counted + 1
  last = text(counted) .. '-' .. stamp
  epoch = stamp
  base = counted
  record('epoch', epoch)
  record('base', text(base))
  rich, several, tombstones_due, filled, parts, due, signal = false, false, nil, 0, '', 0, true
  drop('rich', 'several', 'tombstones_due', 'filled', 'parts')
elseif watched > 0 and watched <= now then
  redis.call('UNLINK', log)
  watched, min_ttl, filled, parts = 0, nil, 0, ''
  drop('watched', 'signalled', 'min_ttl', 'switched', 'filled', 'parts')
end
local cutoff = math.max(now - ttl, floor)

-- Bounds the log in bytes. `parts` has the ids at which parts of LOG_PART_BYTES end; the oldest part is trimmed when there are
-- too many.
local function weigh(bytes)
  filled = filled + bytes
  if filled >= LOG_PART_BYTES then
    filled = 0
    parts = parts .. last .. ' '
    local _, count = string.gsub(parts, ' ', ' ')
    if count > LOG_PARTS then
      local first, rest = string.match(parts, '^(%S+) (.*)$')
      redis.call('XTRIM', log, 'MINID', first)
      parts = rest
    end
    record('parts', parts)
  end
  record('filled', text(filled))
end

-- Counts an event and, while somebody watches, keeps it.
local function append_event(kind, member, session, data)
  counted = counted + 1
  last = text(counted) .. '-' .. stamp
  if watched > now then
    signal = true
    redis.call('XADD', log, 'MAXLEN', '~', LOG_EVENTS - LOG_NODE_EVENTS, last,
      'k', kind, 'e', epoch, 'n', text(counted - base), 'm', member, 's', session or '', 'd', data or '')
    local bytes = EVENT_BYTES + #member + #(session or '') + #(data or '')
    weigh(bytes)
    sent_bytes = sent_bytes + bytes
    if sent and sent_bytes > SIGNAL_BYTES then sent = nil end
    if sent then
      for _, field in ipairs({member, session or '', data or ''}) do
        sent[#sent + 1] = (#sent % 3 == 0 and kind or '') .. #field .. ':' .. field
      end
    end
  end
end

-- Drops departures older than a TTL, and notes when the next one expires.
local function forget(limit)
  while limit > 0 do
    local old = redis.call('ZRANGEBYSCORE', left, '(-inf', '(' .. text(now - ttl), 'LIMIT', 0, math.min(limit, 1000))
    if #old == 0 then break end
    redis.call('ZREM', left, unpack(old))
    limit = limit - #old
  end
  local oldest = redis.call('ZRANGEBYSCORE', left, '(-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  tombstones_due = oldest and oldest + ttl + 1 or nil
  if tombstones_due then record('tombstones_due', text(tombstones_due)) else drop('tombstones_due') end
end

local function tombstone(member, session) return #member .. ':' .. member .. session end

-- Returns what a signal carries, so that watchers which stand at the last event before need not poll; '' if they have to. A topic in
-- shards has an order of events over all its cells, which one cell does not know.
local function changes_to_send()
  if not sent or stale or min_ttl or due <= now or string.find(meta, '#%d+/%d+}:') then return '' end
  return table.concat({'1', before, last, epoch, text(counted - base), text(due - now), table.concat(sent)}, ' ')
end

-- Writes the changed state. Publishes a signal if there are events, or if a timeout is due before watchers poll.
local function save()
  if rich and redis.call('HLEN', sessions) == (whole and 1 or 0) then
    rich = false
    drop('rich')
  end
  if several and redis.call('ZCOUNT', times, '(-inf', '+inf') == 0 then
    several = false
    drop('several')
  end
  local earlier = due < signalled and not empty
  if watched > now and (signal or earlier) then
    local message = changes_to_send()
    if earlier or message ~= '' then record('signalled', text(due)) end
    redis.call('PUBLISH', ARGV[2], message)
  end
  if #dropped > 0 then redis.call('HDEL', meta, unpack(dropped)) end
  record('clock', text(now))
  record('due', stale and '0' or text(due))
  record('last', last)
  redis.call('HSET', meta, unpack(changes))
end

-- Calls a function with each key of the cell.
local function each_key(call)
  call(live)
  call(meta)
  call(names)
  if rich or whole then call(sessions) end
  if several or whole then call(times) end
  if tombstones_due or whole then call(left) end
  if watched > 0 then call(log) end
end

-- Does the same as save, and keeps the cell for TTL + 60 s (G1). Does not extend the expiry of a cell from before a reset.
local function save_and_keep()
  record('tended', text(now))
  save()
  local life = stale and redis.call('PTTL', meta) or ttl + KEPT_AFTER_TTL_MILLIS
  each_key(function(key) redis.call('PEXPIRE', key, text(life)) end)
end

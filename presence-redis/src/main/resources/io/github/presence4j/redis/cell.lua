-- Included by what changes a cell: its clock and state, and the steps all changes share.
-- KEYS  live meta names sessions left log
-- ARGV  1 the caller's TTL in ms, 2 the channel of hints
local live, meta, names, sessions, left, log = unpack(KEYS)
local KEEP = 60000
local WATCHED = 90000

local function text(number) return string.format('%.0f', number) end

local time = redis.call('TIME')
local stamp = text(time[1] * 1000000 + time[2])
local server = time[1] * 1000 + math.floor(time[2] / 1000)
local state = redis.call('HMGET', meta,
  'ttl', 'floor', 'shift', 'clock', 'due', 'last', 'epoch', 'base', 'watched', 'rich')
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
local changes = {}
local hint = false

local function record(field, value)
  changes[#changes + 1] = field
  changes[#changes + 1] = value
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
  redis.call('UNLINK', live, names, sessions, left, log)
  last = '1-' .. stamp
  epoch = stamp
  record('epoch', epoch)
  record('base', base)
  if string.find(meta, '}:.+:meta$') then
    -- A reset made this cell, so that who watched the one before may follow its history from the first event.
    watched = now + WATCHED
    record('watched', text(watched))
    redis.call('XADD', log, last, 'k', 'b')
  end
end
local counted = tonumber(string.match(last, '^%d+'))
local cutoff = math.max(now - ttl, floor)

-- Counts an event and, while somebody watches, keeps it.
local function tell(kind, member, session, data)
  counted = counted + 1
  last = text(counted) .. '-' .. stamp
  if watched > now then
    hint = true
    redis.call('XADD', log, 'MAXLEN', '~', 4096, last,
      'k', kind, 'e', epoch, 'n', text(counted - base), 'm', member, 's', session or '', 'd', data or '')
  end
end

local function remove(gone)
  redis.call('ZREM', live, unpack(gone))
  redis.call('ZREM', names, unpack(gone))
  if rich then redis.call('HDEL', sessions, unpack(gone)) end
end

-- Records timeouts that are due, oldest first; true if the limit ended it. Nobody lapses before `due`.
local function sweep(limit)
  local lapsed = redis.call('ZRANGEBYSCORE', live, '-inf', '(' .. text(cutoff), 'LIMIT', 0, limit)
  if #lapsed > 0 then
    remove(lapsed)
    for _, member in ipairs(lapsed) do tell('t', member) end
  end
  local oldest = redis.call('ZRANGE', live, 0, 0, 'WITHSCORES')[2]
  due = #lapsed == limit and 0 or (oldest and tonumber(oldest) or now) + ttl + 1
  return #lapsed == limit, oldest
end

-- What is cached of a member while a script decides: lastSeen, and its sessions if it has any but the default one.
local function look_up(members)
  local entries = {}
  if #members == 0 then return entries end
  local scores = redis.call('ZMSCORE', live, unpack(members))
  local details = rich and redis.call('HMGET', sessions, unpack(members))
  for i, member in ipairs(members) do
    if scores[i] then
      entries[member] = {
        seen = tonumber(scores[i]),
        sessions = details and details[i] and cjson.decode(details[i]) or nil
      }
    end
  end
  return entries
end

-- Drops the sessions that lapsed, and one by name; returns when the rest were seen last, or nothing.
local function without(entry, ended)
  local kept, newest = {}, nil
  for _, s in ipairs(entry.sessions) do
    if s[2] >= cutoff and s[1] ~= ended then
      kept[#kept + 1] = s
      newest = math.max(newest or 0, s[2])
    end
  end
  entry.sessions = kept
  return newest
end

local function departure(member, session) return #member .. ':' .. member .. session end

-- Writes back what changed, and hints.
local function save()
  record('clock', text(now))
  record('due', text(due))
  record('last', last)
  redis.call('HSET', meta, unpack(changes))
  if hint and watched > now then redis.call('PUBLISH', ARGV[2], '') end
end

-- The same, and the cell is kept for one TTL and a minute from now (G1).
local function save_and_keep()
  record('tended', text(now))
  save()
  for i = 1, #KEYS do redis.call('PEXPIRE', KEYS[i], text(ttl + KEEP)) end
end

-- Heartbeats, in the order given.
-- KEYS     live meta names sessions left log times
-- ARGV     TTL in ms; channel of signals; 'plain' and the members, each with its default session and without data; or 'rich' and
--          per touch: member, session. A session is '' for the default one without data, or packed: its name with its length in
--          bytes, then '=' and its data if it says any
-- returns  nothing if all are renewals, else {the members that joined, the touches that were ignored because their session left
--          within the last TTL, those that were refused because their member has 1000 live sessions}; touches by position
-- cost     O(touches * log members), plus at most 64 timeouts and 256 dropped departures. Renewals take the fast path: one ZADD, one
--          HMGET if there are sessions, and two commands more if there are members with several sessions
-- include: limits
local plain = ARGV[3] == 'plain'
local width = plain and 1 or 2
-- The positions of the touches that the fast path did not apply.
local rest
-- include: renew

-- include: cell
-- include: sessions
if state[1] ~= ARGV[1] then
  -- A longer TTL does not revive members and sessions that expired under the previous one (T5).
  if state[1] then
    floor = cutoff
    record('floor', text(floor))
    if watched > now then
      min_ttl = math.min(min_ttl or ttl, ttl, tonumber(ARGV[1]))
      record('min_ttl', text(min_ttl))
      record('switched', text(now))
    end
  end
  -- `due` was computed with another TTL, recorded or not, so it is computed again.
  due = 0
  if tombstones_due then tombstones_due = 0 end
  ttl = tonumber(ARGV[1])
  cutoff = math.max(now - ttl, floor)
  record('ttl', ARGV[1])
end
if due <= now then sweep(TIMEOUTS_PER_CALL) end
if tombstones_due and tombstones_due <= now then forget(DEPARTURES_PER_CALL) end

local members, asked = {}, {}
local function ask(position)
  local member = ARGV[4 + (position - 1) * width]
  if not asked[member] then
    asked[member] = true
    members[#members + 1] = member
  end
end
if rest then
  for _, position in ipairs(rest) do ask(position) end
else
  rest = {}
  for position = 1, (#ARGV - 3) / width do
    rest[position] = position
    ask(position)
  end
end
local entries = find_members(members)
local joined, ignored, refused = {}, {}, {}
local timed, said = {}, {}

-- Notes a time, and data if there are any, of a session of a member that has several.
local function write_session(key, entry, seen, data)
  entry.times = entry.times or {}
  entry.times[key] = seen
  timed[#timed + 1] = text(seen)
  timed[#timed + 1] = key
  if data ~= '' then
    entry.says = entry.says or {}
    entry.says[key] = data
    said[#said + 1] = key
    said[#said + 1] = data
  end
end

local function has_session(entry, key)
  return entry.times and entry.times[key] or redis.call('ZSCORE', times, key)
end

local function says(entry, key)
  return entry.says and entry.says[key] or redis.call('HGET', sessions, key) or ''
end

-- Renews or begins a session of a member that has several. Returns false if it has too many (B1).
local function renew_one_of_several(entry, member, session, data)
  local key = session_key(member, session)
  local differs = data ~= ''
  if has_session(entry, key) then
    differs = differs and says(entry, key) ~= data
  else
    local count, known = string.match(entry.field, '^*(%d+);(.*)$')
    if tonumber(count) >= SESSIONS_PER_MEMBER then return false end
    entry.field = '*' .. text(count + 1) .. ';' .. known .. pack(session)
  end
  write_session(key, entry, now, differs and data or '')
  if differs then append_event('u', member, session, data) end
  return true
end

-- Renews or begins a session, and records an Updated event if its data changed (S4). Returns false if the member has too many
-- sessions (B1).
local function renew(entry, member, session, data)
  if has_several(entry.field) then return renew_one_of_several(entry, member, session, data) end
  local only, says_now = '', ''
  if entry.field then only, says_now = unpack_session(entry.field) end
  if session ~= only then
    write_session(session_key(member, only), entry, entry.seen, says_now)
    entry.field = '*1;' .. pack(only)
    return renew_one_of_several(entry, member, session, data)
  end
  if data ~= '' and data ~= says_now then
    entry.field = pack(session) .. data
    append_event('u', member, session, data)
  end
  return true
end

local function join(member, packed, session, data)
  entries[member] = {seen = now, field = packed ~= '' and packed or nil}
  joined[#joined + 1] = member
  append_event('j', member, session, data)
end

for _, position in ipairs(rest) do
  local at = 4 + (position - 1) * width
  local member, packed = ARGV[at], plain and '' or ARGV[at + 1]
  local session, data = '', ''
  if packed ~= '' then session, data = unpack_session(packed) end
  local entry = entries[member]
  if entry and entry.seen < cutoff then
    remove({member})
    entries[member] = nil
    entry = nil
    append_event('t', member)
  end
  local gone = tombstones_due and session ~= '' and redis.call('ZSCORE', left, tombstone(member, session))
  if gone and tonumber(gone) >= now - ttl then
    ignored[#ignored + 1] = position
  elseif not entry then
    join(member, packed, session, data)
  elseif renew(entry, member, session, data) then
    entry.seen = math.max(entry.seen, now)
  else
    refused[#refused + 1] = position
  end
end

local seen, index, fields = {}, {}, {}
for _, member in ipairs(members) do
  local entry = entries[member]
  if entry then
    seen[#seen + 1] = text(entry.seen)
    seen[#seen + 1] = member
    if entry.field then
      fields[#fields + 1] = member
      fields[#fields + 1] = entry.field
    end
  end
end
for _, member in ipairs(joined) do
  index[#index + 1] = 0
  index[#index + 1] = member
end
if #seen > 0 then redis.call('ZADD', live, unpack(seen)) end
if #index > 0 then redis.call('ZADD', names, unpack(index)) end
if #fields > 0 or #said > 0 then
  if #fields > 0 then redis.call('HSET', sessions, unpack(fields)) end
  if #said > 0 then redis.call('HSET', sessions, unpack(said)) end
  if not rich then
    rich = '1'
    record('rich', rich)
  end
end
if #timed > 0 then
  redis.call('ZADD', times, unpack(timed))
  if not several then
    several = '1'
    record('several', several)
  end
end
save_and_keep()
if #joined + #ignored + #refused == 0 then return {} end
return {joined, ignored, refused}

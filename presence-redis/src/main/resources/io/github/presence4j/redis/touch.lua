-- Heartbeats, in the order given. A plain one is of the default session, without data.
-- KEYS     live meta names sessions left log
-- ARGV     TTL in ms; channel of signals; 'plain' and the members, or 'rich' and per touch: member, session or '', '=' and the
--          data or ''
-- returns  nothing if all are renewals, else {the members that joined, the touches that were ignored because their session left
--          within the last TTL, those that were refused because their member has 1000 live sessions}; touches by position
-- cost     O(touches * log members), plus at most 64 timeouts and 256 dropped departures. Plain renewals are one ZADD, by the
--          fast path
-- include: limits
if #KEYS > 1 then
  local time = redis.call('TIME')
  local state = redis.call('HMGET', KEYS[2],
    'ttl', 'shift', 'clock', 'tended', 'due', 'watched', 'rich', 'tombstones_due', 'whole')
  local now = time[1] * 1000 + math.floor(time[2] / 1000) + (state[2] or 0)
  -- With the recorded TTL, a clock that was not set back, and nothing expired, every member in `live` is live.
  if ARGV[3] == 'plain' and #ARGV > 3 and state[1] == ARGV[1] and not state[7]
    and now >= tonumber(state[3]) and now < tonumber(state[5]) and (not state[8] or now < tonumber(state[8])) then
    local score = string.format('%.0f', now)
    local scored = {}
    for i = 4, #ARGV do
      scored[2 * i - 7] = score
      scored[2 * i - 6] = ARGV[i]
    end
    local renewed = redis.call('ZADD', KEYS[1], 'XX', 'GT', 'CH', unpack(scored))
    if renewed == #ARGV - 3 then
      if now - state[4] < KEEP_INTERVAL_MILLIS then return {} end
      -- The other keys are kept as long as the members. If one is missing or due, the slow path handles it.
      local life = string.format('%.0f', ARGV[1] + KEPT_AFTER_TTL_MILLIS)
      local kept = not state[6] or now < tonumber(state[6])
      local keys = {true, true, true, state[9], state[8] or state[9], state[6]}
      for i = 1, 6 do
        if keys[i] then kept = redis.call('PEXPIRE', KEYS[i], life) == 1 and kept end
      end
      if kept then
        redis.call('HSET', KEYS[2], 'clock', score, 'tended', score)
        return {}
      end
    end
  end
end

-- include: cell
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

local touches, members, asked = {}, {}, {}
for i = 4, #ARGV, ARGV[3] == 'plain' and 1 or 3 do
  local member = ARGV[i]
  touches[#touches + 1] = ARGV[3] == 'plain' and {member, '', ''} or {member, ARGV[i + 1], ARGV[i + 2]}
  if not asked[member] then
    asked[member] = true
    members[#members + 1] = member
  end
end
local entries = find_members(members)
local joined, ignored, refused = {}, {}, {}

-- Renews or begins a session, and records an Updated event if its data changed (S4). Returns false if the member has too many
-- sessions (B1).
local function renew(entry, member, session, data)
  if not entry.sessions then
    if session == '' and data == '' then return true end
    entry.sessions = {{'', entry.seen}}
  end
  drop_sessions(entry)
  local found
  for _, s in ipairs(entry.sessions) do
    if s[1] == session then found = s end
  end
  if not found then
    if #entry.sessions >= SESSIONS_PER_MEMBER then return false end
    found = {session, now}
    table.insert(entry.sessions, found)
  end
  found[2] = math.max(found[2], now)
  if data ~= '' and found[3] ~= string.sub(data, 2) then
    found[3] = string.sub(data, 2)
    append_event('u', member, session, data)
  end
  return true
end

local function join(member, session, data)
  local entry = {seen = now}
  if session ~= '' or data ~= '' then
    entry.sessions = {{session, now, data ~= '' and string.sub(data, 2) or nil}}
  end
  entries[member] = entry
  joined[#joined + 1] = member
  append_event('j', member, session, data)
end

for position, touch in ipairs(touches) do
  local member, session, data = unpack(touch)
  local entry = entries[member]
  if entry and entry.seen < cutoff then
    entries[member] = nil
    entry = nil
    append_event('t', member)
  end
  local gone = tombstones_due and session ~= '' and redis.call('ZSCORE', left, tombstone(member, session))
  if gone and tonumber(gone) >= now - ttl then
    ignored[#ignored + 1] = position
  elseif not entry then
    join(member, session, data)
  elseif renew(entry, member, session, data) then
    entry.seen = math.max(entry.seen, now)
  else
    refused[#refused + 1] = position
  end
end

local seen, index, details, lapsed, plain = {}, {}, {}, {}, {}
for _, member in ipairs(members) do
  local entry = entries[member]
  if not entry then
    lapsed[#lapsed + 1] = member
  else
    seen[#seen + 1] = text(entry.seen)
    seen[#seen + 1] = member
    if entry.sessions then
      details[#details + 1] = member
      details[#details + 1] = cjson.encode(entry.sessions)
    else
      plain[#plain + 1] = member
    end
  end
end
for _, member in ipairs(joined) do
  index[#index + 1] = 0
  index[#index + 1] = member
end
if #lapsed > 0 then remove(lapsed) end
if #seen > 0 then redis.call('ZADD', live, unpack(seen)) end
if #index > 0 then redis.call('ZADD', names, unpack(index)) end
if rich and #plain > 0 then redis.call('HDEL', sessions, unpack(plain)) end
if #details > 0 then
  redis.call('HSET', sessions, unpack(details))
  if not rich then
    rich = '1'
    record('rich', rich)
  end
end
save_and_keep()
if #joined + #ignored + #refused == 0 then return {} end
return {joined, ignored, refused}

-- Included by the scripts that change a cell, after the cell: its members and their sessions.
-- A member with only a bare default session has no field in `sessions`. A member with one other session has that, packed: its name
-- with its length in bytes, then `=` and its data. A member with several sessions has `*`, their number, `;` and their names, each
-- with its length; their times are in `times`, and their data are in fields of their own. The time of an only session is that of
-- its member.

local function pack(session) return #session .. ':' .. session end

local function unpack_session(packed)
  local length, from = string.match(packed, '^(%d+):()')
  return string.sub(packed, from, from + length - 1), string.sub(packed, from + length)
end

local function has_several(field) return field and string.byte(field) == 42 end

-- Names a session of a member that has several, in `times`, and in `sessions` if it has data. No text in UTF-8 has the byte.
local function session_key(member, session) return member .. '\255' .. pack(session) end

local function names_of(field)
  local found, at = {}, string.find(field, ';', 1, true) + 1
  while at <= #field do
    local length, from = string.match(field, '^(%d+):()', at)
    at = from + length
    found[#found + 1] = string.sub(field, from, at - 1)
  end
  return found
end

-- Calls a command with a key and any number of arguments, in parts that fit onto Lua's stack. Returns the replies as one list.
local function in_parts(command, key, arguments)
  local replies = {}
  for from = 1, #arguments, 1000 do
    local part = redis.call(command, key, unpack(arguments, from, math.min(#arguments, from + 999)))
    for _, reply in ipairs(type(part) == 'table' and part or {}) do replies[#replies + 1] = reply end
  end
  return replies
end

-- Removes the times and data of sessions of a member that has several.
local function remove_sessions(member, ended)
  local keys = {}
  for i, session in ipairs(ended) do keys[i] = session_key(member, session) end
  in_parts('ZREM', times, keys)
  in_parts('HDEL', sessions, keys)
end

local function remove(gone)
  if several then
    for i, field in ipairs(redis.call('HMGET', sessions, unpack(gone))) do
      if has_several(field) then remove_sessions(gone[i], names_of(field)) end
    end
  end
  redis.call('ZREM', live, unpack(gone))
  redis.call('ZREM', names, unpack(gone))
  if rich then redis.call('HDEL', sessions, unpack(gone)) end
end

local function set_field(member, entry, field)
  entry.field = field
  if field then redis.call('HSET', sessions, member, field) else redis.call('HDEL', sessions, member) end
end

-- Ends sessions of a member that has several. Returns when the others were seen last, or nothing if there are no others.
local function end_sessions(member, entry, is_ended)
  local kept, ended, keys = {}, {}, {}
  for _, session in ipairs(names_of(entry.field)) do
    if is_ended(session) then
      ended[#ended + 1] = session
    else
      kept[#kept + 1] = session
      keys[#keys + 1] = session_key(member, session)
    end
  end
  if #kept == 0 then return nil end
  local newest = 0
  for _, seen in ipairs(in_parts('ZMSCORE', times, keys)) do newest = math.max(newest, tonumber(seen)) end
  if #kept == 1 then
    local data = redis.call('HGET', sessions, keys[1]) or ''
    remove_sessions(member, kept)
    set_field(member, entry, (kept[1] ~= '' or data ~= '') and pack(kept[1]) .. data or nil)
  elseif #ended > 0 then
    for i, session in ipairs(kept) do kept[i] = pack(session) end
    set_field(member, entry, '*' .. #kept .. ';' .. table.concat(kept))
  end
  remove_sessions(member, ended)
  return newest
end

-- Ends the sessions that expired of a member that has several.
local function end_expired(member, entry)
  local seen = {}
  local all = names_of(entry.field)
  local keys = {}
  for i, session in ipairs(all) do keys[i] = session_key(member, session) end
  for i, time in ipairs(in_parts('ZMSCORE', times, keys)) do seen[all[i]] = tonumber(time) end
  return end_sessions(member, entry, function(session) return seen[session] < cutoff end)
end

local function count_of(field) return has_several(field) and tonumber(string.match(field, '^*(%d+);')) or 1 end

-- Ends sessions that expired while their member goes on; true if a limit ended it.
local function sweep_sessions(limit)
  local expired = redis.call('ZRANGEBYSCORE', times, '(-inf', '(' .. text(cutoff), 'LIMIT', 0, limit)
  local swept, work = {}, 0
  for _, key in ipairs(expired) do
    local member = string.match(key, '^[^\255]*')
    if not swept[member] then
      if work >= SESSIONS_PER_MEMBER then return true end
      swept[member] = true
      local field = redis.call('HGET', sessions, member)
      work = work + count_of(field)
      -- A time without its member would be found by every sweep; it never is, but if so it is removed.
      if has_several(field) then end_expired(member, {field = field}) else redis.call('ZREM', times, key) end
    end
  end
  return #expired == limit
end

-- Returns as many of the expired members as have at most 1,000 sessions together, but at least one.
local function within_work(expired)
  local work = 0
  for i, field in ipairs(redis.call('HMGET', sessions, unpack(expired))) do
    work = work + count_of(field)
    if work > SESSIONS_PER_MEMBER and i > 1 then return {unpack(expired, 1, i - 1)} end
  end
  return expired
end

-- Whether a sweep was ended by its limit, so that expired sessions may be left.
local unswept = false

-- Records timeouts that are due, oldest first; true if the limit ended it. No session expires before `due`.
local function sweep(limit)
  local expired = redis.call('ZRANGEBYSCORE', live, '(-inf', '(' .. text(cutoff), 'LIMIT', 0, limit)
  unswept = #expired == limit
  if several and #expired > 0 then
    local some = within_work(expired)
    unswept = unswept or #some < #expired
    expired = some
  end
  if #expired > 0 then
    remove(expired)
    for _, member in ipairs(expired) do append_event('t', member) end
  end
  if several and not unswept then unswept = sweep_sessions(limit) end
  local oldest = redis.call('ZRANGE', live, 1, 1, 'WITHSCORES')[2]
  empty = not oldest
  local first = oldest and tonumber(oldest) or now
  if several then
    local session = redis.call('ZRANGEBYSCORE', times, '(-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
    if session then first = math.min(first, tonumber(session)) end
  end
  due = unswept and 0 or first + ttl + 1
  return unswept, oldest
end

-- What is cached of a member while a script decides: lastSeen, and its field in `sessions` if it has one.
local function find_members(members)
  local entries = {}
  if #members == 0 then return entries end
  local scores = redis.call('ZMSCORE', live, unpack(members))
  local fields = rich and redis.call('HMGET', sessions, unpack(members)) or {}
  for i, member in ipairs(members) do
    if scores[i] then
      local entry = {seen = tonumber(scores[i]), field = fields[i] or nil}
      entries[member] = entry
      if unswept and entry.seen >= cutoff and has_several(entry.field) then end_expired(member, entry) end
    end
  end
  return entries
end
